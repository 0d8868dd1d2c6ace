"""Made office.tar.gz, by the program as it was at commit 12fa63e: a row or more in every table, two versions published.

In a worktree of that commit: `PYTHONPATH=. python …/make_office.py FOLDER`, then a tar of the folder. It calls what was
there then; the archive stays as it is, for data as old as that must open for ever.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path

from assistant.feedback.store import FeedbackStore, Verdict
from assistant.gaps.book import open_book
from assistant.gaps.states import State
from assistant.handover.conversation import Conversation
from assistant.handover.store import open_handovers
from assistant.handover.telephone import read_telephone
from assistant.operations.outbox import Outbox
from assistant.publication.publisher import Publisher
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import NotFoundError
from index.encoder.encoder import load_encoder
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from tests.assistant.handover.handed import saying
from tests.assistant.publication.shelf import FERRY, MARKET, put

QUESTIONS = ("早市摊位费多少钱", "过渡要多少钱", "采光权怎么规定", "曲靖的公积金怎么提取", "你好")
SAVED = {"id": "s1", "question": "早市摊位费多少钱", "relevant": ["market:1"]}


def make(folder: Path) -> None:
    """Fill an empty folder."""
    settings = Settings(index=folder / "index", library=folder / "library", feedback=folder / "feedback.sqlite3")
    publisher = Publisher(settings)
    for fee in (5, 6):
        put(settings, "ferry", FERRY)
        put(settings, "market", MARKET.format(fee=fee))
        publisher.publish(by="王办")
    questions = settings.library_folder / "questions"
    questions.mkdir(exist_ok=True)
    (questions / "saved.jsonl").write_text(json.dumps(SAVED, ensure_ascii=False) + "\n", encoding="utf-8")
    assistant = Assistant.open(settings)
    with FeedbackStore.open(settings.feedback, 0) as store:
        for question in QUESTIONS:
            answer = assistant.ask(question)
            store.record(answer)
        store.judge(answer.id, Verdict.WRONG, "outdated", "改了")
        store.mark("公积金", "market:1", Verdict.MISSING, "v")
        book = open_book(store)
        book.refresh(QueryReader(load_encoder(), load_lexicon()).read)
        book.move(book.gaps()[0].id, State.TAKEN, who="王办")
        assert store.database
        Outbox(store.database).put("note", {"text": "工单"})
        handovers = open_handovers(store, settings)
        assert handovers
        handovers.hand_over(saying(), "a")
        number = read_telephone("138 0013 8000")
        handovers.hand_over(saying(Conversation(wanted="请回电话")), "a", telephone=number)
        with suppress(NotFoundError):
            handovers.read("000000", "someone")  # a wrong code is counted


if __name__ == "__main__":
    make(Path(sys.argv[1]))
