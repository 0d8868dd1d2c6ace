"""The declared mixture: which file, made into pairs how, and how often a pass over the data sees it.

A run trains twice. The draft learns from `MIXTURE` alone and only serves to mine hard negatives; the model that is
shipped starts afresh and sees, instead of the sources named in `HARD`, their pairs with negatives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from index.encoder.training import documents, sources
from index.encoder.training.held_out import digest_of
from index.encoder.training.sources import Maker, Pair, Row, read_rows

# Files that are made out of others first (see `derived`), not read from the data folder. The names seed their makers.
WORD_TRANSLATED, REWORDED, CITED, TERMS = "glossed", "reworded", "cited", "terms"


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the mixture.

    `file` is a name in the data folder without `.jsonl.gz`; `copies` how many times its pairs are drawn in one
    pass; `keep` limits the rows; with `whole` a batch holds whole documents or laws;
    with `once` the draft and the first member see it and no other, so that merging thins what is learnt by heart.
    """

    name: str
    file: str
    make: Maker
    copies: int = 1
    keep: Callable[[Row], bool] | None = None
    whole: bool = False
    once: bool = False


def read_pairs(source: Source, path: Path, seed: int) -> list[Pair]:
    """The pairs of a source whose file lies at `path`, the same for the same seed."""
    rows = (row for row in read_rows(path) if source.keep is None or source.keep(row))
    return list(source.make(rows, Random(f"{seed} {source.name}")))


@dataclass(frozen=True, slots=True)
class HardNegativeSource:
    """Pairs of some sources with hard negatives out of their own passages, and out of all national laws if `laws`."""

    name: str
    sources: tuple[str, ...]
    each: int  # mined negatives a pair
    copies: int
    laws: bool = False
    random: int = 0  # further negatives a pair, drawn blindly: they teach which laws people ask about at all


# Share of each file's rows that the tokenizer is trained on; others are read whole.
TOKENIZER_SHARE = {
    "laws_articles": 0.22,
    "news_crud_docs": 0.12,
    "news_crud_title_body": 0.15,
    "policy_hebei_docs": 0.4,
    "policy_central_shandong_docs": 0.5,
    "gov_work_reports_docs": 0.5,
    "gov_mailbox_msg": 0.5,
    "cmrc2018_qa": 0.1,
    "drcd_qa": 0.1,
    "c3_qa": 0.4,
}


def _national(row: Row) -> bool:
    return not row["category"].startswith("DLC")


def _local(row: Row) -> bool:
    return not _national(row)


def _of_four(*parts: int) -> Callable[[Row], bool]:
    """Whether a question falls into one of these quarters: of a few hundred documents more is learnt by heart."""
    return lambda row: int(digest_of(row["q"]), 16) % 4 in parts


def _beyond_ncp(row: Row) -> bool:
    return not str(row.get("src")).startswith("NCP")


