"""`policyqa publish`, `generations`, `rollback`: putting the library in service, and going back."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings
from index.engines.names import EMBEDDED
from ui.cli.audited import audited
from ui.cli.json_output import print_json
from ui.cli.priority import give_way

if TYPE_CHECKING:
    from assistant.publication.examined import Examined
    from assistant.publication.generations import Manifest
    from assistant.publication.switching import Switched

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")]
By = Annotated[str | None, typer.Option(help="经办人，记入审计记录 · who does it, for the audit record")]
Wait = Annotated[
    bool, typer.Option("--wait/--no-wait", help="别人正在发布时等待，或立即退出 · wait while somebody else publishes")
]


@audited("publish")
def publish(
    force: Annotated[
        str | None,
        typer.Option(help="保存的问题会答错也发布，须写明理由 · publish though saved questions break; give the reason"),
    ] = None,
    by: By = None,
    wait: Wait = True,
    as_json: AsJson = False,
) -> None:
    """发布文件库：检查、建新版本，各服务进程不停机换上 · publish the library; running servers switch by themselves.

    例 example: policyqa publish --by 张贴岗
    """
    from assistant.publication.publisher import GateError, Publisher
    from eval.gate import open_gate

    settings = Settings.from_environment()
    give_way()
    try:
        done = Publisher(settings, open_gate(settings), _say).publish(by=by, force=force, wait=wait)
    except GateError as error:
        if as_json and error.examined:
            print_json({"refused": _refused(error.examined)})
        raise
    if as_json:
        print_json({**_row(done.manifest), **_switch(done.switched), "dropped": list(done.dropped)})
        return
    if not done.is_new:
        print(
            f"没有要发布的改动，在用的仍是版本 {done.manifest.number}。"
            f"Nothing to publish; generation {done.manifest.number} stays in service."
        )
        return
    _tell(done.switched)
    for line in done.examined.lines():
        print(line)
    manifest = done.manifest
    for words in ("新增 added", "改动 changed", "删去 removed"):
        if ids := getattr(manifest, words.split()[1]):
            print(f"{words}：{'、'.join(ids)}")
    print(f"重新编码 encoded again：{manifest.encoded} 份文件 documents，共 of {len(manifest.documents)}")
    _say_unless_served()


def rebuild_published(settings: Settings) -> bool:
    """Where a published library is searched: index its documents anew, as a generation. False where none is."""
    from corpus.library.place import CURRENT, generations_folder, pointer_in

    if settings.corpus is not None or not pointer_in(generations_folder(settings.library_folder) / CURRENT):
        return False
    from assistant.publication.publisher import Publisher

    give_way()
    _tell(Publisher(settings, say=_say).rebuild().switched)
    return True


def generations(as_json: AsJson = False) -> None:
    """列出发布过的版本，最新的在前，* 是在用的 · list what has been published, the newest first; * is in service.

    例 example: policyqa generations
    """
    from assistant.publication.generations import Generations
    from corpus.library.place import generations_folder

    held = Generations(generations_folder(Settings.from_environment().library_folder))
    current = held.current()
    found = [(pointer == current, manifest) for pointer, manifest in reversed(held.all())]
    if as_json:
        print_json([{"current": is_current, **_row(manifest)} for is_current, manifest in found])
        return
    for is_current, manifest in found:
        by = f"  {manifest.by}" if manifest.by else ""
        reason = f"  {manifest.reason}" if manifest.reason else ""
        changes = f"+{len(manifest.added)} ~{len(manifest.changed)} -{len(manifest.removed)}"
        print(
            f"{'*' if is_current else ' '} {manifest.number:4}  {manifest.created}  {manifest.cause:7}  {changes:12}"
            f"  {len(manifest.documents)} 份文件 documents  {manifest.index_version}{by}{reason}"
        )
    if not found:
        print("还没有发布过，在用的是随附的文件。Nothing has been published yet; the shipped documents are in service.")


@audited("rollback", "number")
def rollback(
    number: Annotated[
        int | None, typer.Argument(help="版本号，不写则退回上一个 · the generation; without it the one before")
    ] = None,
    by: By = None,
    wait: Wait = True,
    with_removed: Annotated[
        bool, typer.Option("--with-removed", help="其中有后来删去的文件也退回 · though it holds what was removed since")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """退回以前发布的版本，不停机 · go back to an earlier generation; nothing stops.

    例 example: policyqa rollback
    """
    from assistant.publication.switching import Switching

    settings, show = Settings.from_environment(), None
    if settings.engine != EMBEDDED:
        from assistant.publication.opening import shown

        show = shown(settings)
    switching = Switching(settings.library_folder, _say, show)
    switched = switching.rollback(number, by=by, wait=wait, with_removed=with_removed)
    if as_json:
        print_json({**_row(switched.manifest), **_switch(switched)})
        return
    _tell(switched)
    _say_unless_served()


def _row(manifest: "Manifest") -> dict[str, object]:
    row = asdict(manifest)
    del row["files"]
    return row


def _refused(examined: "Examined") -> dict[str, object]:
    """Which saved questions would break, and how."""
    broken = [
        {
            "id": change.now.id,
            "question": change.now.question,
            "before": asdict(change.before),
            "now": asdict(change.now),
            "gone": list(change.gone),
        }
        for change in examined.broken
    ]
    return {
        "allowed": examined.allowed,
        "broken": broken,
        "known": examined.known,
        "set_aside": list(examined.set_aside),
    }


def _switch(switched: "Switched") -> dict[str, object]:
    return {"servers": switched.servers, "late": list(switched.late), "seconds": round(switched.seconds, 3)}


def _tell(switched: "Switched") -> None:
    manifest = switched.manifest
    print(
        f"在用版本 in service：{manifest.number}，{len(manifest.documents)} 份文件 documents，"
        f"索引 index {manifest.index_version}"
    )
    if switched.servers:
        print(f"{switched.servers} 个服务进程用时 servers switched in {switched.seconds:.2f} s")
    for process in switched.late:
        _say(f"服务进程 {process} 还没有换上，请查看它的日志。Server {process} has not switched; see its log.")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _say_unless_served() -> None:
    settings = Settings.from_environment()
    if settings.corpus is not None:
        print(
            f"现在查询的是 POLICYQA_CORPUS={settings.corpus}，不是文件库；要查询文件库请去掉这项设置。"
            "POLICYQA_CORPUS is searched, not the library: unset it to search the library."
        )
