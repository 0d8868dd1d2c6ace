"""What `policyqa documents remove` does and prints: the proof that nothing holds the document any more."""

import sys

from assistant.feedback.store import FeedbackStore
from assistant.publication.publisher import Publisher
from assistant.publication.removal import Proof, Removal
from assistant.settings import Settings
from corpus.errors import InputError, QuestionFileError
from eval.questions.saved import QUESTIONS, SavedQuestions
from ui.cli.json_output import print_json
from ui.cli.priority import give_way

_WHERE = {
    "ids": "条款编号 ids of clauses and parts",
    "numbers": "按条号问 asked by number",
    "quotes": "按原文查 searched by its words",
    "questions": "按问法问 asked as people ask",
    "conversations": "在对话里追问 asked in conversation",
    "copies": "内容相同的文件 documents with the same words",
    "files": "文件、索引和缓存 files, index and caches",
    "records": "办事指引的记录 records for guidance that name it",
    "feedback": "反馈和导出 feedback and its export",
    "servers": "服务进程 running servers",
}


def remove_document(document_id: str, *, reason: str | None, by: str | None, purge: bool, as_json: bool) -> None:
    """Remove it and print the proof. Raises InputError, in the end, where something was found."""
    settings = Settings.from_environment()
    give_way()
    with FeedbackStore(settings.feedback, settings.feedback_days) as feedback:
        publisher = Publisher(settings, say=lambda words: print(words, file=sys.stderr, flush=True))
        proof = Removal(settings, feedback, publisher).remove(
            document_id, by=by, reason=reason, purge=purge, asked_for=_saved_questions(settings, document_id)
        )
    if as_json:
        row = proof.to_dict()
        print_json({**row, "number": row["generation"], "seconds": row["seconds_to_switch"]})
    else:
        _show(proof)
    if proof.found:
        raise InputError(
            f"还有 {proof.found} 处留有 {document_id} 的内容，请按上面列出的逐处处理。"
            f"{proof.found} places still hold it, named above; see to each of them."
        )


def _saved_questions(settings: Settings, document_id: str) -> list[str]:
    """The saved questions that it answers. A file of them that cannot be read keeps nobody from removing."""
    try:
        saved = SavedQuestions(settings.library_folder / QUESTIONS).all()
    except QuestionFileError as error:
        print(error, file=sys.stderr)
        return []
    return [one.labelled.question for one in saved if document_id in one.documents]


def _show(proof: Proof) -> None:
    print(f"已删去 removed {proof.document}《{proof.title}》")
    if proof.generation:
        print(f"在用版本 in service：{proof.generation}")
    for trace in proof.traces:
        print(f"  {_WHERE[trace.where]}：查 asked {trace.asked}，找到 found {trace.count}")
        for one in trace.found:
            print(f"    {one}")
    print(f"共查 asked {proof.asked} 次，找到 found {proof.found} 处；已记入审计记录 written to the audit record")
    if proof.kept_in:
        numbers = "、".join(map(str, proof.kept_in))
        print(
            f"供退回的版本 {numbers} 里还有它，保留期满即删，加 --purge 立即删去。"
            f"It is still in generations {numbers}, kept to go back to; --purge drops them now."
        )
