"""Greetings, thanks, good-bye, and who is talking here: one short sentence each."""

from collections.abc import Callable, Sequence

from assistant.answer import Audience, Reason
from assistant.composition.refusal_blocks import example_of
from assistant.question.talk import Act
from assistant.replies.reply import Message, Reply, said
from corpus.corpus import Corpus

_KEYS = {
    Act.THANKS: "talk.welcome",
    Act.GOODBYE: "talk.goodbye",
    Act.ACKNOWLEDGED: "talk.acknowledged",
}


def small_talk(act: Act, message: Message, corpus: Corpus, examples: Callable[[str], Sequence[str]]) -> Reply | None:
    """What is said to an act of small talk; None for another one. `examples` gives questions by language."""
    words = message.words
    if act in _KEYS:
        return said(Reason.CONVERSATION, words(_KEYS[act]))
    if act is Act.WHO:
        call = "" if message.audience is Audience.AGENT else words("talk.person.call")
        return said(Reason.CONVERSATION, words("talk.who"), *example_of(examples(words.code), words, most=1), call=call)
    if act is Act.GREETING:
        covered = "" if corpus.is_national or corpus.has_unplaced else words.places(corpus.places)
        hello = words("talk.greeting_places", covered=covered) if covered else words("talk.greeting")
        return said(Reason.GREETING, hello, *example_of(examples(words.code), words, most=2))
    return None
