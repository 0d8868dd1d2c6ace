"""`policyqa webhooks`: what could not be delivered to the other system, and sending it again."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import PREFIX, Settings
from corpus.errors import InputError, NotFoundError, SettingsError
from ui.cli.audited import audited
from ui.cli.json_output import print_json

if TYPE_CHECKING:
    from assistant.operations.outbox import Outbox

webhooks_app = typer.Typer(
    help="发给其他系统的通知 · what other systems are told", no_args_is_help=True, rich_markup_mode=None
)


@webhooks_app.command()
def failed(
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")] = False,
) -> None:
    """列出没有送到、不再重试的通知，七天以内 · list what was given up within seven days.

    例 example: policyqa webhooks failed
    """
    from ui.cli.access import moment

    found = _outbox().given_up()
    if as_json:
        rows = [{"id": one.id, "type": one.kind, "tries": one.tries, "problem": one.problem} for one in found]
        print_json([{**row, "created": one.created.isoformat()} for row, one in zip(rows, found, strict=True)])
        return
    for one in found:
        print(f"{one.id}  {moment(one.created)}  {one.kind}  试过 tried {one.tries}×  {one.problem}")
    if not found:
        print("没有送不到的通知。Nothing has failed.")


@webhooks_app.command()
@audited("webhooks resend", "ids", "all_failed")
def resend(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="编号，见 webhooks failed · ids, see webhooks failed")
    ] = None,
    all_failed: Annotated[bool, typer.Option("--failed", help="所有没有送到的 · everything that has failed")] = False,
) -> None:
    """再送一次没有送到的通知，运行中的服务半分钟内送出 · send again what failed; a running server does it soon.

    例 example: policyqa webhooks resend --failed
    """
    if bool(ids) == all_failed:
        raise InputError(
            "请写编号（见 policyqa webhooks failed），或加 --failed 全部再送。"
            "Give ids (see policyqa webhooks failed), or --failed for all.",
            "ids",
        )
    outbox = _outbox()
    wanted = ids or [one.id for one in outbox.given_up()]
    unknown = [id_ for id_ in wanted if not outbox.again(id_)]
    print(f"将再送 {len(wanted) - len(unknown)} 条。To be sent again: {len(wanted) - len(unknown)}.")
    if unknown and ids:
        listed = "、".join(unknown)
        raise NotFoundError(
            f"没有送不到的通知 {listed}，编号见 policyqa webhooks failed。"
            f"Nothing of this id has failed: {listed}; see policyqa webhooks failed.",
            "ids",
        )


def _outbox() -> "Outbox":
    """Where a server of these settings keeps what it sends. Raises SettingsError where it keeps nothing."""
    from assistant.database.database import Database
    from assistant.operations.outbox import Outbox
    from assistant.webhooks.happening import Kind

    where = Settings.from_environment().feedback
    if where is None:
        raise SettingsError(
            f"{PREFIX}FEEDBACK=off 时不保存通知，没有可以再送的。"
            f"With {PREFIX}FEEDBACK=off nothing is kept that could be sent again."
        )
    return Outbox(Database(where), kinds=[kind.value for kind in Kind])
