"""The normal form of a text: what cannot be seen is made uniform, and nothing else is touched."""

import re

from corpus.text.characters import without_invisible

_LINE_END = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_BLANK = re.compile("[\ue000-\uf8ff\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_TAB = re.compile("(?<! ) *\t *")  # looked for once a run of blanks, so that a long one costs no more than its length


def normalise_text(text: str) -> str:
    """One kind of line end and of space, nothing invisible, no blanks at the end of a line; idempotent.

    A character of private use, which every font shows otherwise or not at all, is a blank. A tab stays a tab, without
    blanks around it: it separates the cells of a table.
    """
    text = _BLANK.sub(" ", _LINE_END.sub("\n", without_invisible(text)))
    return "\n".join(_TAB.sub("\t", line).rstrip(" ") for line in text.split("\n"))


def normalise_line(text: str) -> str:
    """The normal form of one line; line ends inside it become blanks."""
    return normalise_text(text).replace("\n", " ").rstrip(" ")
