"""One field of a form as a page asks about it, and the words by which it is searched."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

# Answers that say only yes, no or something else: they are on every form and about nothing.
_BARE = re.compile(
    r"[不没未暂]*(?:是|否|有|无|要|用|需要|同意|申请|办理|承诺|其他|其它|yes|no|none|other).{0,2}", re.IGNORECASE
)
_NUMBERED = re.compile(r"^[\s*＊(（]*\d{1,2}[)）.．、\s]+|^[*＊\s]+|[\s*＊:：]+$")  # "3. 姓名*：", which cites nothing


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """What a page says of a field. A form that is known needs `form` and `field` alone, any other at least `label`."""

    field: str = ""
    form: str = ""
    label: str = ""
    section: str = ""
    options: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # where the form is used, by their names in the corpus; () = not said

    def queries(self, most: int) -> tuple[str, ...]:
        """What to search by, of at most `most` characters: label with options, then the same under its section.

        None for a field that is on every form, such as a name or a signature.
        """
        section, label = (_NUMBERED.sub("", text) for text in (self.section, self.label))
        options = "、".join(option for option in self.options if not _BARE.fullmatch(option.strip()))
        if _everywhere().fullmatch(label + options):
            return ()
        return tuple(dict.fromkeys(_joined(words)[:most] for words in ((label, options), (section, label, options))))


def _joined(words: Iterable[str]) -> str:
    return " ".join(filter(None, (word.strip() for word in words)))


@cache
def _everywhere() -> re.Pattern[str]:
    """Texts of nothing but the words of everywhere.toml, figures and marks."""
    groups = tomllib.loads(resources.files("assistant.guidance").joinpath("everywhere.toml").read_text("utf-8"))
    words = sorted({word for group in groups.values() for word in group.split()}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}|[\W\d_])*+", re.IGNORECASE)
