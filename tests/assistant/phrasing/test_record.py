"""A draft that a model wrote is a draft: in its file, marked, refused by the reader until a clerk has confirmed it."""

import pytest

from assistant.phrasing.endpoint import Endpoint
from assistant.phrasing.record import drafted
from assistant.settings import Settings
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.errors import DocumentError, SettingsError
from corpus.records.record import UNWRITTEN, parse_records
from eval.phrasing.stub import Stub
from index.lexicon.expansion import load_lexicon
from index.suggested import suggested_records
from ui.cli.drafts import sayer

TEXT = "第一条 车证遗失的，车主应当在五日内申请补领。"
CLAUSE = Clause("d:1", "d", "第1条", "停车", (), TEXT, 0, len(TEXT), number_length=3)
CORPUS = Corpus((Document("d", "停车办法", TEXT),), (CLAUSE,))


@pytest.mark.parametrize(
    ("reply", "plain"),
    [
        ("车证遗失的，车主要在5日内申请补领[1]。", "车证遗失的，车主要在5日内申请补领。"),
        ("车证遗失的，车主要在50日内申请补领[1]。", UNWRITTEN),
    ],
)
def test_a_draft_holds_what_passed_and_is_refused_until_it_is_confirmed(reply: str, plain: str) -> None:
    with Stub() as stub:
        stub.says(reply)
        endpoint = Endpoint(stub.url, "small", None, 1.0, 1)
        draft = suggested_records(CORPUS, load_lexicon(), lambda clause: drafted(clause, endpoint))["d"]
    assert f"plain: {plain}\n" in draft
    assert ("由模型起草" in draft) == (plain != UNWRITTEN)
    with pytest.raises(DocumentError, match="草稿"):
        parse_records(draft.encode(), "d.plain.yaml", "d", [CLAUSE])


def test_without_a_model_no_draft_is_asked_of_one() -> None:
    with pytest.raises(SettingsError, match="POLICYQA_MODEL_URL"):
        sayer(Settings())
