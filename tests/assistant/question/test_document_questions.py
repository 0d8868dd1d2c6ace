"""What a message asks of a document itself, told by the kinds of words in it."""

from assistant.question.document_questions import _KINDS, _patterns
from assistant.question.intents import intent
from index.text.normalizer import normalize


def test_one_pattern_finds_a_word_wherever_one_of_the_kinds_does_and_nowhere_else() -> None:
    any_kind, each = _patterns()
    assert [name for name, _ in each] == list(_KINDS)
    texts = {normalize(text) for name in _KINDS for text in (*intent(name).match, *intent(name).no_match)}
    for text in texts:
        for at in range(len(text)):
            found = [name for name, pattern in each if pattern.match(text, at)]
            assert bool(any_kind.match(text, at)) == bool(found)
