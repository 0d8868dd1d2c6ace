"""The run and the judgements in the formats of TREC, so that trec_eval and others can measure them again.

An id may hold Chinese and blanks, which these formats cannot: it is percent-encoded (RFC 3986), and `:` stays.
A result's score is `DEPTH` + 1 minus its rank, a whole number, so that no program rounds two of them into a tie.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from corpus.errors import InputError
from eval.measures.ranking import DEPTH
from eval.results import QuestionResult

QRELS, README = "qrels.txt", "README.txt"
LOST = "(lost)"  # answers a question of which the parser has lost every clause that answers: nothing finds it
_ABOUT = f"""policyqa eval --trec

{QRELS}: question, 0, clause, 1. NAME.run: question, Q0, clause, rank, score, NAME, of each leg.
Ids of questions and clauses are percent-encoded (RFC 3986): %E9%97%AE is 问, %20 a blank.
Questions that nothing answers stand in the runs alone. {quote(LOST)}: a clause that answers and is not in the index.

Figures as policyqa eval prints them (-c: a question without a result counts 0; mrr@10 is recip_rank with -M 10):
  trec_eval -c -m success.1,3,5 -m recall.5,10,100 -m ndcg_cut.10 {QRELS} hybrid.run
  trec_eval -c -M 10 -m recip_rank {QRELS} hybrid.run
  ir_measures {QRELS} hybrid.run "Success@1 Success@3 Success@5 R@5 R@10 R@100 RR@10 nDCG@10"
"""


def encoded(id_: str) -> str:
    """The id without blanks and letters that a program might take for some."""
    return quote(id_, safe=":", errors="surrogatepass")


def decoded(written: str) -> str:
    """The inverse of `encoded`."""
    return unquote(written, errors="surrogatepass")


def prepare_folder(folder: Path) -> None:
    """Make the folder. Raises InputError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"--trec {folder}: 不能建立这个文件夹（{error.strerror}），请换一个。"
            f"the folder cannot be made ({error.strerror}); choose another one.",
            "trec",
        ) from error


def write_trec(folder: Path, results: Sequence[QuestionResult]) -> list[Path]:
    """Write qrels, a run of each leg, and a README into a folder that exists; returns the paths."""
    runs = {f"{leg}.run": _run(leg, results) for leg in results[0].found}
    files = {QRELS: _qrels(results), **runs, README: iter((_ABOUT,))}
    for name, lines in files.items():
        (folder / name).write_text("".join(lines), encoding="utf-8", newline="\n")
    return [folder / name for name in files]


def _qrels(results: Sequence[QuestionResult]) -> Iterator[str]:
    for result in results:
        if result.question.answerable:
            for id_ in result.question.relevant or (LOST,):
                yield f"{encoded(result.question.id)} 0 {encoded(id_)} 1\n"


def _run(leg: str, results: Sequence[QuestionResult]) -> Iterator[str]:
    for result in results:
        for rank, id_ in enumerate(result.found[leg], start=1):
            yield f"{encoded(result.question.id)} Q0 {encoded(id_)} {rank} {DEPTH + 1 - rank} {leg}\n"
