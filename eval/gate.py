"""The gate: saved questions are asked of a new generation, and held against what the one in service says.

A question is broken where it was answered right and no longer is. What was wrong before, or is marked as known, is a
known failure and stops nothing. A question none of whose documents is in the new library any longer is set aside: they
were removed on purpose. One whose document is there and whose clause is gone is broken.
"""

from collections.abc import Container, Iterator, Mapping, Sequence

from assistant.publication.examined import Asked, Change, Examined, Key
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.corpus import Corpus
from eval.asking import ask_all
from eval.questions.saved import QUESTIONS, Saved, SavedQuestions


class Gate:
    """Satisfies `Examine`. Safe to be asked several times; the questions are read once, when it is made."""

    def __init__(self, questions: Sequence[Saved], known: Container[Key] = frozenset(), allowed: int = 0) -> None:
        """`known`: those whose failure is known; `allowed`: how many may break. What is saved twice is asked once."""
        self._questions = tuple({one.key: one for one in reversed(questions)}.values())[::-1]
        self._known = known
        self._allowed = allowed
        self._shipped = frozenset().union(*(one.documents for one in questions if one.is_shipped))

    def __call__(self, new: Assistant, in_service: Assistant | None, kept: Sequence[Asked]) -> Examined:
        """What asking everything shows. Questions that `kept` does not hold are asked of the one in service too."""
        ids = frozenset(id_ for one in (new, in_service) if one for id_ in _ids(one.corpus))
        held = [one for one in self._held(new.corpus) if not one.names or ids.intersection(one.names)]
        results = ask_all(new, held)
        before = self._before(held, in_service, kept)
        wrong = [one for one in results if not one.right]
        broken = [one for one in wrong if one.key not in self._known and one.key in before and before[one.key].right]
        mended = [one for one in results if one.right and one.key in before and not before[one.key].right]
        asked = {one.key for one in results}
        return Examined(
            results=results,
            broken=tuple(Change(before[one.key], one, _gone(one, new.corpus)) for one in broken),
            mended=tuple(Change(before[one.key], one) for one in mended),
            known=len(wrong) - len(broken),
            set_aside=tuple(one.labelled.id for one in self._questions if one.key not in asked),
            faults=tuple(self._faults(ids)),
            allowed=self._allowed,
        )

    def _held(self, corpus: Corpus) -> Iterator[Saved]:
        """The questions that can be asked of a library.

        That a shipped question has no answer is said of the shipped documents: it counts where there are no others, for
        others may well answer it.
        """
        documents = frozenset(document.id for document in corpus.documents)
        for one in self._questions:
            if one.documents:
                if one.documents & documents:
                    yield one
            elif not one.is_shipped or self._shipped == documents:
                yield one

    def _before(
        self, held: Sequence[Saved], in_service: Assistant | None, kept: Sequence[Asked]
    ) -> Mapping[Key, Asked]:
        before = {one.key: one for one in kept}
        if in_service is None:
            return before
        could_be_asked = {one.key for one in self._held(in_service.corpus)}
        unasked = [one for one in held if one.key not in before and one.key in could_be_asked]
        return before | {one.key: one for one in ask_all(in_service, unasked)}

    def _faults(self, ids: Container[str]) -> Iterator[str]:
        """The questions of the office that name something which neither library holds."""
        for one in self._questions:
            unknown = [] if one.is_shipped else [name for name in one.names if name not in ids]
            if unknown:
                yield (
                    f"{one.where}: 文件库里没有 {'、'.join(unknown)}，请改正编号或删去这个问题。"
                    f"{one.labelled.id} names what the library does not hold; correct the id or remove the question."
                )


def open_gate(settings: Settings) -> Gate:
    """The gate as the settings say, over the office's questions and the shipped ones.

    Raises QuestionFileError naming file and line, before anything has been built.
    """
    saved = SavedQuestions(settings.library_folder / QUESTIONS)
    return Gate(saved.all(), saved.known(), settings.gate)


def _ids(corpus: Corpus) -> Iterator[str]:
    """Of its documents, clauses and parts."""
    yield from (document.id for document in corpus.documents)
    for clause in corpus.clauses:
        yield clause.id
        yield from (part.id for part in clause.all_parts())


def _gone(asked: Asked, corpus: Corpus) -> tuple[str, ...]:
    """Wanted clauses that are no longer there. A wanted quote is no clause."""
    return tuple(one for one in asked.wanted if ": " not in one and corpus.clause_by_id(one) is None)
