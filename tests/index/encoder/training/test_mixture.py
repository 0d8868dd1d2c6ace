"""The declared mixture: what it reads, and what it must not."""

import re

from index.encoder.encoder import SHIPPED
from index.encoder.training import citations, mixture, word_translation
from index.encoder.training.derived import DERIVATIONS
from index.encoder.training.mixture import MIXTURE

FILES = {
    *(source.file for source in MIXTURE if source.file not in DERIVATIONS),
    *(file for derivation in DERIVATIONS.values() for file in derivation.files),
    citations.LAWS,
    *citations.FILES,
    *word_translation.WORD_LISTS,
}


def test_the_model_card_lists_every_file_with_its_licence() -> None:
    rows = re.findall(r"^\|([^|]*)\|[^|]*\|[^|]*\|([^|]*)\|$", (SHIPPED / "README.md").read_text("utf-8"), re.M)
    licences = {file.strip(): licence.strip() for files, licence in rows for file in files.split(",")}
    assert {file for file in FILES if not licences.get(file)} == set()
    assert set(licences) - FILES == {"files", "---", "index/lexicon/lexicon.csv", "index/lexicon/glossary.csv"}


def test_nothing_for_research_alone_is_read() -> None:
    assert not FILES & {"bi_insurance_questions", "bi_wmt_news"}
    assert set(mixture.TOKENIZER_SHARE) <= FILES


def test_a_question_of_few_documents_is_drawn_as_a_span_or_in_its_passage() -> None:
    spans, passages = (next(s for s in MIXTURE if s.name == name) for name in ("ncp", "ncp_passages"))
    assert spans.keep is not None
    assert passages.keep is not None
    rows = [{"q": f"问题{n}"} for n in range(400)]
    kept = [(spans.keep(row), passages.keep(row)) for row in rows]
    assert not any(span and passage for span, passage in kept)
    assert 70 < sum(span for span, _ in kept) < 130
    assert 170 < sum(passage for _, passage in kept) < 230


def test_rows_about_the_same_documents_are_left_out_elsewhere() -> None:
    for source in MIXTURE:
        if source.file in {"policy_heading_body", "policy_faq_qa"}:
            assert source.keep is not None
            assert not source.keep({"src": "NCPPolicies-ctx"})
            assert source.keep({"src": "xvshiting/central"})
