"""Drafts of records and conditions into files, never over one that stands there."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from assistant.settings import Settings
from corpus.clause import Clause
from corpus.errors import InputError, SettingsError


def sayer(settings: Settings) -> Callable[[Clause], str]:
    """By what plain sentences are drafted: the language model of the settings. Raises SettingsError without one."""
    from assistant.phrasing.told import model_of

    if (endpoint := model_of(settings)) is None:
        raise SettingsError(
            "没有设置语言模型：请先设 POLICYQA_MODEL_URL，或去掉 --model。"
            "No language model is set; set POLICYQA_MODEL_URL, or leave --model out."
        )
    from assistant.phrasing.record import drafted

    return partial(drafted, endpoint=endpoint)


def write_drafts(drafts: Mapping[str, Mapping[str, str]], output: Path) -> None:
    """The drafts, by the ending of their files and the id of their document.

    Of one document into this file, what has another ending beside it; of several into a folder of this name. Says what
    to do next. Raises InputError, before anything is written, where a file stands there already, and where nothing can
    be written.
    """
    one = len({id_ for found in drafts.values() for id_ in found}) == 1 and not output.is_dir()
    first = next(ending for ending, found in drafts.items() if found)
    files = {
        _file(output, id_, ending, first) if one else output / f"{id_}{ending}": text
        for ending, found in drafts.items()
        for id_, text in found.items()
    }
    if standing := next((path for path in files if path.exists()), None):
        raise InputError(
            f"已有 {standing}，不覆盖；请换一个名称，或先移走它。"
            f"{standing} stands there and is not overwritten; choose another name, or move it away first",
            field="output",
        )
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise InputError(
            f"{output} 无法写入，请换一个地方。{output} cannot be written ({error.strerror}); choose another place",
            field="output",
        ) from error
    for path in files:
        print(f"已写入草稿 drafts written {path}")
    print(
        "请逐条对照条款改好，删去 draft 一行，把 .plain.yaml 和 .apply.yaml 放在文件旁边，"
        "再运行 policyqa plain check、policyqa records check 和 policyqa index。"
        "Correct each beside its clause, delete its line draft, put the .plain.yaml and the .apply.yaml beside the "
        "document, then run policyqa plain check, policyqa records check and policyqa index."
    )


def _file(output: Path, id_: str, ending: str, first: str) -> Path:
    """The file itself for the first kind of drafts, one of the document's name beside it for the next."""
    return output if ending == first else output.with_name(f"{id_}{ending}")
