"""`policyqa backup` and `policyqa restore`: everything that the office has added, in one file and back."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings

File = Annotated[Path, typer.Argument(help="备份文件，如 policyqa.backup · the file of the backup")]


def backup(
    file: File,
    with_keys: Annotated[
        bool,
        typer.Option(
            "--with-keys",
            help="连同电话号码的密钥：有备份就能读出号码 · also the keys, by which numbers can be read",
        ),
    ] = False,
) -> None:
    """备份数据库、文件库、校准和设置，服务不用停 · back up databases, library, calibration and settings, while serving.

    例 example: policyqa backup /srv/backup/policyqa-$(date +%F).tar.gz
    """
    from assistant.backup.making import make_backup

    settings = Settings.from_environment()
    contents = make_backup(settings, file, with_keys=with_keys, settings_file=Settings.explained()[0])
    rows = sum(sum(one.values()) for one in contents.rows.values())
    generation = contents.generation or "—"
    print(f"{file}：{file.stat().st_size / 1e6:.1f} MB；{rows} 行（rows），文件库版本 generation {generation}")


def restore(
    file: File,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="替换已有的内容，原来的留在旁边 · though something is there; that stays beside"),
    ] = False,
) -> None:
    """恢复一份备份，先停服务；要么全部恢复，要么什么也不变 · put a backup back, with no server running; all or nothing.

    例 example: policyqa restore /srv/backup/policyqa-2026-11-30.tar.gz
    """
    from assistant.backup.restoring import restore_backup

    settings = Settings.from_environment()
    restored = restore_backup(settings, file, replace=replace)
    contents = restored.contents
    rows = sum(sum(one.values()) for one in contents.rows.values())
    generation = contents.generation or "—"
    print(f"已恢复 restored：{contents.created[:19]} UTC，{rows} 行（rows），文件库版本 generation {generation}")
    for one in restored.before:
        print(f"原来的 what was there：{one}")
    if "policyqa.toml" in contents.files:
        print(
            f"设置没有改动；备份里的设置 settings were not changed; those of the backup: tar -xzOf {file} policyqa.toml"
        )
    print(f"下一步 next：{_next_step(settings, contents.created[:10])}")


def _next_step(settings: Settings, day: str) -> str:
    """What is to be done before the server starts again: the audit may end before the head that is kept beside it."""
    from assistant.audit.audit import Audit

    audit = Audit.open(settings)
    try:
        faults = {fault.kind for fault in audit.verify().faults}
    finally:
        audit.database.close()
    if not faults:
        return "审计核对无误，可以启动服务。The audit holds; start the server."
    if faults == {"cut_off"}:
        return (
            "备份之后的审计行没有了，请记下原因再启动服务。Rows of the audit since the backup are gone; put down why, "
            f'then start the server: policyqa audit accept --reason "恢复 {day} 的备份 restored"'
        )
    return (
        "审计核对不通过，先看是哪几行，再启动服务。The audit does not hold; see which rows before you start the "
        "server: policyqa audit verify"
    )
