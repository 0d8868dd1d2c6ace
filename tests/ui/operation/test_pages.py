"""The operator's pages: what is switched there holds at once and is on record; the audit shown and verified."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from starlette.responses import Response

from assistant.access.caller import Caller, Means, with_caller
from assistant.access.roles import Role
from assistant.audit.audit import Audit
from assistant.audit.writes import AuditedWrites
from assistant.database.database import Database
from assistant.messages import messages
from assistant.operations.outbox import Standing
from assistant.switches.operation import Following, Operation
from assistant.switches.state import Channel
from assistant.switches.switchboard import Switchboard
from ui.operation.routes import operation_pages
from ui.operation.view import Asked


@pytest.fixture
def audit(tmp_path: Path) -> Iterator[Audit]:
    found = Audit(Database(tmp_path / "state.sqlite3"), tmp_path / "state.audit")
    yield found
    found.database.close()


@pytest.fixture
def operation() -> Operation:
    return Operation()


@pytest.fixture
def client(audit: Audit, operation: Operation) -> TestClient:
    board = Switchboard(audit)
    app = FastAPI()
    app.include_router(operation_pages(audit, board, Following(operation, board).look))
    return TestClient(app)


def test_answers_are_switched_off_and_on_and_the_page_tells_since_when_and_why(
    client: TestClient, operation: Operation, audit: Audit
) -> None:
    form = {"act": "off", "channel": ["api", "widget"], "reason": "正在<更新>"}
    page = client.post("/admin/operation/answers", data=form)
    assert page.status_code == 200
    assert "已停用：接口（供程序调用）、其他网站里的填表说明。" in page.text
    assert "正在&lt;更新&gt;" in page.text
    assert (operation.is_off(Channel.API), operation.is_off(Channel.CHAT)) == (True, False)
    client.post("/admin/operation/answers", data={"act": "on", "channel": ["api"]})
    assert not operation.is_off(Channel.API)
    assert [row.event for row in audit.rows(limit=2)] == ["answers_on", "answers_off"]


def test_the_page_tells_how_it_stands_with_webhooks(audit: Audit) -> None:
    def page(told: Standing | None) -> str:
        app = FastAPI()
        app.include_router(operation_pages(audit, Switchboard(audit), lambda: None, lambda: told))
        return TestClient(app).get("/admin/operation").text

    assert "通知其他系统" not in page(None)
    assert "没有等待发送的" in page(Standing())
    since = datetime(2026, 11, 30, 1, 2, 3, tzinfo=UTC)
    shown = page(Standing(3, 2, since, "HTTP 410", "gap.opened"))
    assert [
        words in shown for words in ("等待发送：3 条", "2026-11-30 09:02", "没有送到：2 条", "HTTP 410（gap.opened）")
    ] == [True] * 4


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("answers", {"act": "off", "channel": ["api"]}, "请写明为什么停用"),
        ("answers", {"act": "off", "reason": "试"}, "请至少勾选一个渠道"),
        ("notice", {"text": " "}, "请写公告的内容"),
        ("notice", {"text": "长" * 301}, "最多 300 个字"),
        ("notice", {"text": "好", "until": "明天"}, "结束时间请写成"),
        ("notice", {"text": "好", "until": "2020-01-01T00:00"}, "已经过去"),
    ],
)
def test_what_cannot_be_done_is_told_and_what_was_typed_stays(
    client: TestClient, audit: Audit, path: str, form: dict[str, str], words: str
) -> None:
    page = client.post(f"/admin/operation/{path}", data=form)
    assert page.status_code == 422
    assert words in page.text
    assert form.get("text", "").strip() in page.text
    assert list(audit.all()) == []


def test_a_notice_is_shown_and_taken_down(client: TestClient, operation: Operation) -> None:
    client.post("/admin/operation/notice", data={"text": "今晚维护", "english": "Down", "until": "2099-01-01T08:30"})
    notice = operation.notice()
    assert notice is not None
    assert (notice.text, notice.english) == ("今晚维护", "Down")
    assert 'value="2099-01-01T08:30"' in client.get("/admin/operation").text
    client.post("/admin/operation/notice/clear")
    assert operation.notice() is None


def test_the_audit_is_shown_narrowed_and_verified(client: TestClient, audit: Audit) -> None:
    for number in range(60):
        audit.record("signin" if number % 2 else "write", "甲", route="/<x>", number=number)
    page = client.get("/admin/audit").text
    assert page.count("<tr>") == 51
    assert "/&lt;x&gt;" in page
    assert "before=12" in page
    assert client.get("/admin/audit?before=12").text.count("<tr>") == 12
    assert client.get("/admin/audit?event=signin").text.count("<td>登录</td>") == 30
    assert "没有符合条件的记录" in client.get("/admin/audit?to=2020-01-01").text
    assert client.get("/admin/audit?from=gestern").status_code == 422
    for odd in ("from=0001-01-01", "to=9999-12-31", "before=99999999999999999999"):
        assert client.get(f"/admin/audit?{odd}").status_code == 422
    assert "已核对 61 行" in client.post("/admin/audit/verify").text
    with audit.database.transaction() as connection:
        connection.execute(text("DROP TRIGGER policyqa_audit_kept"))
        connection.execute(text("UPDATE policyqa_audit SET what = '?' WHERE number = 60"))
    broken = client.post("/admin/audit/verify").text
    assert "第 60 行被改动过。" in broken
    assert "Row 60 was altered." in client.post("/admin/audit/verify?lang=en").text


def test_days_of_the_audit_are_those_of_china_and_the_last_one_is_included() -> None:
    first, end = Asked(first="2026-11-30", to="2026-11-30").span(messages("zh"))
    assert first is not None
    assert end is not None
    assert first.isoformat() == "2026-11-30T00:00:00+08:00"
    assert (end - first).total_seconds() == 86_400


def test_what_the_office_writes_is_on_record_before_it_is_answered(audit: Audit) -> None:
    app = FastAPI()

    @app.post("/v1/library/drafts/{draft_id}")
    async def write(draft_id: str) -> Response:
        return Response(status_code=409 if draft_id == "no" else 201)

    @app.get("/v1/library/drafts/{draft_id}")
    async def read(draft_id: str) -> Response:
        return Response(draft_id)

    caller = Caller(Role.EDITOR, Means.SESSION, "wang")
    layer = AuditedWrites(app, audit)

    async def site(scope, receive, send) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        await layer(with_caller(scope, caller) if scope["type"] == "http" else scope, receive, send)

    client = TestClient(site)
    assert client.post("/v1/library/drafts/a1?q=SECRET", content=b"SECRET").status_code == 201
    assert client.post("/v1/library/drafts/no").status_code == 409
    client.get("/v1/library/drafts/a1")
    (row,) = audit.rows(event="write")
    assert row.by == "session:wang"
    assert row.details == {"ids": {"draft_id": "a1"}, "method": "POST", "route": "/v1/library/drafts/{draft_id}"}


def test_of_the_site_only_what_somebody_with_a_role_writes_is_on_record() -> None:
    told: list[object] = []

    async def app(_scope, _receive, send) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        await send({"type": "http.response.start", "status": 200, "headers": []})

    layer = AuditedWrites(app, lambda *args, **what: told.append((args, what)), {"/agent/mark"})

    async def nothing(*_: object) -> None:
        return

    def ask(path: str, role: Role) -> None:
        scope = {"type": "http", "method": "POST", "path": path, "headers": [], "client": ("10.0.0.1", 1)}
        asyncio.run(layer(with_caller(scope, Caller(role)), nothing, nothing))  # type: ignore[arg-type]

    for path, role in (("/agent/mark", Role.PUBLIC), ("/agent/rows", Role.ADMIN), ("/agent/mark", Role.AGENT)):
        ask(path, role)
    assert len(told) == 1
