"""How a webhook is signed: as the Standard Webhooks specification writes it (standardwebhooks.com, version 1.0.0).

webhook-id         the id of the message, the same in every attempt
webhook-timestamp  seconds since the epoch, of this attempt
webhook-signature  v1,BASE64(HMAC-SHA256(secret, "{id}.{timestamp}.{body}")), one for each secret, blanks between
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from assistant.operations.outbox import Message

_PREFIX = "whsec_"


def standard_headers(secrets: str, message: Message, timestamp: str, body: bytes) -> Mapping[str, str]:
    """What an attempt carries. While a secret is changed, both sign."""
    signed = f"{message.id}.{timestamp}.".encode() + body
    return {
        "webhook-id": message.id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, signed) for secret in secrets.split()),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
