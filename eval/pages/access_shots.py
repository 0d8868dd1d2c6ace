"""Pictures of signing in, administering and switching, of a server with accounts, keys, an audit and a notice.

The people and keys are made up, and go with the folder that they are made in.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page

from assistant.access.accounts import Accounts
from assistant.access.keys import Keys, utc_now
from assistant.access.passwords import Passwords
from assistant.access.roles import Role
from assistant.audit.audit import Audit
from assistant.audit.of_access import AccessRows
from assistant.settings import Settings
from assistant.switches.state import Channel
from assistant.switches.switchboard import Switchboard
from eval.pages.shot import DESKTOP, PHONE, Shot, nothing

ADMIN, AGENT = "admin", "zuoxi-1"
_PASSWORD = "made up for one picture"
_NOTICE = "本站将于今晚22:00至次日6:00升级，期间暂停自动回答，文件和条款照常可以阅读。急事请拨打12345政务服务便民热线。"


def fill(feedback: Path) -> None:
    """Accounts of each role, three keys of which one has ended, sixty rows of the audit, a channel off, a notice."""
    audit = Audit.open(Settings(feedback=feedback))
    database = audit.database
    record = AccessRows(audit, lambda _event, what: str(what.pop("by", "") or "os:root"))
    accounts = Accounts(database, Passwords(), record)
    for name, role in ((ADMIN, Role.ADMIN), ("bianji-1", Role.EDITOR), (AGENT, Role.AGENT)):
        accounts.create(name, role, _PASSWORD)
    last_year = utc_now() - timedelta(days=400)
    keys = (("政务服务网的提问框", Role.PUBLIC, utc_now), ("工单系统", Role.AGENT, utc_now))
    for note, role, now in (*keys, ("去年的数据迁移", Role.EDITOR, lambda: last_year)):
        Keys(database, record, now).create(role, note, days=365, maker=f"session:{ADMIN}")
    for day in range(27):
        record("signin", account=AGENT, address=f"10.1.2.{day}", means="password", by=f"session:{AGENT}")
        record("signin_failed", account="bianji-1", address="10.1.2.9", means="password", why="wrong", by="bianji-1")
    board, by = Switchboard(audit), f"session:{ADMIN}"
    board.answers([Channel.API], off=True, by=by, reason="新文件今天施行，正在更新")
    board.notice(_NOTICE, until=datetime.now(UTC) + timedelta(days=1), by=by)
    database.close()


def _signed_in(name: str) -> Callable[[Page], None]:
    """Signs in on the page to which one is led, and comes back; a page that asks nobody stays as it is."""

    def sign_in(page: Page) -> None:
        page.get_by_label("账号", exact=True).fill(name)
        page.get_by_label("密码", exact=True).fill(_PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/signin" not in url)

    return sign_in


ACCESS_SHOTS = (
    Shot("signin", "/signin", DESKTOP, nothing),
    Shot("signin-phone", "/signin", PHONE, nothing),
    Shot("account-phone", "/account", PHONE, _signed_in(AGENT)),
    Shot("refused-phone", "/admin", PHONE, _signed_in(AGENT)),
    Shot("admin", "/admin", DESKTOP, _signed_in(ADMIN)),
    Shot("admin-phone", "/admin", PHONE, _signed_in(ADMIN)),
    Shot("operation", "/admin/operation", DESKTOP, _signed_in(ADMIN)),
    Shot("operation-phone", "/admin/operation", PHONE, _signed_in(ADMIN)),
    Shot("audit", "/admin/audit", DESKTOP, _signed_in(ADMIN)),
    Shot("audit-phone", "/admin/audit", PHONE, _signed_in(ADMIN)),
    Shot("doors", "/overview", DESKTOP, _signed_in(ADMIN)),
    Shot("notice-phone", "/", PHONE, nothing),
)
