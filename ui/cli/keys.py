"""`policyqa keys`: API keys for programs. They hold once POLICYQA_ACCESS=roles is set."""

from typing import Annotated

import typer

from ui.cli.access import moment, open_keys, row
from ui.cli.json_output import print_json

keys_app = typer.Typer(help="程序用的密钥 · keys for programs", no_args_is_help=True, rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")]


@keys_app.command()
def create(
    role: Annotated[str, typer.Option(help="角色 · role: public, agent, editor, admin")],
    note: Annotated[str, typer.Option(help="备注：给谁用、做什么 · for whom and what")] = "",
    days: Annotated[
        int | None, typer.Option(help="有效天数，不填则长期有效 · days it is good for; absent: for ever")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """新建密钥，只显示这一次 · create a key, which is shown this once.

    例 example: policyqa keys create --role agent --note "工单系统" --days 365
    """
    from assistant.access.accounts import account_role
    from assistant.access.roles import Role

    key, sent = open_keys().create(Role.PUBLIC if role == Role.PUBLIC else account_role(role), note, days=days)
    if as_json:
        print_json({**row(key), "key": sent})
        return
    print(sent)
    typer.echo("请马上保存，不会再显示。Keep it now; it is not shown again.", err=True)


@keys_app.command(name="list")
def list_(as_json: AsJson = False) -> None:
    """列出密钥，不含密文 · list the keys, without their secrets.

    例 example: policyqa keys list
    """
    from assistant.access.keys import utc_now

    found = open_keys().all()
    if as_json:
        print_json([row(key) for key in found])
        return
    for key in found:
        state = "" if key.holds(utc_now()) else "  已作废 revoked" if key.revoked else "  已到期 ended"
        ends, used = moment(key.ends), moment(key.used)
        print(f"{key.id}  {key.role}  到期 ends {ends}  最后使用 last used {used}{state}  {key.note}")
    if not found:
        print("还没有密钥。There are no keys yet.")


@keys_app.command()
def revoke(id_: Annotated[str, typer.Argument(metavar="ID", help="编号，见 keys list · the key's id")]) -> None:
    """作废密钥，马上生效 · revoke a key, at once.

    例 example: policyqa keys revoke 3f2a9c10b7de
    """
    open_keys().revoke(id_)
    print(f"{id_} 已作废。Revoked.")
