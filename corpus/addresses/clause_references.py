"""What a text names: clauses, parts, documents, and what is not held."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClauseReferences:
    """What a text names. Numbers and ids are in its order, each once."""

    ids: tuple[str, ...] = ()  # of clauses and parts
    absent: tuple[str, ...] = ()  # numbers that no clause has: 67, 1.9
    not_held: tuple[str, ...] = ()  # texts of others whose articles it names: 公司法, 国发〔2023〕4号
    documents: tuple[str, ...] = ()  # of ours, named by title or number
    spans: tuple[tuple[int, int], ...] = ()  # the words of all these, half open, in order: they ask for nothing
    omitted: int = 0  # clauses named beyond those in `ids`

    @property
    def names_clause(self) -> bool:
        """Whether some clause is named, here or elsewhere, held or not."""
        return bool(self.ids or self.absent or self.not_held)
