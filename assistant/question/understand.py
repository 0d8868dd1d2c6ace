"""Reads a question once: what is meant, in which language, about which place, by which number, after what was said.

Each step is a module of its own; this one puts them in order. Nothing here looks at hits.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from assistant.answer import Reason
from assistant.privacy.masking import without_personal_data
from assistant.question.dialect import in_standard_words
from assistant.question.history import (
    TURNS,
    Turn,
    is_only_a_place,
    last_answer,
    names_no_topic,
    points_back,
    user_messages,
)
from assistant.question.intents import intent, intents_of
from assistant.question.language import is_readable, language_of
from assistant.question.named_documents import NamedDocuments
from assistant.question.pinyin import from_pinyin
from assistant.question.places import (
    PlaceFilter,
    place_words,
    places_from_filter,
    places_in,
    wins_over,
    without_districts,
    without_places,
)
from assistant.question.question import Law, Reading
from assistant.question.recalled import recalled
from assistant.question.references import is_bare_anaphor, references_in, without_addresses
from assistant.question.sounds import Vocabulary
from assistant.question.spelling import correct
from assistant.question.talk import UNDECIDED, Act, act_of, is_about_a_matter, names_place
from corpus.addresses.clause_references import ClauseReferences
from corpus.addresses.references import contains_id, read_references
from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.places.gazetteer import load_gazetteer
from index.index import Index
from index.query import Query, Text, join_texts, read_text
from index.retriever import Scope
from index.text.answer_types import expected_types
from index.text.normalizer import Normal, normalize

_MAX_LISTED = 20  # documents that an error names
_COMPARES = intent("compares_places").pattern


class QuestionReader:
    """Reads questions for one index. Safe from several threads; keeps nothing of what it reads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._vocabulary = Vocabulary(index)
        self._named = NamedDocuments(index)

    def read(
        self,
        text: str,
        *,
        history: Sequence[Turn] = (),
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
        language: str | None = None,
        law: Law | None = None,
    ) -> Reading:
        """One question. A place that it names wins over `jurisdiction`, `documents` over what it names.

        `language` counts where the question shows none; without `law` the texts in force today are meant.

        Raises InputError, naming the field, for an unknown place or document.
        """
        corpus = self._index.corpus
        _check_documents(documents, corpus)
        law = law or Law()
        set_aside = corpus.drafts if law.include_repealed else corpus.validities.set_aside(law.as_of)
        chosen = places_from_filter(jurisdiction, corpus) if jurisdiction else None
        typed = _typed(text)
        last = last_answer(history)
        act = act_of(typed.normal)
        refusal = self._refusal(typed, act)
        meant = typed if refusal else self._corrected(typed)
        earlier = [] if refusal else list(map(self._corrected, _earlier_questions(history)))
        own_places = places_in([meant.normal], corpus, (turn.normal for turn in earlier))
        names_id = contains_id(meant.text, corpus)  # harbin-66:26 is no place
        if chosen and not names_id and wins_over(own_places, meant.normal, chosen):
            own_places, chosen = replace(own_places, overruled=chosen.named), None
        elif chosen:
            own_places = replace(chosen, named=own_places.named or chosen.named)
        places = own_places if chosen else self._places_spoken_of(own_places, earlier)
        references = ClauseReferences()
        if not refusal:
            scope = Scope(frozenset(documents) or None, places.jurisdictions)
            references = references_in(
                meant.text,
                corpus,
                scope,
                places.covered,
                last,
                set_aside=set_aside,
                names=self._named.find(meant.text, set_aside),
            )
            if (last or not earlier) and is_bare_anaphor(meant.normal) and not references.ids:
                refusal = Reason.UNREADABLE  # it points at nothing; without answers, earlier questions may still do
        bare = _bare(meant, references)
        alone, *rest = self._queries(bare, earlier, places)
        named_places = place_words(meant.normal)
        if not (earlier or references.names_clause) and is_only_a_place(alone, named_places):
            refusal = refusal or Reason.UNREADABLE
        limits = frozenset(documents or references.documents)
        return Reading(
            text=text,
            meant=meant.text,
            normal=meant.normal,
            bare=bare,
            language=language_of(typed.text if load_gazetteer().named(typed.text) else meant.text, language),
            intents=intents_of(meant.normal),
            expected=expected_types(meant.normal),
            places=places,
            own_places=own_places,
            references=references,
            alone=alone,
            in_context=rest[0] if rest else None,
            unplaced=self._unplaced(alone, earlier, places),
            documents=limits or None,
            admitted=_in_force(limits, set_aside, corpus),
            in_force=_in_force(frozenset(), set_aside, corpus),
            law=law,
            recalls=recalled(meant.normal, places, corpus, law.as_of),
            refers_back=bool(rest) and (points_back(meant.normal) or names_no_topic(alone, named_places)),
            refusal=refusal,
            act=act,
        )

    def _unplaced(self, alone: Query, earlier: Sequence[Text], places: PlaceFilter) -> Query | None:
        """The question without districts of the city that is covered; of a mere place what was asked before it."""
        bare = without_districts(alone.normal, places)
        if earlier and is_only_a_place(alone, place_words(alone.normal)):
            bare = without_places(earlier[-1].normal)
        return self._index.read([read_text(bare)])[0] if bare else None

    def _places_spoken_of(self, own_places: PlaceFilter, earlier: Sequence[Text]) -> PlaceFilter:
        """Those of the question, or where it names none, of the latest earlier one that does."""
        if own_places.covered or own_places.missing:
            return own_places
        return places_in([turn.normal for turn in reversed(earlier)], self._index.corpus)

    def _refusal(self, typed: Text, act: Act | None) -> Reason | None:
        """Why there is nothing to search in a message, as far as it can be told by itself."""
        if act is Act.GREETING:
            return Reason.GREETING
        if act is not None and act not in UNDECIDED and not names_place(typed.normal):
            return Reason.CONVERSATION
        readable = is_readable(typed.normal) or read_references(typed.text, self._index.corpus).ids
        return None if readable else Reason.UNREADABLE

    def _corrected(self, typed: Text) -> Text:
        """In characters, with homophones corrected."""
        if contains_id(typed.text, self._index.corpus):  # harbin-66:26 is no pinyin
            return typed
        heard = from_pinyin(typed.normal, self._vocabulary)
        if heard is not None:
            return read_text(heard)
        right = correct(typed.segmented.pieces, self._vocabulary)
        return typed if right == typed.normal else read_text(right, right)

    def _queries(self, meant: Text, earlier: Sequence[Text], places: PlaceFilter) -> list[Query]:
        """The question by itself, and behind the earlier ones where there are some, read in one call.

        Where it names a place, those that the earlier ones named are spoken of no longer.
        """
        if earlier and names_place(meant.normal):
            earlier = list(map(_without_places, earlier))
        wanted = [meant, *([join_texts([*earlier, meant])] if earlier else [])]
        if len(places.covered) > 1 or (places.only_missing and places.everywhere):
            wanted = list(map(_without_places, wanted))
        return self._index.read(wanted)