MIXTURE: tuple[Source, ...] = (
    # people's questions and the passage that answers
    Source("stard", "stard_train", sources.question_passage, 12),
    Source("lecoqa", "lecoqa_train", sources.consultation, 6),
    Source("lawbench", "lawbench_qa", sources.consultation, 5),
    Source("disclaw", "disclaw_short_answer", sources.consultation, 3),
    Source("cited", CITED, sources.question_passage, 6),
    Source("ncp", "ncp_train", sources.question_passage, 1, _of_four(0), once=True),
    Source("ncp_passages", "ncp_train_passages", sources.question_passage, 1, _of_four(1, 3), once=True),
    Source("policy_faq", "policy_faq_qa", sources.question_passage, 8, _beyond_ncp),
    Source("mailbox", "gov_mailbox_msg", sources.question_passage, 4),
    Source("mailbox_reply", "gov_mailbox_reply", sources.letter, 4),
    Source("cmrc", "cmrc2018_qa", sources.answer_passage, 2),
    Source("drcd", "drcd_qa", sources.answer_passage, 2),
    Source("c3", "c3_qa", sources.answer_passage, 1),
    Source("dureader", "dureader_demo_qa", sources.question_passage, 3),
    Source("dureader_qg", "dureaderqg_qa", sources.question_passage, 3),
    Source("qbqtc", "qbqtc_query_title", sources.strong_match, 2),
    Source("realestate", "realestate_house_qa", sources.question_passage, 1),
    # headings and titles, which people's questions resemble
    Source("policy_heading", "policy_heading_body", sources.question_passage, 5, _beyond_ncp),
    Source("policy_title", "policy_title_body", sources.question_passage, 4),
    Source("news_title", "news_crud_title_body", sources.question_passage, 3),
    Source("service_items", "gov_service_items_docs", sources.title_text, 2),
    # a sentence and what stands around it
    Source("national_segment", "laws_articles", sources.article_segment, 2, _national),
    Source("national_law", "laws_articles", sources.article_segment, 1, _national, whole=True),
    Source("national_halves", "laws_articles", sources.article_halves, 1, _national, whole=True),
    Source("national_chapter", "laws_articles", sources.law_chapter, 1, _national),
    Source("local_segment", "laws_articles", sources.article_segment, 1, _local, whole=True),
    Source("hebei", "policy_hebei_docs", sources.sentence_context, 1),
    Source("central", "policy_central_shandong_docs", sources.sentence_context, 1),
    Source("work_reports", "gov_work_reports_docs", sources.sentence_context, 1),
    Source("news", "news_crud_docs", sources.sentence_context, 1),
    # the clauses of whole documents
    Source("city_heading", "policy_city_docs", documents.document_headings, 3, whole=True),
    Source("city_sentence", "policy_city_docs", documents.document_sentences, 2, whole=True),
    Source("city_segment", "policy_city_docs", documents.document_segments, 2),
    Source("hebei_sentence", "policy_hebei_docs", documents.document_sentences, 1, whole=True),
    Source("hebei_segment", "policy_hebei_docs", documents.document_segments, 1, whole=True),
    Source("central_segment", "policy_central_shandong_docs", documents.document_segments, 1, whole=True),
    # paraphrases, words
    Source("paraphrase", "paraphrase_pos", sources.question_passage, 1),
    Source("paraphrase_triplets", "paraphrase_triplets", sources.triplet, 1),
    Source("terms", TERMS, sources.question_passage, 4),
    Source("reworded", REWORDED, sources.question_passage, 1),
    Source("synonyms_hit", "synonyms_hit_dict", sources.synonyms, 1),
    Source("abbreviations", "abbreviations", sources.abbreviation, 1),
    # English → Chinese
    Source("bi_gov_news", "bi_gov_news", sources.translation, 4),
    Source("bi_tatoeba", "bi_tatoeba", sources.translation, 1),
    Source("bi_sentences", "bi_sentences_kajweb", sources.translation, 2),
    Source("bi_phrases", "bi_phrases_kajweb", sources.translation, 1),
    Source("bi_words", "bi_words_kajweb", sources.translation, 1),
    Source("bi_hsk", "bi_words_hsk_cedict", sources.translation, 1),
    Source("bi_legal", "bi_legal_lexeval", sources.translation, 8),
    Source("glossed", WORD_TRANSLATED, sources.question_passage, 1),
)

HARD: tuple[HardNegativeSource, ...] = (
    HardNegativeSource("hard_stard", ("stard",), 8, 3, laws=True, random=4),
    HardNegativeSource("hard_cited", ("cited",), 4, 2, laws=True, random=2),
    HardNegativeSource("hard_lawbench", ("lawbench",), 4, 2, laws=True),
    HardNegativeSource("hard_lecoqa", ("lecoqa",), 3, 2, laws=True),
    HardNegativeSource("hard_policy", ("policy_faq",), 5, 3),
    HardNegativeSource("hard_city", ("city_heading", "city_segment"), 2, 2),
    HardNegativeSource("hard_heading", ("policy_heading",), 2, 3),
    HardNegativeSource("hard_title", ("policy_title",), 2, 2),
    HardNegativeSource("hard_mailbox", ("mailbox",), 2, 2),
    HardNegativeSource("hard_reading", ("cmrc", "drcd"), 1, 2),
)

# Sources whose Chinese queries are also said in other words (see `rewording`).
TO_REWORD = (
    "policy_heading",
    "policy_title",
    "service_items",
    "news_title",
    "national_segment",
    "city_heading",
    "city_segment",
    "hebei",
    "central",
)

# Sources whose Chinese queries are also translated into English word by word (see `word_translation`).
TO_TRANSLATE = (
    "policy_heading",
    "policy_title",
    "city_heading",
    "service_items",
    "stard",
    "lecoqa",
    "policy_faq",
    "mailbox",
    "cmrc",
    "news_title",
    "paraphrase",
)
