"""The encrypted mode of 微信公众号: AES-256-CBC over random bytes, a length, the message and the account's id."""

import base64
import binascii
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

_BLOCK = 32  # bytes to which it is filled up
_RANDOM, _LENGTH = 16, 4  # bytes before the message


class CipherError(Exception):
    """What came was not encrypted with this key, or for another account."""


class Cipher:
    """Opens and seals with the EncodingAESKey of one account."""

    def __init__(self, key: str, app: str) -> None:
        """`key`: 43 characters of base64. Raises ValueError for another length."""
        self._key = base64.b64decode(key + "=")
        self._app = app.encode()
        self._cipher = BlockCipher(AES(self._key), CBC(self._key[:16]))

    def opened(self, secret: str) -> bytes:
        """What a secret holds. Raises CipherError."""
        try:
            decryptor = self._cipher.decryptor()
            plain = decryptor.update(base64.b64decode(secret, validate=True)) + decryptor.finalize()
        except (ValueError, binascii.Error) as error:
            raise CipherError("no whole blocks") from error
        filled = plain[-1] if plain else 0
        if not 1 <= filled <= _BLOCK or len(plain) < _RANDOM + _LENGTH + filled:
            raise CipherError("wrong filling")
        rest = plain[_RANDOM:-filled]
        (length,) = struct.unpack(">I", rest[:_LENGTH])
        message, app = rest[_LENGTH : _LENGTH + length], rest[_LENGTH + length :]
        if len(message) != length or not hmac.compare_digest(app, self._app):
            raise CipherError("another account")
        return message

    def sealed(self, message: bytes) -> str:
        """The secret of a message; the same for the same one, so that a reply that is asked for again has its bytes."""
        begins = hmac.new(self._key, message, hashlib.sha256).digest()[:_RANDOM]
        plain = begins + struct.pack(">I", len(message)) + message + self._app
        filled = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher.encryptor()
        secret = encryptor.update(plain + bytes([filled]) * filled) + encryptor.finalize()
        return base64.b64encode(secret).decode()
