"""`policyqa accounts`: who may sign in. They hold once POLICYQA_ACCESS=roles is set."""

from typing import Annotated

import typer

from ui.cli.access import moment, open_accounts, read_password, row
from ui.cli.json_output import print_json

accounts_app = typer.Typer(help="登录的账号 · accounts that sign in", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="账号名 · the account's name")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")]


@accounts_app.command()
def create(
    name: Name,
    role: Annotated[str, typer.Option(help="角色 · role: agent, editor, admin")] = "agent",
) -> None:
    """新建账号；密码在终端输入，或取标准输入第一行 · create an account; its password is asked for or read from stdin.

    例 example: policyqa accounts create wangfang --role editor
    """
    from assistant.access.accounts import account_role

    made = open_accounts().create(name, account_role(role), read_password())
    print(f"已建立账号 {made.name}（{made.role}）。Created.")


@accounts_app.command(name="list")
def list_(as_json: AsJson = False) -> None:
    """列出账号 · list the accounts.

    例 example: policyqa accounts list
    """
    found = open_accounts().all()
    if as_json:
        print_json([row(one) for one in found])
        return
    for one in found:
        state = "  已锁定 locked" if one.locked else ""
        print(f"{one.name}  {one.role}  最后登录 last signed in {moment(one.used)}{state}")
    if not found:
        print("还没有账号，用 policyqa accounts create 名称 --role admin 建立。There are no accounts yet.")


@accounts_app.command()
def password(name: Name) -> None:
    """重设密码，并退出它在各处的登录 · set a password anew and sign the account out everywhere.

    例 example: policyqa accounts password wangfang
    """
    open_accounts().set_password(name, read_password())
    print(f"{name} 的密码已改，各处登录已退出。Changed, and signed out everywhere.")


@accounts_app.command()
def lock(
    name: Name,
    off: Annotated[bool, typer.Option("--off", help="解锁 · unlock it again")] = False,
) -> None:
    """锁定账号：不能再登录，已登录的退出 · lock an account: it cannot sign in and is signed out.

    例 example: policyqa accounts lock wangfang
    """
    open_accounts().lock(name, locked=not off)
    print(f"{name} 已{'解锁' if off else '锁定'}。{'Unlocked' if off else 'Locked'}.")


@accounts_app.command()
def remove(name: Name) -> None:
    """删除账号 · remove an account.

    例 example: policyqa accounts remove wangfang
    """
    open_accounts().remove(name)
    print(f"{name} 已删除。Removed.")
