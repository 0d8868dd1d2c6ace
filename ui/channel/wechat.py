"""微信公众号 passive replies: `/wechat` proves itself to the platform, and answers the messages that it passes on.

    GET   the platform tries the address: signature right → echostr
    POST  a message as XML → the reply as XML, in the same response; nothing is ever called

Plain text, or encrypted mode (安全模式; of the mixed mode 兼容模式 the encrypted part is read). The signature of plain
text covers token, time stamp and nonce alone, not the message: an address in https keeps others from altering it,
and a signature that has brought one message brings no other.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import time
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from anyio import to_thread
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from fastapi import APIRouter, Request, Response
from starlette.responses import PlainTextResponse

from assistant.api.problems import ProblemType, problem
from assistant.passive.replies import Asked, ReplayedError, Replied
from assistant.service import Assistant
from ui.channel.adapter import OnAnswer, Outside
from ui.channel.wechat_cipher import Cipher, CipherError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

WECHAT_PATH = "/wechat"
MOST = 2048  # bytes of a reply's text
_FRESH = 300  # seconds that a time stamp may be away
_LONGEST = 100  # characters of an id, of a signature and what it is made of
_FORGED = ProblemType(403, "wrong-signature", "签名不对 · Wrong signature")
_UNREADABLE = ProblemType(400, "unreadable-message", "消息读不出 · Unreadable message")
_NOT_SIGNED = (
    "签名、时间戳或消息与本服务的设置不符：请核对 POLICYQA_WECHAT_TOKEN、公众平台上的设置和服务器时间。"
    "Signature, time stamp or message do not fit: check POLICYQA_WECHAT_TOKEN, the platform's page and the clock here."
)
_NO_XML = "请按公众平台的格式发送 XML。Send XML as the platform does."
_QUESTIONS = {"text": "Content", "voice": "Recognition"}  # the field that holds what was said
_SILENT = ""  # the platform shows nothing and does not ask again


@dataclass(frozen=True, slots=True)
class Account:
    """An official account, as it signs and encrypts."""

    token: str
    cipher: Cipher | None = None

    def is_signed(self, query: Mapping[str, str], *more: str, name: str = "signature") -> bool:
        """Whether what a query holds was signed with the token, a short while ago."""
        given, stamp, nonce = (query.get(key, "")[:_LONGEST] for key in (name, "timestamp", "nonce"))
        if not (stamp.isascii() and stamp.isdigit() and abs(time() - int(stamp)) <= _FRESH):
            return False
        wanted = hashlib.sha1("".join(sorted((self.token, stamp, nonce, *more))).encode()).hexdigest()
        return hmac.compare_digest(wanted.encode(), given.encode())


class UnreadableError(Exception):
    """A message that is none."""


class ForgedError(Exception):
    """A message that the account has not signed."""


def wechat_router(account: Account, outside: Outside, assistant: Assistant, on_answer: OnAnswer) -> APIRouter:
    """Both routes; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False)

    @router.get(WECHAT_PATH)
    async def prove(request: Request) -> Response:
        if not account.is_signed(request.query_params):
            return _refused(outside)
        return PlainTextResponse(request.query_params.get("echostr", "")[:_LONGEST])

    @router.post(WECHAT_PATH)
    async def receive(request: Request) -> Response:
        query = dict(request.query_params)
        if account.cipher is None and not account.is_signed(query):
            return _refused(outside)
        body = await request.body()
        return await to_thread.run_sync(work, query, body)

    def work(query: Mapping[str, str], body: bytes) -> Response:
        try:
            message = _message(account, query, body)
            asked, seal = _asked(message, query), _sealing(account, message)
            replied = _replied(message, asked, lambda text: outside.reply(asked, text, assistant, on_answer), outside)
        except (ForgedError, ReplayedError):
            return _refused(outside)
        except UnreadableError:
            return problem(_UNREADABLE, _NO_XML)
        return Response(seal(_written(message, replied)) if replied.content else b"", media_type="text/xml")

    return router


def _refused(outside: Outside) -> Response:
    outside.count("forged")
    return problem(_FORGED, _NOT_SIGNED)


def _message(account: Account, query: Mapping[str, str], body: bytes) -> Mapping[str, str]:
    """The fields of a message. Raises ForgedError, UnreadableError."""
    fields = _fields(body)
    if account.cipher is None:
        return fields
    secret = fields.get("Encrypt", "")
    if not account.is_signed(query, secret, name="msg_signature"):
        raise ForgedError
    try:
        return _fields(account.cipher.opened(secret))
    except CipherError as error:
        raise ForgedError from error


def _fields(body: bytes) -> Mapping[str, str]:
    """The children of the root, as text. No document type and no entity is read."""
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableError from error
    return {child.tag: child.text or "" for child in root}


def _asked(message: Mapping[str, str], query: Mapping[str, str]) -> Asked:
    """Which message it is: by its id, an event by its moment, as the platform says that repeated ones are known."""
    person, account = message.get("FromUserName", ""), message.get("ToUserName", "")
    known = message.get("MsgId") or f"{message.get('CreateTime', '')}:{message.get('Event', '')}"
    if not (person and account and known.strip(":")) or max(map(len, (person, account, known))) > _LONGEST:
        raise UnreadableError
    signature = query.get("msg_signature") or query.get("signature", "")
    return Asked("wechat", f"{account}\n{person}", known, signature)


def _replied(message: Mapping[str, str], asked: Asked, reply: Callable[[str], Replied], outside: Outside) -> Replied:
    kind = message.get("MsgType", "")
    said = message.get(_QUESTIONS.get(kind, ""), "").strip()
    if said:
        return reply(said)
    if kind == "event":
        return outside.notice(asked, "channel.welcome" if message.get("Event") == "subscribe" else _SILENT)
    return outside.notice(asked, "channel.unheard" if kind == "voice" else "channel.other_kind")


def _written(message: Mapping[str, str], replied: Replied) -> bytes:
    """The reply: always the same bytes for the same message and what is kept of it."""
    fields: Sequence[tuple[str, str]] = (
        ("ToUserName", _cdata(message["FromUserName"])),
        ("FromUserName", _cdata(message["ToUserName"])),
        ("CreateTime", str(replied.created)),
        ("MsgType", _cdata("text")),
        ("Content", _cdata(replied.content)),
    )
    return f"<xml>{''.join(f'<{name}>{text}</{name}>' for name, text in fields)}</xml>".encode()


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _sealing(account: Account, message: Mapping[str, str]) -> Callable[[bytes], bytes]:
    """What makes of a reply what goes out: itself, or in encrypted mode its cover."""
    if account.cipher is None:
        return bytes
    cipher = account.cipher

    def seal(reply: bytes) -> bytes:
        secret = cipher.sealed(reply)
        stamp = message.get("CreateTime", "0")
        nonce = hashlib.sha256(secret.encode()).hexdigest()[:10]
        signature = hashlib.sha1("".join(sorted((account.token, stamp, nonce, secret))).encode()).hexdigest()
        return (
            f"<xml><Encrypt>{_cdata(secret)}</Encrypt><MsgSignature>{_cdata(signature)}</MsgSignature>"
            f"<TimeStamp>{escape(stamp)}</TimeStamp><Nonce>{_cdata(nonce)}</Nonce></xml>"
        ).encode()

    return seal
