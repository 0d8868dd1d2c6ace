"""Facts that a text states: which are used unasked, and how they are written down."""

import tomllib
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corpus.drafts import Draft, drafts, to_toml, with_drafts
from corpus.facts import Fact, Facts, OlderText, PartialDate
from corpus.metadata import Metadata, parse_metadata

FACTS = Facts(
    title=Fact("云泽市停车办法", "云泽市停车办法", 0, 7, 0.95),
    number=Fact("云政发〔2024〕3号", "云政发〔2024〕3号", 8, 19, 0.4),
    issued=Fact(PartialDate(2024, 5), "2024年5月", None, None, 0.95),
    effective=Fact(date(2024, 6, 1), "自2024年6月1日起\n施行", 30, 42, 0.9),
    repeals=(
        Fact(OlderText("停车规定", "云政发〔2009〕1号"), "同时废止", 50, 54, 0.9),
        Fact(OlderText(None, "云政发〔2010〕2号"), "同时废止", 50, 54, 0.8),
    ),
    places=Fact(("云泽",), "云泽市停车办法", 0, 7, 0.9),
)


def test_facts_become_keys_of_a_toml_file_with_their_evidence() -> None:
    found = {draft.key: (draft.value, draft.is_sure) for draft in drafts(FACTS)}
    assert found == {
        "title": ("云泽市停车办法", True),
        "number": ("云政发〔2024〕3号", False),
        "jurisdiction": (("云泽",), True),
        "effective": (date(2024, 6, 1), True),
        "replaces": (("《停车规定》（云政发〔2009〕1号）", "云政发〔2010〕2号"), True),
    }


def test_a_date_of_which_only_the_month_is_known_is_none() -> None:
    assert "issued" not in {draft.key for draft in drafts(FACTS)}


def test_what_somebody_has_written_wins_and_what_is_not_sure_is_not_used() -> None:
    known = with_drafts(Metadata(title="停车", jurisdiction=("东湾",)), drafts(FACTS))
    assert (known.title, known.jurisdiction, known.number) == ("停车", ("东湾",), None)
    assert known.effective == date(2024, 6, 1)


def test_the_toml_holds_the_sure_facts_and_the_others_as_comments() -> None:
    written = to_toml(drafts(FACTS))
    assert parse_metadata(written, "a.toml") == with_drafts(Metadata(), drafts(FACTS))
    assert '# number = "云政发〔2024〕3号"' in written
    assert "# 0.90 自2024年6月1日起 施行" in written


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8")))
def test_any_words_come_back_out_of_the_toml(value: str, evidence: str) -> None:
    written = to_toml((Draft("title", value, evidence, 1.0), Draft("number", value, evidence, 0.1)))
    assert tomllib.loads(written) == {"title": value}
