"""What a removal takes away, what its proof asks for, and that a copy somebody has kept is found by it."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as Word

from assistant.feedback.recorded import Verdict
from assistant.feedback.store import FeedbackStore
from assistant.handover.conversation import Conversation
from assistant.handover.store import open_handovers
from assistant.messages import languages, messages
from assistant.publication import audit, removal, switching
from assistant.publication.generations import Generations
from assistant.publication.publisher import Publisher
from assistant.publication.removal import Proof, Removal
from assistant.publication.running import Presence, Server
from assistant.publication.traces import gone, holding
from assistant.question.history import Turn
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import InputError, NotFoundError, StoreError
from corpus.library.library import Library
from corpus.library.place import DOCUMENTS, generations_folder
from tests.assistant.publication.shelf import publish, published, put

OWN = "流动茶摊须在每月第一个工作日前到街道茶业服务点登记摊位编号"
SHARED = "本办法由市商务局负责解释，自公布之日起三十日后施行。"
TEA = f"""曲靖市茶摊管理办法
第一条 {OWN}，逾期的当月不得设摊。
第二条 茶摊每日下午两点以后方可在河堤步道两侧设置遮阳伞和折叠桌椅。
第三条 {SHARED}
"""
OTHER = f"""曲靖市书摊管理办法
第一条 书摊每周六上午在文庙广场东侧集中摆放，其他时间不设。
第二条 {SHARED}
"""


@pytest.fixture
def stall(library: Settings) -> Settings:
    """Two documents in service that share a sentence, beside those of the library."""
    put(library, "tea", TEA)
    put(library, "books", OTHER)
    publish(library)
    return library


def remove(settings: Settings, feedback: FeedbackStore | None = None, *, purge: bool = False) -> Proof:
    return Removal(settings, feedback or FeedbackStore(None), Publisher(settings)).remove("tea", purge=purge)


def found(proof: Proof) -> dict[str, int]:
    return {trace.where: trace.count for trace in proof.traces if trace.count}


def test_nothing_is_found_of_what_has_been_removed(stall: Settings) -> None:
    proof = remove(stall, purge=True)
    assert (proof.found, proof.kept_in, proof.generation, found(proof)) == (0, (), 2, {})
    asked = {trace.where: trace.asked for trace in proof.traces}
    assert asked["ids"] == asked["numbers"] == asked["conversations"] == 3
    assert asked["quotes"] == 2  # the third sentence is another document's as well
    assert asked["files"] == 3  # and the text itself
    assert not Assistant.open(stall).ask(OWN).citations
    assert "tea" not in [one.document.id for one in Library(stall.library_folder).load().documents]


def test_the_proof_is_written_down(stall: Settings) -> None:
    Removal(stall, FeedbackStore(None), Publisher(stall)).remove("tea", by="值班员", reason="来文撤回")
    told = audit.events(stall.library_folder)[-2:]
    assert [(one["event"], one["by"], one["reason"]) for one in told] == [
        ("remove", "值班员", "来文撤回"),
        ("proof", "值班员", "来文撤回"),
    ]
    assert (told[1]["document"], told[1]["found"], told[1]["kept_in"]) == ("tea", 0, [1])


def test_what_is_kept_to_go_back_to_is_told_and_can_be_dropped_later(stall: Settings) -> None:
    assert remove(stall).kept_in == (1,)
    proof = remove(stall, purge=True)
    assert (proof.kept_in, proof.found) == ((), 0)
    assert Generations(generations_folder(stall.library_folder)).names() == ["0002"]
    with pytest.raises(NotFoundError, match="tea"):
        remove(stall)


def _word(path: Path) -> None:
    word = Word()
    paragraph = word.add_paragraph()
    for piece in (OWN[:7], OWN[7:20], OWN[20:] + "，逾期的当月不得设摊。"):
        paragraph.add_run(piece)  # as Word splits what is corrected
    word.save(str(path))


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("备份/茶摊.txt", TEA.encode("gb18030"))


COPIES: dict[str, Callable[[Path], object]] = {
    "茶摊.txt": lambda path: path.write_text(TEA, encoding="utf-8"),
    "other-lines.txt": lambda path: path.write_text("\r\n　".join(TEA[at : at + 9] for at in range(0, 200, 9))),
    "gb18030.txt": lambda path: path.write_bytes(TEA.encode("gb18030")),
    "utf-16.txt": lambda path: path.write_bytes(TEA.encode("utf-16")),
    "escaped.json": lambda path: path.write_text(json.dumps({"text": TEA}), encoding="utf-8"),
    ".hidden": lambda path: path.write_text(TEA, encoding="utf-8"),
    "split.docx": _word,
    "backup.zip": _zip,
}


@pytest.mark.parametrize("place", ["library", "library-drafts/1", "library/generations", "index", "index/sources"])
def test_a_copy_that_was_kept_is_found(stall: Settings, place: str) -> None:
    folder = stall.library_folder.parent / place
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in COPIES.items():
        write(folder / name)
    proof = remove(stall)
    assert found(proof) == {"files": len(COPIES)}
    told = next(trace.found for trace in proof.traces if trace.where == "files")
    assert {Path(one.split("（")[0].split(" ")[0]).name for one in told} == set(COPIES)


def test_records_that_name_it_are_told_by_file_and_line_and_nothing_else_is(stall: Settings) -> None:
    records = stall.library_folder / DOCUMENTS / "records"
    records.mkdir(exist_ok=True)
    channel = "- {clause: '%s', kind: 线上, name: 摊, name_en: Stall, quote: %s}\n"
    text = channel % ("books:1", "文庙广场") + "# tea: 茶\n" + channel % ("tea:1", "茶业服务点")
    (records / "channels.yaml").write_text(text, encoding="utf-8")
    publish(stall)
    proof = remove(stall, purge=True)
    assert found(proof) == {"records": 2}
    (told,) = (trace.found for trace in proof.traces if trace.where == "records")
    assert [one.removeprefix(f"{stall.library_folder}/") for one in told] == [
        "documents/records/channels.yaml:3",
        "generations/0003/documents/records/channels.yaml:3",
    ]
    named = [one.channel.name for one in Assistant.open(stall).channels.near(None, ["曲靖"])]
    assert named == []  # and nobody is shown it


def test_a_copy_under_another_id_is_found(stall: Settings) -> None:
    put(stall, "tea-copy", TEA)
    publish(stall)
    proof = remove(stall, purge=True)
    assert found(proof)["copies"] == 1
    assert any("tea-copy" in one for trace in proof.traces for one in trace.found)


def test_what_a_newer_text_shares_is_not_counted(stall: Settings) -> None:
    put(stall, "tea-2", TEA.replace("茶摊管理办法", "茶摊管理办法（新）"), 'replaces = ["曲靖市茶摊管理办法"]\n')
    publish(stall)
    assert found(remove(stall)) == {}


def test_feedback_forgets_it_and_a_sentence_in_other_words_is_found(stall: Settings, tmp_path: Path) -> None:
    with FeedbackStore(tmp_path / "feedback.sqlite3") as feedback:
        answer = Assistant.open(stall).ask("流动茶摊什么时候登记摊位编号")
        assert answer.citations[0].clause_id == "tea:1"
        feedback.record(answer)
        feedback.judge(answer.id, Verdict.HELPFUL, comment=f"写的是“{OWN}，逾期的当月不得设摊”吗")
        assert found(remove(stall, feedback)) == {}
        [row] = feedback.rows()
        assert (row.clauses, row.comment) == (None, None)


def test_what_people_wrote_is_forgotten_however_it_is_broken_into_lines(stall: Settings, tmp_path: Path) -> None:
    with FeedbackStore(tmp_path / "feedback.sqlite3") as feedback:
        for id_, comment in (("a", f"{OWN[:9]}\n{OWN[9:]}, 逾期的当月不得设摊？"), ("b", SHARED)):
            feedback.judge(id_, Verdict.WRONG, reason=f"“{comment}”", comment=comment)
        feedback.mark("茶摊", "books:1", Verdict.HELPFUL, "v")
        feedback.mark("茶摊", "tea:1", Verdict.HELPFUL, "v")
        before = gone(Assistant.open(stall).corpus, "tea", ())
        assert [holding(before)(one) for one in (f"{OWN}——\n逾期的当月不得设摊", SHARED)] == [True, False]
        assert found(remove(stall, feedback)) == {}
        rows = [(row.comment, row.verdict_reason, row.clauses) for row in feedback.rows()]
        assert rows == [(None,) * 3, (SHARED, f"“{SHARED}”", None), (None, None, "books:1"), (None,) * 3]


def test_what_was_handed_over_is_forgotten_too(stall: Settings, tmp_path: Path) -> None:
    with FeedbackStore(tmp_path / "feedback.sqlite3") as feedback:
        handovers = open_handovers(feedback, stall)
        assert handovers is not None
        turns = (Turn("user", "茶摊怎么登记"), Turn("assistant", f"第一条：{OWN}。[1]", ("tea:1",)))
        code = handovers.hand_over(lambda _: Conversation(turns), "a").code
        assert found(remove(stall, feedback)) == {}
        assert handovers.read(code, "b").conversation.turns == (turns[0], Turn("assistant", ""))


def test_an_id_with_blanks_is_forgotten(tmp_path: Path) -> None:
    with FeedbackStore(tmp_path / "feedback.sqlite3") as feedback:
        for clauses in ("tea stall:1 books:2 tea stall:3.1", "stall:1"):
            feedback.mark("茶摊", clauses, Verdict.HELPFUL, "v")
        feedback.forget("tea stall", lambda _: False)
        assert [row.clauses for row in feedback.rows()] == ["books:2", "stall:1"]


def test_a_database_that_is_away_is_told_and_the_document_goes_all_the_same(stall: Settings) -> None:
    with FeedbackStore("postgresql+psycopg://nobody@127.0.0.1:9/none") as feedback:
        proof = remove(stall, feedback)
    assert found(proof) == {"feedback": 1}
    assert "tea" not in Assistant.open(stall).corpus.documents_by_id


def test_a_server_that_still_serves_it_is_found(stall: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (removal, switching):
        monkeypatch.setattr(module, "SWITCHING", 0)
    monkeypatch.setattr(switching, "LOADING", 0)
    presence = Presence(stall.library_folder)
    presence.tell(Server(7, "0001", ("0001",)))
    try:
        assert found(remove(stall)) == {"servers": 1}
    finally:
        presence.leave()


def test_the_working_copy_is_not_published_along(stall: Settings) -> None:
    put(stall, "books", OTHER.replace("文庙", "西门"))
    remove(stall)
    assert "文庙" in Assistant.open(stall).corpus.clause("books:1").text


def test_what_is_in_service_must_be_whole_to_be_published_without_it(stall: Settings) -> None:
    shutil.rmtree(generations_folder(stall.library_folder) / "0001/documents/books")
    with pytest.raises(StoreError, match="books"):
        remove(stall)
    assert "tea" in [one.document.id for one in Library(stall.library_folder).load().documents]


def test_the_last_document_stays(library: Settings) -> None:
    put(library, "tea", TEA)
    for name in ("ferry", "market"):
        Library(library.library_folder).remove(name)
    publish(library)
    with pytest.raises(InputError, match="must not be empty"):
        remove(library)
    assert published(library) == 1
    assert [one.document.id for one in Library(library.library_folder).load().documents] == ["tea"]


def test_one_that_was_never_published_or_cannot_be_read_is_removed(stall: Settings) -> None:
    put(stall, "tea-3", TEA, "issued = soon\n")
    put(stall, "tea-4", TEA.replace("茶", "糖"))
    for name in ("tea-3", "tea-4"):
        assert Removal(stall, FeedbackStore(None), Publisher(stall)).remove(name).generation is None
    held = sorted(path.name for path in (stall.library_folder / DOCUMENTS).iterdir())
    assert held == ["books", "ferry", "market", "records", "tea"]


def test_one_that_lies_in_a_folder_of_another_name_is_removed(library: Settings) -> None:
    home = library.library_folder / DOCUMENTS / "ferry"
    (home / "tea.txt").write_text(TEA, encoding="utf-8")
    publish(library)
    assert found(remove(library, purge=True)) == {}
    assert sorted(path.name for path in home.iterdir()) == ["ferry.toml", "ferry.txt"]
    assert list(Publisher(library).publish().manifest.documents) == ["ferry", "market"]


def test_a_shipped_document_goes_out_of_service_at_once(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index", library=tmp_path / "library", feedback=None)
    done = Publisher(settings).remove("harbin-66")
    assert done
    assert (done.manifest.number, done.manifest.removed) == (1, ())
    assert [one.id for one in Assistant.open(settings).corpus.documents] == ["anhui-2023-4"]


def test_a_library_of_the_days_before_publication_is_published_without_it(library: Settings) -> None:
    put(library, "tea", TEA)
    (library.library_folder / "FORMAT").unlink()
    proof = remove(library)
    assert (proof.generation, proof.found) == (1, 0)
    assert [one.id for one in Assistant.open(library).corpus.documents] == ["ferry", "market"]


def test_the_library_is_meant_though_a_folder_is_searched(stall: Settings, tmp_path: Path) -> None:
    proof = remove(replace(stall, corpus=tmp_path))
    assert {trace.where for trace in proof.traces} >= {"ids", "numbers", "quotes", "questions", "copies"}
    assert proof.found == 0


def test_removed_and_added_again_it_is_there_again(stall: Settings) -> None:
    remove(stall, purge=True)
    put(stall, "tea", TEA)
    publish(stall)
    assert Assistant.open(stall).ask("流动茶摊什么时候登记摊位编号").citations[0].clause_id == "tea:1"


def test_every_way_of_looking_has_its_words_on_the_page() -> None:
    ways = set(re.findall(r'Trace\.of\(\s*"(\w+)"', Path(removal.__file__).read_text(encoding="utf-8")))
    assert {"records", "feedback", "copies"} <= ways
    for way in ways:
        assert all(messages(code)(f"library.said.where_{way}") for code in languages())
