"""What is offered while somebody types."""

import json

from assistant.messages import messages
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from ui.chat.names import clause_names


def test_every_clause_with_a_record_is_offered_by_its_plain_name(corpus: Corpus) -> None:
    for code, field in (("zh", "name"), ("en", "title_en")):
        names = dict(clause_names(corpus, messages(code)))
        assert {getattr(corpus.plain[clause.id], field) for clause in corpus.clauses} == names.keys()
        assert len(json.dumps(clause_names(corpus, messages(code)), ensure_ascii=False).encode()) < 30_000


def test_a_clause_without_a_record_is_offered_by_its_heading_unless_that_is_a_sentence() -> None:
    headings = (
        "户口迁移",
        "住",
        "凡在本市行政区域内从事经营活动的个人和单位均应当依照本办法的规定向所在地的主管部门办理登记手续",
    )
    document = Document("d", "办法", "".join(headings))
    clauses = tuple(Clause(f"d:{n}", "d", f"第{n}条", name, (), name, 0, len(name)) for n, name in enumerate(headings))
    assert clause_names(Corpus((document,), clauses), messages("zh")) == (("户口迁移", ""),)


def test_most_names_lead_to_their_clause(assistant: Assistant) -> None:
    clauses = assistant.corpus.clauses[::6]
    found = [assistant.ask(assistant.corpus.plain[clause.id].name) for clause in clauses]
    led = [clause.id in {c.clause_id for c in answer.citations} for clause, answer in zip(clauses, found, strict=True)]
    assert sum(led) >= len(led) - 1
