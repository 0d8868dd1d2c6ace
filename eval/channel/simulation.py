"""Followers of an official account, as the platform passes their messages on, and what they are replied."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import httpx

from eval.channel.platform import ACCOUNT, Platform, read_reply

MOST = 2048  # bytes of a reply's text
_REFUSED = (400, 403)
_ODD = (
    "😀𠮷怎么注销抵押",
    "怎么注销抵押\u200b\u202e",
    "怎么办\t\t首贷\n\n",
    "]]> <![CDATA[ 怎么注销抵押",
    "<a href='x'>怎么注销抵押</a>",
    "?" * 2001,
    "𝕳𝖊𝖑𝖑𝖔 怎么申请首贷",
)
_DANGER = ("着火了怎么办", "有人晕倒了", "我不想活了", "煤气泄漏了怎么办")
_PICKED = ("抵押", "贷款", "房子")  # asked back, with choices
_OTHER = ("image", "voice", "video", "location", "link")


class Simulation:
    """Requests to one server, one after the other. `run` gives the figures."""

    def __init__(self, address: str, token: str, site: str, questions: Sequence[str], seed: int = 18) -> None:
        self._client = httpx.Client(base_url=address, timeout=30)
        self._platform = Platform(token)
        self._site = site
        self._questions = questions
        self._draw = random.Random(seed)
        self._broken: Counter[str] = Counter()
        self._done: Counter[str] = Counter()
        self._seconds: list[float] = []
        self._sizes: list[int] = []

    def run(self, callbacks: int) -> dict[str, Any]:
        """So many requests or a few more; the kinds are drawn."""
        acts: Sequence[tuple[Callable[[], None], int]] = (
            (self._question, 40),
            (self._forged, 20),
            (self._again, 15),
            (self._odd, 10),
            (self._danger, 5),
            (self._pick, 5),
            (self._other, 5),
        )
        weights = [weight for _, weight in acts]
        while self._done.total() < callbacks:
            self._draw.choices([act for act, _ in acts], weights)[0]()
        return {
            "callbacks": self._done.total(),
            "kinds": dict(self._done),
            "ms": {name: round(1000 * _quantile(self._seconds, at), 1) for name, at in _AT.items()},
            "bytes": {name: round(_quantile(self._sizes, at)) for name, at in _AT.items()},
            "broken": dict(self._broken),
        }

    def _post(self, kind: str, body: bytes, query: dict[str, str] | None = None) -> httpx.Response:
        started = perf_counter()
        answered = self._client.post("/wechat", params=query or self._platform.query(), content=body)
        self._seconds.append(perf_counter() - started)
        self._done[kind] += 1
        return answered

    def _said(self, kind: str, text: str, person: str = "", id_: str | None = None) -> str:
        body = self._platform.message(person or self._person(), Content=text, id_=id_)
        return self._read(kind, self._post(kind, body))

    def _read(self, kind: str, answered: httpx.Response) -> str:
        if answered.status_code != 200:
            self._broken[f"{kind}: {answered.status_code}"] += 1
            return ""
        fields = read_reply(answered.content)
        text = fields.get("Content", "")
        self._sizes.append(len(text.encode()))
        self._law(f"{kind}: too long", len(text.encode()) <= MOST)
        self._law(f"{kind}: not for the account", not fields or fields["FromUserName"] == ACCOUNT)
        return text

    def _question(self) -> None:
        text = self._said("question", self._draw.choice(self._questions))
        if "原文见" in text or "依据" in text:
            self._law("question: without a link", f"{self._site}/" in text)

    def _forged(self) -> None:
        right = self._platform.query()
        last = "0" if right["signature"][-1] != "0" else "1"
        query = self._draw.choice(
            (
                self._platform.query(token="another"),
                self._platform.query(age=self._draw.choice((301, 86_400, -330))),
                {**right, "signature": right["signature"][:-1] + last},
                {**right, "nonce": right["nonce"] + "1"},
                {**right, "timestamp": str(int(right["timestamp"]) + 1)},
                {"timestamp": right["timestamp"], "nonce": right["nonce"]},
            )
        )
        body = self._platform.message(self._person(), Content=self._draw.choice(self._questions))
        self._law("forged: answered", self._post("forged", body, query).status_code in _REFUSED)

    def _again(self) -> None:
        """A message, sent three times more, each with a signature of its own; then its signature with another one."""
        query, person = self._platform.query(), self._person()
        body = self._platform.message(person, Content=self._draw.choice(self._questions))
        first = self._post("sent again", body, query)
        for _ in range(3):
            with httpx.Client(base_url=self._client.base_url, timeout=30) as another:  # another worker, perhaps
                answered = another.post("/wechat", params=self._platform.query(), content=body)
            self._done["sent again"] += 1
            self._law("sent again: other bytes", answered.content == first.content)
        other = self._platform.message(person, Content="第26条")
        self._law("replayed: answered", self._post("replayed", other, query).status_code in _REFUSED)

    def _odd(self) -> None:
        self._law("odd: nothing said", bool(self._said("odd", self._draw.choice(_ODD))))

    def _danger(self) -> None:
        text = self._said("danger", self._draw.choice(_DANGER))
        self._law("danger: no number to call", any(number in text for number in ("119", "110", "120", "12356")))

    def _pick(self) -> None:
        person = self._person()
        shown = self._said("question back", self._draw.choice(_PICKED), person)
        self._law("question back: no choices", "1. " in shown and "2. " in shown)
        picked = self._said("picked", "1", person)
        self._law("picked: asked back again", bool(picked) and "1. " not in picked)

    def _other(self) -> None:
        kind = self._draw.choice(_OTHER)
        body = self._platform.message(self._person(), kind, MediaId="m")
        self._law("other kind: nothing said", bool(self._read("other kind", self._post("other kind", body))))

    def _person(self) -> str:
        return f"o{self._draw.getrandbits(80):020x}"

    def _law(self, name: str, holds: bool) -> None:
        if not holds:
            self._broken[name] += 1


_AT = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}


def _quantile(values: Sequence[float], at: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(at * len(ordered)))] if ordered else 0.0
