"""Who is counted, by what, and what is told; without a server and by a clock that the test moves."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from starlette.types import Message, Scope

from assistant.access.caller import Caller, Means, with_caller
from assistant.access.roles import Role
from assistant.operations.metrics import Metrics
from assistant.operations.proxies import TrustedProxies
from assistant.rates.counters import Counters
from assistant.rates.counting import Counting
from assistant.rates.kept import Kept
from assistant.rates.layer import RateLimits
from assistant.rates.plan import Kind, Plan, kind_of, limits_of, plan_of
from assistant.settings import Settings
from tests.assistant.operations.asgi import Recorder, exchange, request
from tests.assistant.rates.clock import Hand


def plan(public: str = "2/minute", known: str = "3/minute", kept: str = "", kept_of_all: str = "") -> Plan:
    return Plan(
        public=dict.fromkeys(Kind, limits_of(public)),
        known=limits_of(known),
        kept=limits_of(kept),
        kept_of_all=limits_of(kept_of_all),
    )


class Door:
    """A site behind limits whose clock the test moves."""

    def __init__(self, folder: Path, limits: Plan, proxies: tuple[str, ...] = ()) -> None:
        self.now = Hand()
        self.metrics = Metrics()
        self.site = Recorder()
        self.counting = Counting(Counters(folder / "state.sqlite3", self.now), self.now)
        layer = RateLimits(self.site, self.counting, limits, self.metrics, lambda who: who)
        self._app = TrustedProxies(layer, proxies)

    def __call__(self, path: str = "/v1/ask", method: str = "POST", **scope: object) -> tuple[int, Mapping[str, str]]:
        start, *_ = self.send(request(method, path, **scope))  # type: ignore[arg-type]
        return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}

    def send(self, scope: Scope) -> list[Message]:
        return exchange(self._app, scope)


def test_a_client_is_told_where_it_stands_and_then_when_to_come_back(tmp_path: Path) -> None:
    door = Door(tmp_path, plan())
    told = []
    for step in (0, 20, 0.5, 40):
        door.now.time += step
        status, headers = door()
        told.append((status, *(headers.get(f"ratelimit-{name}") for name in ("limit", "remaining", "reset"))))
        told[-1] += (headers.get("retry-after"),)
    assert told == [
        (200, "2", "1", "60", None),
        (200, "2", "0", "40", None),
        (429, "2", "0", "40", "40"),
        (200, "2", "1", "60", None),
    ]
    assert len(door.site.scopes) == 3
    assert 'policyqa_requests_limited_total{kind="ask"} 1.0' in door.metrics.render().decode()


def test_a_refusal_is_a_problem_that_says_in_chinese_first_what_to_do(tmp_path: Path) -> None:
    door = Door(tmp_path, plan("1/hour"))
    door()
    start, body = door.send(request("POST", "/v1/ask"))
    problem = json.loads(body["body"])
    assert (start["status"], problem["status"]) == (429, 429)
    assert dict(start["headers"])[b"content-type"] == b"application/problem+json"
    assert problem["detail"].startswith("请求太频繁，请 60 分钟后再试；急事请拨打12345。")
    assert "try again in 60 min" in problem["detail"]


def test_addresses_are_counted_apart_and_a_network_of_ipv6_together(tmp_path: Path) -> None:
    door = Door(tmp_path, plan("1/minute"))
    clients = ("203.0.113.9", "203.0.113.10", "2001:db8:1:2::5", "2001:db8:1:2:ffff::1", "2001:db8:1:3::5")
    assert [door(client=one)[0] for one in clients] == [200, 200, 200, 429, 200]


def test_who_is_forwarded_by_a_trusted_proxy_is_counted_and_by_no_other(tmp_path: Path) -> None:
    def statuses(folder: str, proxies: tuple[str, ...], address: str, sender: str) -> list[int]:
        door = Door(tmp_path / folder, plan("1/minute"), proxies)
        return [door(headers={"X-Forwarded-For": address}, client=sender)[0] for _ in range(2)]

    assert statuses("trusted", ("127.0.0.1",), "203.0.113.9", "127.0.0.1") == [200, 429]
    assert statuses("says so itself", ("127.0.0.1",), "127.0.0.1", "127.0.0.1") == [200, 429]
    assert statuses("a stranger", ("127.0.0.1",), "127.0.0.1", "203.0.113.9") == [200, 429]


def test_the_machine_itself_is_not_counted(tmp_path: Path) -> None:
    door = Door(tmp_path, plan("1/minute"), ("127.0.0.1",))
    for client in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        for _ in range(2):
            status, headers = door(client=client)
            assert status == 200
            assert "ratelimit-limit" not in headers


def test_an_untrusted_proxy_on_the_machine_is_warned_of_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    door = Door(tmp_path, plan("1/minute"))
    for _ in range(3):
        assert door(headers={"X-Forwarded-For": "203.0.113.9"}, client="127.0.0.1")[0] == 200
    (line,) = caplog.messages
    assert "POLICYQA_TRUSTED_PROXIES" in line


def test_a_key_is_counted_by_itself_wherever_it_is_used_from(tmp_path: Path) -> None:
    door = Door(tmp_path, plan())

    def with_key(name: str, address: str) -> int:
        caller = Caller(Role.PUBLIC, Means.KEY, name, address)
        start, *_ = door.send(with_caller(request("POST", "/v1/ask", client=address), caller))
        return int(start["status"])

    assert [with_key("k1", f"203.0.113.{n}") for n in range(4)] == [200, 200, 200, 429]
    assert with_key("k2", "203.0.113.1") == 200
    assert door(client="203.0.113.1")[0] == 200


def test_kinds_of_work_are_counted_apart_and_what_is_watched_or_kept_not_at_all(tmp_path: Path) -> None:
    door = Door(tmp_path, plan("1/minute"))
    for method, path in (("POST", "/v1/ask"), ("GET", "/v1/documents"), ("POST", "/v1/feedback")):
        assert [door(path, method)[0] for _ in range(2)] == [200, 429]
    for path in ("/healthz", "/readyz", "/metrics", "/ui/chat/chat.js", "/assets/index-1.js", "/en/assets/x.css"):
        assert [door(path, "GET")[0] for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/v1/ask", Kind.ASK),
        ("POST", "/en/gradio_api/run/predict", Kind.ASK),
        ("POST", "/agent/rows", Kind.ASK),
        ("GET", "/compare", Kind.ASK),
        ("GET", "/event/start-a-company", Kind.ASK),
        ("GET", "/en/match", Kind.ASK),
        ("HEAD", "/", Kind.READ),
        ("GET", "/eventful", Kind.READ),
        ("GET", "/v1/handover/123456", Kind.READ),
        ("POST", "/v1/handover", Kind.WRITE),
        ("POST", "/agent/mark", Kind.WRITE),
        ("DELETE", "/v1/feedback", Kind.WRITE),
        ("DELETE", "/v1/library/drafts/1", Kind.ASK),  # of the office, whose drafts count against nobody
        ("PUT", "/v1/library/drafts/1/facts", Kind.ASK),
        ("POST", "/account/password", Kind.WRITE),
        ("GET", "/clause/ui/x", Kind.READ),
        ("GET", "/healthz", None),
        ("POST", "/healthz", Kind.ASK),
        ("POST", "/wechat", None),
        ("GET", "/wechat", None),
    ],
)
def test_a_request_is_of_the_kind_that_it_costs(method: str, path: str, kind: Kind | None) -> None:
    assert kind_of(method, path) is kind


def test_without_limits_nobody_is_counted(tmp_path: Path) -> None:
    door = Door(tmp_path, plan("", ""))
    assert [door()[1] for _ in range(3)] == [{}] * 3
    assert not (tmp_path / "state.sqlite3.counts").exists()


def test_of_several_limits_each_holds_and_the_nearest_is_told(tmp_path: Path) -> None:
    door = Door(tmp_path, plan("2/minute; 3/hour"))
    seen = []
    for step in (0, 0, 60, 60):
        door.now.time += step
        status, headers = door()
        seen.append((status, headers["ratelimit-limit"], headers["ratelimit-remaining"]))
    assert seen == [(200, "2", "1"), (200, "2", "0"), (200, "3", "0"), (429, "3", "0")]


def test_what_a_client_leaves_behind_is_limited_by_its_size(tmp_path: Path) -> None:
    door = Door(tmp_path, plan("9/minute", kept="4/hour", kept_of_all="6/hour"))
    sizes = [({"Content-Length": str(size)}, client) for size, client in ((2049, "a"), (1, "a"), (1, "a"), (1025, "b"))]
    assert [door("/v1/feedback", headers=head, client=client)[0] for head, client in sizes] == [200, 200, 429, 200]
    assert door("/v1/feedback", headers={"Content-Length": "5"}, client="c")[0] == 429  # all have left enough
    assert door("/v1/ask", client="c")[0] == 200
    assert door("/v1/feedback", headers={"Transfer-Encoding": "chunked"}, client="d")[0] == 429


def test_what_is_recorded_counts_for_who_asked(tmp_path: Path) -> None:
    limits = plan("9/minute", kept="3/hour", kept_of_all="5/hour")
    now, taken = Hand(), []
    counting = Counting(Counters(tmp_path / "state.sqlite3", now), now)
    allowance = Kept(counting, limits)

    class Recording(Recorder):
        async def __call__(self, scope: Scope, receive: object, send: object) -> None:
            taken.append(allowance.take({"question": "问" * 400, "time": now}))  # 1,200 bytes: two kilobytes
            await super().__call__(scope, receive, send)  # type: ignore[arg-type]

    layer = RateLimits(Recording(), counting, limits, Metrics(), lambda who: who)
    for client in ("203.0.113.1", "203.0.113.1", "203.0.113.2", "203.0.113.3", "127.0.0.1"):
        assert exchange(layer, request("POST", "/v1/ask", client=client))[0]["status"] == 200
    assert taken == [True, False, True, False, True]
    assert allowance.take({"question": "外"})  # nobody's request


def test_the_shipped_limits_leave_a_town_hall_alone() -> None:
    """200 people behind one address who open the page and ask two questions in the same minute, and judge them."""
    shipped = plan_of(Settings())
    for kind, requests in ((Kind.ASK, 200 * 3), (Kind.READ, 200 * 2), (Kind.WRITE, 200 * 2)):
        assert all(one.amount >= requests * 60 / one.get_expiry() for one in shipped.public[kind])
    assert all(one.amount >= 200 * 20 for one in shipped.kept)  # questions an hour


def test_a_length_that_no_body_has_is_not_added_up(tmp_path: Path) -> None:
    """Beyond 2^63 PostgreSQL fails at adding, and limits would be counted in memory for everybody."""
    door = Door(tmp_path, plan("900/minute", kept="4/hour"))
    head = {"Content-Length": str(2**64 - 1)}
    assert {door("/v1/feedback", headers=head)[0] for _ in range(3)} == {429}
    with closing(sqlite3.connect(tmp_path / "state.sqlite3.counts")) as counts:
        assert counts.execute("SELECT max(hits) FROM policyqa_counter").fetchone()[0] == 3 * 2**20
