"""What comes back from a model, as sentences with handles: whatever has another form is refused as a whole."""

import re
from dataclasses import dataclass

from corpus.text.characters import HAN, fold

MOST_SENTENCES = 6
LONGEST = 160  # characters of a sentence
_SENTENCE = re.compile(r"([^\[\]。\n]{4,})(?:\[([1-9])\]。|。\[([1-9])\])")
# Letters are admitted here and must stand in the quote; every sign that is not listed is markup or noise.
_ADMITTED = re.compile(rf"[{HAN}①-⑳0-9０-９A-Za-zＡ-Ｚａ-ｚ，、；：（）“”‘’《》〔〕—…·%％,.;:()\-+/ ]*")
_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"), ("(", ")"), ("〔", "〕"))
_OPEN = "，、；：,;:—·-+/ "  # what a sentence does not end with


class RefusedError(Exception):
    """What a model said is not said to anybody; the message is a word for logs and counters."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply, without mark and handle."""

    text: str
    number: int  # of the citation that it names


def read_reply(text: str) -> tuple[Sentence, ...]:
    """The sentences, each with its one handle before or behind its full stop. Raises RefusedError."""
    text = text.strip(" \n")
    if not 0 < len(text) <= MOST_SENTENCES * (LONGEST + 8):
        raise RefusedError("length")
    sentences, done = [], 0
    for match in _SENTENCE.finditer(text):
        if text[done : match.start()].strip(" \n"):
            raise RefusedError("form")
        sentences.append(Sentence(_checked(match[1].strip(" ")), int(match[2] or match[3])))
        done = match.end()
    if text[done:].strip(" \n"):
        raise RefusedError("form")
    if not 0 < len(sentences) <= MOST_SENTENCES or len({one.text for one in sentences}) < len(sentences):
        raise RefusedError("sentences")
    return tuple(sentences)


def _checked(sentence: str) -> str:
    if len(sentence) > LONGEST:
        raise RefusedError("length")
    if not _ADMITTED.fullmatch(sentence) or sentence[-1] in _OPEN:
        raise RefusedError("characters")
    if any(sentence.count(opening) != sentence.count(closing) for opening, closing in _PAIRS):
        raise RefusedError("characters")
    if any(fold(character) != character for character in re.findall(f"[{HAN}]", sentence)):
        raise RefusedError("script")  # traditional characters, or numerals for cheques
    return sentence
