"""Names of organs: told from other words, split where several stand together, made whole where a place is left out."""

import re

from corpus.facts.words import any_of, words
from corpus.places.bodies import national_body

_NAME = re.compile(rf"[^，,。；;：:、《》〈〉“”\"（）()\d\s]{{1,28}}(?:{any_of('organs')})")
_NO_NAME = re.compile(r"(?:各|有关|相关|本|由|经|请|根据|按照|附|关于|我|该|及|和|与|或|向|到|在|对|以|为|不|其他|第)")
_BETWEEN = re.compile(r"[\s、，,]+")
_RELATIVE = re.compile(r"(?:自治区|自治州|市(?!场|容|政(?!府|协|公用))|省|县|区|州|旗)(?=.)")
_OWN_NAME = re.compile(r"(?:中共)?([^市省县区州旗]{1,8}[市省县区州旗])")


_SIGNER = re.compile(rf"[\u4e00-\u9fff]{{2,28}}(?:{any_of('signers')})")


def is_organ(name: str) -> bool:
    """Whether the text is the name of one organ and nothing else."""
    if name in words("organs_by_name"):
        return True
    whole = bool(_NAME.fullmatch(name)) and len(name) > 2 and not _NO_NAME.match(name)
    return whole and name not in ("人民政府", "办公室", "办公厅", "委员会", "领导小组", "管委会")


def organs_in(text: str) -> list[str]:
    """The organs of a text that is made of nothing but their names; a name may be broken by a blank or a line end."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    found: list[str] = []
    waiting = ""
    for part in parts:
        waiting += part
        if is_organ(waiting):
            found += _unglued(waiting)
            waiting = ""
    return [] if waiting else found


def signers_in(text: str) -> list[str]:
    """The same for the words above a date, where a hospital or a school signs, too."""
    name = "".join(text.split())
    return organs_in(text) or ([name] if _SIGNER.fullmatch(name) and not _NO_NAME.match(name) else [])


def is_relative(name: str) -> bool:
    """Whether the name leaves out the place: 市政府办公厅, 省教育厅."""
    return not national_body(name) and bool(_RELATIVE.match(name))


def in_full(name: str, text: str, places: tuple[str, ...]) -> str | None:
    """A relative name with its place, 市政府办公厅 → 西安市人民政府办公厅, where the text prints 西安市; else None."""
    kind = _RELATIVE.match(name)
    if not kind:
        return None
    for place in places:
        whole = place if place.endswith(kind[0]) else place + kind[0]
        if whole in text:
            return whole + re.sub(r"^政府", "人民政府", name[kind.end() :])
    return None


def _unglued(name: str) -> list[str]:
    """Several names without anything between them, where each begins with the same place: 某市甲局某市乙局."""
    own = _OWN_NAME.match(name)
    if not own:
        return [name]
    parts = [part for part in re.split(f"(?={re.escape(own[1])})", name) if part]
    return parts if len(parts) > 1 and all(map(is_organ, parts)) else [name]
