"""The other side of `/wechat`: the platform's requests, signed as it signs them, and its replies read."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from time import time
from xml.sax.saxutils import escape

from defusedxml.ElementTree import fromstring

ACCOUNT = "gh_policyqa"


@dataclass
class Platform:
    """Sends for one account. Ids and nonces are counted."""

    token: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def query(self, *, token: str | None = None, age: int = 0) -> dict[str, str]:
        """What stands in the address of a request that is `age` seconds old, signed with this or another token."""
        stamp, nonce = str(int(time()) - age), str(10**9 + next(self._numbers))
        signed = "".join(sorted((token or self.token, stamp, nonce)))
        return {"signature": hashlib.sha1(signed.encode()).hexdigest(), "timestamp": stamp, "nonce": nonce}

    def message(self, person: str, kind: str = "text", id_: str | None = None, **fields: str) -> bytes:
        """A message as XML. `id_`: of one that was sent before."""
        known = {
            "ToUserName": ACCOUNT,
            "FromUserName": person,
            "CreateTime": str(int(time())),
            "MsgType": kind,
            **fields,
        }
        if kind != "event":
            known["MsgId"] = id_ or str(23 * 10**15 + next(self._numbers))
        return f"<xml>{''.join(f'<{name}>{escape(text)}</{name}>' for name, text in known.items())}</xml>".encode()


def read_reply(body: bytes) -> Mapping[str, str]:
    """The fields of a reply; none of an empty one. Raises ParseError where it is no XML."""
    return {child.tag: child.text or "" for child in fromstring(body, forbid_dtd=True)} if body else {}
