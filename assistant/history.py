"""Follow-up questions: decide whether a question stands alone, and if not, put the earlier one before it.

Joining every turn blindly lowers recall; only the last user turn is taken, and only when the question leans on it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.normalizer import normalize
from index.tokenizer import tokenize

USER = "user"

# Openings and pronouns that point back at something said before.
_LEANS = re.compile(
    r"^(?:那|换成|换做|如果是|要是|还有|另外|除了|其中|上面|刚才|这个|这种|这样|这项|它|他们|这|此)"
    r"|^.{1,12}(?:呢|也行|也可以|也一样|也能)[?!吗么。]*$"
    r"|(?:这个|那个|这项|该项|上述)(?:政策|措施|服务|业务|条|事|手续|平台|机制)"
    r"|^(?:and|what about|how about|but|then|so|also)\b|\b(?:it|they|them|these|those)\b"
    r"|\b(?:this|that)\b(?=[?.!]?$| (?:is|one|apply|take|cost|work)\b)|(?<!\bis )(?<!\bare )\bthere(?=[?.!]?$)"
)
_FEW_WORDS = 5  # content characters or English words; below it a question says what is asked but not about what


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation."""

    role: str  # "user" | "assistant"
    content: str


def stands_alone(question: str) -> bool:
    """Whether a question can be understood without what was said before."""
    plain = normalize(question)
    if _LEANS.search(plain):
        return False
    chinese = {c for token in tokenize(plain) if not token.isascii() for c in token}
    english = {token for token in tokenize(plain) if token.isascii()}
    return len(chinese) + len(english) >= _FEW_WORDS


def with_history(question: str, history: Sequence[Turn]) -> tuple[str, bool]:
    """The question as it is to be searched, and whether the history was needed."""
    earlier = [turn.content for turn in history if turn.role == USER and turn.content.strip()]
    if not earlier or stands_alone(question):
        return question, False
    topic = next((text for text in reversed(earlier) if stands_alone(text)), earlier[-1])
    return f"{topic} {question}", True
