"""`policyqa switch` and `policyqa notice`: answers off by channel, and what every page says; running servers follow."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings
from ui.cli.audited import at_the_machine
from ui.cli.json_output import print_json

if TYPE_CHECKING:
    from assistant.switches.state import State
    from assistant.switches.switchboard import Switchboard

switch_app = typer.Typer(
    help="开关：按渠道停用或恢复自动回答 · answers off and on, by channel", no_args_is_help=True, rich_markup_mode=None
)
notice_app = typer.Typer(
    help="公告：写在每个网页最上面 · a notice at the top of every page", no_args_is_help=True, rich_markup_mode=None
)
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")]


class Position(StrEnum):
    """Where a switch is put."""

    OFF = "off"
    ON = "on"


class Which(StrEnum):
    """A channel, or all of them."""

    CHAT = "chat"
    API = "api"
    CONSOLE = "console"
    WIDGET = "widget"
    WECHAT = "wechat"
    ALL = "all"


@switch_app.command()
def answers(
    position: Annotated[Position, typer.Argument(help="off 停用，on 恢复 · off or on")],
    channel: Annotated[
        list[Which],
        typer.Option(help="渠道，可重复：chat、api、console、widget、wechat、all · the channel, may be repeated"),
    ],
    reason: Annotated[str, typer.Option(help="为什么停用，记入审计 · why, for the audit")] = "",
) -> None:
    """停用或恢复自动回答；检索和阅读文件照常 · switch answers off or on; search and reading stay.

    例 example: policyqa switch answers off --channel api --reason 新文件今天施行，正在更新
    """
    from assistant.switches.state import Channel

    channels = set(Channel) if Which.ALL in channel else {Channel(one.value) for one in channel}
    with _switchboard() as board:
        state = board.answers(channels, off=position is Position.OFF, by=at_the_machine(), reason=reason)
    _tell(state)


@switch_app.command()
def status(as_json: AsJson = False) -> None:
    """看现在停用了什么、公告是什么 · what is switched off, and the notice.

    例 example: policyqa switch status
    """
    with _switchboard() as board:
        state = board.read()
    if as_json:
        print_json({"version": state.version, **state.to_json()})
    else:
        _tell(state)


@notice_app.command(name="set")
def set_(
    text: Annotated[str, typer.Argument(help="公告，最多 300 字 · the notice, 300 characters at most")],
    english: Annotated[str, typer.Option(help="英文的公告 · the notice in English")] = "",
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
            help="到什么时候为止（北京时间）· until when, Beijing time",
        ),
    ] = None,
) -> None:
    """发布公告 · show a notice.

    例 example: policyqa notice set "系统今晚22点维护。" --until 2026-12-01T06:00
    """
    from corpus.clock import CHINA

    with _switchboard() as board:
        ends = until.replace(tzinfo=CHINA) if until else None
        _tell(board.notice(text, english=english, until=ends, by=at_the_machine()))


@notice_app.command()
def clear() -> None:
    """撤下公告 · take the notice down.

    例 example: policyqa notice clear
    """
    with _switchboard() as board:
        _tell(board.clear_notice(by=at_the_machine()))


@contextmanager
def _switchboard() -> Iterator["Switchboard"]:
    from assistant.audit.audit import Audit
    from assistant.switches.switchboard import Switchboard

    audit = Audit.open(Settings.from_environment())
    try:
        yield Switchboard(audit)
    finally:
        audit.database.close()


def _tell(state: "State") -> None:
    from assistant.switches.state import Channel
    from corpus.clock import CHINA

    for channel in Channel:
        off = state.off.get(channel)
        since = f"{off.since.astimezone(CHINA):%Y-%m-%d %H:%M} {off.by}" if off else ""
        print(f"{channel:8} {f'停用 off（{since}：{off.reason}）' if off else '在用 on'}")
    if state.notice is None:
        print("没有公告。There is no notice.")
        return
    ends = f"（到 until {state.notice.until.astimezone(CHINA):%Y-%m-%d %H:%M}）" if state.notice.until else ""
    print(f"公告 notice{ends}：{state.notice.text}")
    if state.notice.english:
        print(state.notice.english)
