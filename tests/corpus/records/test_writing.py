"""A record is extended and the rest of its file stays, character for character."""

import pytest

from corpus.errors import DocumentError
from corpus.load import SHIPPED
from corpus.records.writing import RecordLines, with_lines

FLAT = """# 说明
- clause: '3'   # 摆摊
  name: 摆摊
  ask:
  - 哪里能摆摊
"""


def test_one_line_is_added_and_nothing_else_changes() -> None:
    before = (SHIPPED / "harbin-66.plain.yaml").read_bytes()
    after = with_lines(before, RecordLines("26", lines={"ask": ["谁来 给贷款主意"], "not_ask": ["电话"]}), "x")
    old, new = before.decode().splitlines(), after.decode().splitlines()
    added = [line for line in new if line not in old]
    assert added == ["    - 谁来 给贷款主意", "  not_ask:", "    - 电话"]
    assert [line for line in new if line not in added] == old
    assert with_lines(after, RecordLines("26", lines={"ask": ["谁来 给贷款主意"]}), "x") == after


def test_the_form_of_a_file_is_kept() -> None:
    after = with_lines(FLAT.encode(), RecordLines("3", lines={"ask": ["地摊几点收"]}), "x").decode()
    assert after == FLAT + "  - 地摊几点收\n  ask_en: []\n  keywords: []\n"


def test_a_record_and_a_part_come_behind_the_others() -> None:
    new = with_lines(None, RecordLines("1.2", texts={"name": "路灯"}, lines={"ask": ["谁修"]}), "x").decode()
    assert new == "- clause: '1.2'\n  name: 路灯\n  ask:\n    - 谁修\n  ask_en: []\n  keywords: []\n"
    part = with_lines(new.encode(), RecordLines("1.2", "3", {"name": "报修"}), "x").decode()
    assert part.startswith(new)
    assert "  parts:\n    '3':\n      name: 报修\n" in part


@pytest.mark.parametrize("data", [b"- a: [", b"a: 1", b"- 1"])
def test_what_is_no_list_of_records_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"x:1: .*correct the file"):
        with_lines(data, RecordLines("1"), "x")
