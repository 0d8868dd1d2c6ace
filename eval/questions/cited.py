"""Clauses as people cite them: `harbin-66:26`, 《…66条》第二十六条, or 第三条第一款 beside its document."""

from collections.abc import Iterable, Sequence

from corpus.addresses.clause_references import ClauseReferences
from corpus.addresses.references import read_references
from corpus.corpus import Corpus


def ids_of(field: str, cited: Iterable[str], document: str, corpus: Corpus) -> list[str]:
    """The ids of clauses and parts that the entries of a field name, each once; `document` may be empty.

    Raises ValueError, in words that follow a place, for what the corpus does not hold or what may be several clauses.
    """
    return list(dict.fromkeys(id_ for one in cited for id_ in _read(field, one, document, corpus)))


def only_document(named: str, corpus: Corpus) -> str:
    """The id of the document named by id, title or number. Raises ValueError where there is none, or several."""
    found = _documents("answers", named, corpus)
    if len(found) > 1:
        listed = "、".join(found)
        raise ValueError(f"“{named}”可能是 {listed}，请写编号。{named!r} may be one of these; write its id")
    return found[0]


def _documents(field: str, named: str, corpus: Corpus) -> Sequence[str]:
    if any(document.id == named for document in corpus.documents):
        return (named,)
    bare = named.strip("《》")
    titled = [document.id for document in corpus.documents if bare in (document.title, document.number)]
    found = titled or read_references(named, corpus).documents
    if not found:
        raise ValueError(
            f"没有文件“{named}”，请写编号、全名或文号。"
            f"{field!r} names {named!r}, which the corpus does not hold; write its id, title or number"
        )
    return found


def _read(field: str, cited: str, document: str, corpus: Corpus) -> Sequence[str]:
    """The ids that one entry names, itself where it is one."""
    if corpus.clause_of(cited):
        return (cited,)
    documents = _documents("document", document, corpus) if document else ()
    found = read_references(cited, corpus, admits=lambda one: not documents or one.document_id in documents)
    if found.ids and not (found.absent or found.not_held or found.ambiguous):
        return found.ids
    raise ValueError(_fault(field, cited, found))


def _fault(field: str, cited: str, found: ClauseReferences) -> str:
    if found.ambiguous:
        several = "、".join(found.ambiguous[:5])
        return (
            f"“{cited}”可能是 {several}，请在前面写上文件名，或填“文件”一列。{field!r} names {cited!r}, which may be "
            "several clauses; write the document before it"
        )
    return (
        f"文件里没有“{cited}”，请写编号（如 harbin-66:26）或文件名加条款号（如《…》第二十六条）。"
        f"{field!r} names {cited!r}, which the corpus does not hold; correct the id or the corpus"
    )
