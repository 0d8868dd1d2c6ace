"""Laws of what is told: everything once, by one of several workers, nothing lost, and no word of what was asked."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import jsonschema
import pytest
import standardwebhooks

from assistant.answer import Reason
from assistant.database.database import Database
from assistant.feedback.store import FeedbackStore
from assistant.gaps.book import GapBook
from assistant.gaps.states import State
from assistant.handover.conversation import Conversation
from assistant.handover.keys import KeyFile
from assistant.handover.store import Handovers
from assistant.handover.telephone import Telephone
from assistant.operations.outbox import Outbox
from assistant.operations.outbox import State as Sent
from assistant.operations.webhook import Webhook
from assistant.publication.audit import record
from assistant.question.history import ASSISTANT, USER, Turn
from assistant.webhooks.announcer import Announcer, body_of
from assistant.webhooks.callbacks import DueCallbacks
from assistant.webhooks.gaps import OpenedGaps
from assistant.webhooks.happening import Happening, Kind, links_to
from assistant.webhooks.published import Published
from assistant.webhooks.standard import standard_headers
from corpus.clock import CHINA
from index.encoder.encoder import Encoder
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from tests.assistant.feedback.kept import answer_to
from tests.assistant.operations.test_webhook import Clock, Receiver

SECRET, OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz"
SITE = "https://policy.example.gov.cn/policy"
KINDS = [kind.value for kind in Kind]


ROOT = Path(__file__).parents[3]


def as_documented(one: Happening) -> None:
    """Its body is what the JSON schema of docs/api.md says."""
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    (schema,) = [json.loads(found) for found in re.findall(r"```json\n(.+?)```", text, re.DOTALL) if "$schema" in found]
    jsonschema.validate(json.loads(json.dumps(body_of(one))), schema, jsonschema.Draft202012Validator)


class Sources:
    """A source that a test fills."""

    def __init__(self, *found: Happening) -> None:
        self.found = list(found)

    def __call__(self, since: datetime) -> list[Happening]:
        return [one for one in self.found if one.time >= since]


def happening(clock: Clock, key: str = "k", **ago: float) -> Happening:
    return Happening(Kind.PUBLISHED, key, clock() - timedelta(**ago), {"generation": 3})


def announcer(where: Path | str, clock: Clock, source: Sources, most: int = 1000) -> tuple[Announcer, Outbox]:
    database = Database(where)
    outbox = Outbox(database, clock, most, KINDS)
    return Announcer(database, outbox, [source], clock), outbox


def bodies(outbox: Outbox, kind: Kind = Kind.PUBLISHED) -> list[dict[str, object]]:
    return [json.loads(one.body or "") for one in outbox.latest(kind, 100)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_happens_is_told_once_by_one_of_several(where: Path | str, clock: Clock) -> None:
    source = Sources()
    first, outbox = announcer(where, clock, source)
    second, _ = announcer(where, clock, source)
    assert (first.look(), second.look()) == (0, 0)
    source.found.append(happening(clock))
    assert (first.look(), second.look(), first.look()) == (1, 0, 0)
    assert bodies(outbox) == [
        {"type": "generation.published", "timestamp": "2026-11-30T09:00:00Z", "data": {"generation": 3}}
    ]


def test_what_happened_before_it_was_switched_on_is_not_told(where: Path | str, clock: Clock) -> None:
    one, outbox = announcer(where, clock, Sources(happening(clock, minutes=1)))
    assert one.look() == 0
    assert bodies(outbox) == []


def test_what_happened_while_nothing_ran_is_told_for_a_week(where: Path | str, clock: Clock) -> None:
    announcer(where, clock, Sources())[0].look()
    clock.move(days=20)
    source = Sources(happening(clock, "old", days=8), happening(clock, "new", days=6))
    assert announcer(where, clock, source)[0].look() == 1
    clock.move(days=40)  # what was told is forgotten by now, and too old to be told again
    assert announcer(where, clock, source)[0].look() == 0


def test_what_finds_no_room_stays_for_the_next_look(where: Path | str, clock: Clock) -> None:
    source = Sources()
    one, outbox = announcer(where, clock, source, most=2)
    one.look()
    source.found += [happening(clock, f"k{n}") for n in range(5)]
    assert (one.look(), one.look()) == (2, 0)
    for _ in range(2):
        message = outbox.take(clock() + timedelta(minutes=2))
        assert message
        outbox.delivered(message.id)
    assert (one.look(), one.look()) == (2, 0)


def test_a_source_that_fails_holds_up_no_other(where: Path | str, clock: Clock) -> None:
    source = Sources()
    one, _ = announcer(where, clock, source)
    one.look()

    def fails(_: datetime) -> list[Happening]:
        raise OSError("away")

    one.sources = (fails, source)
    source.found.append(happening(clock))
    assert one.look() == 1


def test_a_turn_is_one_workers_until_its_time_is_over(where: Path | str, clock: Clock) -> None:
    first, second = announcer(where, clock, Sources())[0], announcer(where, clock, Sources())[0]
    every = timedelta(minutes=10)
    assert (first.is_my_turn("gaps", every), second.is_my_turn("gaps", every)) == (True, False)
    clock.move(minutes=10)
    assert (second.is_my_turn("gaps", every), first.is_my_turn("gaps", every)) == (True, False)


def test_it_is_signed_as_the_specification_writes_it(where: Path | str, clock: Clock) -> None:
    """Held against the official library, while the secret is changed too."""
    clock.now = datetime.now(UTC)  # by which the library looks
    source, receiver = Sources(), Receiver(200)
    one, outbox = announcer(where, clock, source)
    one.look()
    source.found.append(happening(clock))
    one.look()
    client = receiver.client()
    webhook = Webhook(outbox, "https://portal.test/hook", f"{SECRET} {OTHER}", signed=standard_headers, client=client)
    assert webhook.send_due() == 1
    (request,) = receiver.got
    for secret in (SECRET, OTHER):
        told = standardwebhooks.Webhook(secret).verify(request.content, dict(request.headers))
        assert told["type"] == "generation.published"
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(SECRET).verify(request.content + b" ", dict(request.headers))
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook("whsec_" + "QUJD" * 8).verify(request.content, dict(request.headers))
    assert request.headers["webhook-id"] == outbox.latest(Kind.PUBLISHED, 1)[0].id


def test_notes_and_webhooks_share_the_table_and_not_the_address(where: Path | str, clock: Clock) -> None:
    source, notes, told = Sources(), Receiver(200), Receiver(200)
    one, outbox = announcer(where, clock, source)
    one.look()
    source.found.append(happening(clock))
    one.look()
    note = Webhook(Outbox(Database(where), clock, kinds=("note",)), "https://a.test", "s" * 16, client=notes.client())
    note.put("note", {"summary": "摆摊"})
    hook = Webhook(outbox, "https://b.test", SECRET, signed=standard_headers, client=told.client())
    assert (note.send_due(), hook.send_due()) == (1, 1)
    assert "X-Policyqa-Signature" in notes.got[0].headers
    assert "X-Policyqa-Signature" not in told.got[0].headers
    assert outbox.standing().waiting == 0


def test_how_it_stands_is_told_with_the_last_error(where: Path | str, clock: Clock) -> None:
    source = Sources()
    one, outbox = announcer(where, clock, source)
    one.look()
    source.found += [happening(clock, "a"), happening(clock, "b")]
    one.look()
    hook = Webhook(outbox, "https://b.test", SECRET, client=Receiver(410, 503).client(), now=clock)
    assert hook.send_due() == 2
    found = outbox.standing()
    assert (found.waiting, found.failed, found.problem) == (1, 1, "HTTP 503")
    assert found.oldest == clock()
    assert {message.state for message in outbox.latest(Kind.PUBLISHED, 2)} == {Sent.FAILED, Sent.WAITING}


def test_an_answer_of_any_size_is_left_unread(where: Path | str, clock: Clock) -> None:
    read: list[int] = []

    class Endless(httpx.SyncByteStream):
        def __iter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204
            while True:
                read.append(1)
                yield b"x" * 65_536

    source = Sources()
    one, outbox = announcer(where, clock, source)
    one.look()
    source.found.append(happening(clock))
    one.look()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless()))
    hook = Webhook(outbox, "https://b.test", SECRET, client=httpx.Client(transport=transport), now=clock)
    assert hook.send_due() == 1
    assert read == []
    assert outbox.latest(Kind.PUBLISHED, 1)[0].state is Sent.DELIVERED


# ---- the sources


def test_every_switch_of_the_library_is_told_with_its_documents(tmp_path: Path) -> None:
    since = datetime.now(UTC) - timedelta(seconds=1)
    record(
        tmp_path, "publish", generation=2, before=1, by="张三", reason="内部", added=["a b"], changed=["c"], removed=[]
    )
    record(tmp_path, "rollback", generation=1, before=2, by="张三")
    record(tmp_path, "traces", document="a b")
    with (tmp_path / "audit.jsonl").open("ab") as file:
        file.write(b'{"event": "publish", "gen')  # the machine went down
    published, back = Published(tmp_path, links_to(SITE + "/"))(since)
    assert published.data == {
        "event": "publish",
        "generation": 2,
        "before": 1,
        "documents": None,  # that generation is kept no longer
        "counts": {"added": 1, "changed": 1, "removed": 0},
        "added": [{"id": "a b", "title": None, "link": f"{SITE}/document/a%20b"}],
        "changed": [{"id": "c", "title": None, "link": f"{SITE}/document/c"}],
        "removed": [],
        "link": f"{SITE}/library",
    }
    assert (back.data["event"], back.data["generation"]) == ("rollback", 1)
    assert published.key != back.key
    for one in (published, back):
        as_documented(one)
    assert list(Published(tmp_path, links_to(None))(datetime.now(UTC) + timedelta(seconds=1))) == []


def test_a_gap_is_told_when_it_opens_and_when_it_opens_again(where: Path | str, encoder: Encoder, clock: Clock) -> None:
    store = FeedbackStore(where, now=clock)
    assert store.database
    book, reader = GapBook(store.database, now=clock), QueryReader(encoder, load_lexicon())
    source = OpenedGaps(book, lambda: lambda texts: reader.read(list(texts)), lambda: True, links_to(SITE))
    begun = clock()
    store.record(answer_to("路灯坏了找谁修", Reason.NOT_IN_DOCUMENTS, answer_id="1"))
    (opened,) = source(begun)
    assert (opened.kind, opened.data["count"], opened.data["again"]) == (Kind.GAP_OPENED, 1, False)
    assert opened.data["link"] == f"{SITE}/gaps/{opened.data['gap']}"
    assert "路灯" not in json.dumps(opened.data, ensure_ascii=False)
    assert [one.key for one in source(begun)] == [opened.key]
    gap = str(opened.data["gap"])
    for state in (State.TAKEN, State.WRITTEN, State.PUBLISHED, State.RETESTED, State.CLOSED):
        clock.move(minutes=1)
        book.move(gap, state)
    clock.move(minutes=1)
    store.record(answer_to("路灯坏了找谁修", Reason.NOT_IN_DOCUMENTS, answer_id="2"))
    again = [one for one in source(begun) if one.data["again"]]
    assert [one.data["count"] for one in again] == [2]
    assert again[0].key != opened.key
    for one in (opened, again[0]):
        as_documented(one)
    assert list(OpenedGaps(book, lambda: reader.read, lambda: False, links_to(SITE))(begun)) == []


def test_a_call_is_due_on_its_day_and_until_it_is_done(where: Path | str, tmp_path: Path) -> None:
    clock = Clock()
    clock.now = datetime(2026, 11, 30, 23, 0, tzinfo=CHINA)  # a Monday
    database = Database(where)
    handovers = Handovers(database, KeyFile(tmp_path / "key"), clock)
    said = Conversation((Turn(USER, "怎么注销抵押"), Turn(ASSISTANT, "…")))
    handovers.hand_over(lambda _: said, "client", telephone=Telephone("13800138000"))
    handovers.hand_over(lambda _: said, "client")  # without a number
    source = DueCallbacks(database, clock, links_to(SITE))
    assert list(source(clock())) == []
    clock.move(hours=1)
    (due,) = source(clock())
    (call,) = handovers.calls()
    assert due.data == {
        "callback": call.id,
        "day": "2026-12-01",
        "deleted": "2026-12-07T16:00:00+00:00",
        "tries": 0,
        "link": f"{SITE}/agent/callbacks/{call.id}",
    }  # and no number
    as_documented(due)
    with pytest.raises(jsonschema.ValidationError):
        as_documented(replace(due, data={**due.data, "telephone": "13800138000"}))
    handovers.called(call.id)
    assert list(source(clock())) == []