def _in_force(limits: frozenset[str], set_aside: Collection[str], corpus: Corpus) -> frozenset[str] | None:
    """Those of these documents, or of all, that are in force; where none of those named is, what was named."""
    if not set_aside:
        return limits or None
    held = limits or frozenset(one.id for one in corpus.documents)
    return held.difference(set_aside) or limits or None


def _bare(meant: Text, references: ClauseReferences) -> Text:
    """What is asked, without the words that name documents and clauses."""
    matter = without_addresses(meant.text, references)
    return meant if matter == meant.text else read_text(matter)


def _without_places(meant: Text) -> Text:
    """Without the names of places: several would find the clauses that talk of them, one not held finds none."""
    kept = _COMPARES.sub(" ", without_places(meant.normal)).strip()
    return read_text(kept, Normal(kept)) if kept else meant


def _typed(text: str) -> Text:
    """A message without personal data, in standard words where it holds others."""
    typed = " ".join(without_personal_data(text).split())
    normal = normalize(typed)
    standard = in_standard_words(normal)
    return read_text(typed, normal) if standard is normal else read_text(standard, standard)


def _earlier_questions(history: Sequence[Turn]) -> list[Text]:
    """The latest questions of the user, oldest first; neither what was said of the talk nor a cry for help."""
    asked = (typed for typed in map(_typed, user_messages(history)) if is_about_a_matter(typed.normal))
    return list(islice(asked, TURNS))[::-1]


def _check_documents(documents: Sequence[str], corpus: Corpus) -> None:
    for position, document in enumerate(documents):
        if document not in corpus.documents_by_id:
            names = "、".join(known.id for known in corpus.documents[:_MAX_LISTED])
            message = f"没有这个文件，可选 {names}。No such document; choose from {names}."
            raise InputError(message, f"documents[{position}]")
