"""Records and saved questions that hang on clauses of an older version."""

from corpus.lifecycle.differences import differences
from corpus.lifecycle.touched import SavedQuestion, touched
from corpus.lifecycle.version import Version
from corpus.records.record import PlainRecord
from tests.corpus.lifecycle.test_differences import SENTENCES, version

OLD = version("snow", [SENTENCES[0], SENTENCES[2], SENTENCES[4], "本办法由市城市管理部门负责解释。"])
NEW = version("snow", [SENTENCES[1], "学校门前不得使用融雪剂。", SENTENCES[2], SENTENCES[4]])


def record(id_: str, plain: str) -> PlainRecord:
    return PlainRecord(id_, "名", plain, "title", "gist", (), (), (), 1)


def with_records(one: Version, *records: PlainRecord) -> Version:
    return Version(one.document, one.clauses, {record.id: record for record in records})


def test_records_of_clauses_that_are_no_longer_as_they_were_are_listed() -> None:
    old = with_records(OLD, *(record(f"snow:{number}", "话") for number in (1, 2, 4)))
    found = touched(differences(OLD, NEW), old, NEW)
    assert [(one.fate.id, one.fate.change, one.fate.now) for one in found.records] == [
        ("snow:1", "changed", "snow:1"),
        ("snow:2", "moved", "snow:3"),
        ("snow:4", "gone", None),
    ]
    assert [one.fate.number_now for one in found.records] == ["第1条", "第3条", None]


def test_a_record_that_has_been_rewritten_is_done() -> None:
    old = with_records(OLD, record("snow:1", "四小时内扫完"))
    assert touched(differences(OLD, NEW), old, with_records(NEW, record("snow:1", "四小时内扫完"))).records
    assert not touched(differences(OLD, NEW), old, with_records(NEW, record("snow:1", "两小时内扫完"))).records


def test_questions_are_touched_by_their_clauses_or_their_quote() -> None:
    asked = [
        SavedQuestion("a", "几小时扫完", ("snow:1",), "四小时内"),
        SavedQuestion("b", "交什么", ("snow:9",), ""),
        SavedQuestion("c", "谁解释", (), "由市城市管理部门负责解释"),
        SavedQuestion("d", "骑车多久免费", (), "一小时以内免费"),
    ]
    found = touched(differences(OLD, NEW), OLD, NEW, asked)
    assert [(one.question.id, len(one.fates), one.quote_gone) for one in found.questions] == [
        ("a", 1, True),
        ("c", 0, True),
    ]


def test_nothing_is_touched_where_nothing_has_changed() -> None:
    old = with_records(OLD, record("snow:1", "话"))
    found = touched(differences(OLD, OLD), old, old, [SavedQuestion("a", "几小时", ("snow:1",), "四小时内")])
    assert (found.records, found.questions, found.kept) == ((), (), 1)
