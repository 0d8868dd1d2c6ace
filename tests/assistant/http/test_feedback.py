import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.http.feedback import Feedback, FeedbackLog, Verdict


def test_nothing_is_lost_between_threads_and_restarts(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feedback.jsonl"
    given = [Feedback(f"{number:032x}", Verdict.WRONG, comment="两行\n" * 200) for number in range(60)]
    for half in (given[:30], given[30:]):
        log = FeedbackLog(path)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(log.append, half))
    kept = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert sorted(line["answer_id"] for line in kept) == [feedback.answer_id for feedback in given]
    assert {line["comment"] for line in kept} == {"两行\n" * 200}


def test_a_torn_last_line_does_not_swallow_the_next(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_bytes(b'{"answer_id": "torn')
    FeedbackLog(path).append(Feedback("a" * 32, Verdict.WRONG))
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[1])["verdict"] == "wrong"
