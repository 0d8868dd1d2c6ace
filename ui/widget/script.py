"""`/widget.js`: the script of the help in one file: its two parts, its style, its words in every language."""

import json
import re
from functools import cache
from pathlib import Path

from assistant.messages import languages, messages

_STATIC = Path(__file__).parent / "static"
_WORDS = "guidance.script."


@cache
def widget_script() -> str:
    """The script, as long as the process runs the same."""
    script = (_STATIC / "widget.js").read_text(encoding="utf-8")
    content = (_STATIC / "content.js").read_text(encoding="utf-8")
    style = (_STATIC / "widget.css").read_text(encoding="utf-8")
    words = {
        code: {
            key.removeprefix(_WORDS): messages(code)(key)
            for key in sorted(messages(code).keys())
            if key.startswith(_WORDS)
        }
        for code in languages()
    }
    script = script.replace('"{{content}}";', content, 1)
    return script.replace('"{{style}}"', _literal(_short(style)), 1).replace('"{{words}}"', _literal(words), 1)


def _short(style: str) -> str:
    """A style without its comments and with one blank for any space."""
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)).strip()


def _literal(value: object) -> str:
    """A value as JavaScript writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
