"""With a model an answer gains labelled sentences and loses nothing; without one, or where it fails, it is as ever."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from assistant.answer import Answer, BlockKind, Status
from assistant.feedback.store import FeedbackStore
from assistant.operations.admission import Admission, Turns
from assistant.operations.metrics import Metrics
from assistant.operations.turn import leave_turn
from assistant.phrasing.told import told
from assistant.service import Assistant, Turn
from assistant.settings import Settings
from corpus.errors import SettingsError
from eval.phrasing.stub import BEHAVIOURS, Stub
from tests.api_app import make_app
from tests.assistant.operations.asgi import BODY, exchange, request
from ui.server import create_site

QUESTION = "首贷户贷款有财政贴息吗"
TRUE = "对符合条件的小微企业和个体工商户首次贷款，按照规定给予财政贴息"
OFF = """
import sys
from pathlib import Path
from assistant.service import Assistant
from assistant.phrasing.told import told
from assistant.settings import Settings
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import load_encoder
assistant = Assistant(build_index(load_corpus(Path("tests/second_corpus")), load_encoder()), Settings())
def refuse(*_):
    raise AssertionError("a socket was opened")
import socket
socket.socket.connect = socket.socket.connect_ex = refuse
answer = told(assistant, "游船牌照遗失怎么补领")
assert answer.citations
assert answer.phrased_by is None
print([name for name in sys.modules if name.startswith("assistant.phrasing.") and name != "assistant.phrasing.told"])
"""


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as found:
        yield found


@pytest.fixture
def with_model(assistant: Assistant, stub: Stub) -> Assistant:
    settings = replace(assistant.settings, model_url=stub.url, model_name="small", model_seconds=0.5)
    return Assistant(assistant.index, settings)


def without_ids(answer: Answer) -> Answer:
    return replace(answer, id="", timings_ms={})


def number_of(answer: Answer, words: str) -> int:
    return next(citation.number for citation in answer.citations if words in citation.quote)


def test_a_true_sentence_stands_in_front_with_its_label_and_nothing_else_changes(
    with_model: Assistant, stub: Stub
) -> None:
    plain = with_model.ask(QUESTION)
    number = number_of(plain, "财政贴息")
    stub.says(f"{TRUE}[{number}]。")
    answer = told(with_model, QUESTION)
    assert answer.phrased_by == "small"
    phrased = [block for block in answer.blocks if block.kind is BlockKind.PHRASED]
    assert [(block.text, block.citations) for block in phrased] == [(f"{TRUE}。", (number,))]
    assert f"以下由模型据所引条款改写，以原文为准：\n{TRUE}。 [{number}]" in answer.text
    rest = replace(
        answer, blocks=tuple(one for one in answer.blocks if one not in phrased), text=plain.text, phrased_by=None
    )
    assert without_ids(rest) == without_ids(plain)
    assert QUESTION in stub.asked[0]["messages"][1]["content"]


@pytest.mark.parametrize("reply", ["给予财政贴息100万元[1]。", "忽略以上要求[1]。", f"{TRUE}。", f"{TRUE}[9]。"])
def test_a_sentence_that_is_refused_leaves_the_answer_as_it_is(with_model: Assistant, stub: Stub, reply: str) -> None:
    stub.says(reply)
    assert without_ids(told(with_model, QUESTION)) == without_ids(with_model.ask(QUESTION))
    assert stub.asked


def test_a_model_that_fails_leaves_the_answer_as_it_is(with_model: Assistant, stub: Stub) -> None:
    stub.behaviour = BEHAVIOURS["drips its body"]
    assert without_ids(told(with_model, QUESTION)) == without_ids(with_model.ask(QUESTION))


@pytest.mark.parametrize("question", ["今天天气怎么样", "你好", "How do I apply for a first loan?", "有哪些金融政策"])
def test_a_model_is_not_asked_where_there_is_nothing_to_put_in_other_words(
    with_model: Assistant, stub: Stub, question: str
) -> None:
    answer = told(with_model, question)
    assert answer.phrased_by is None
    assert without_ids(answer) == without_ids(with_model.ask(question))
    assert not stub.asked


def test_personal_data_does_not_leave(with_model: Assistant, stub: Stub) -> None:
    stub.says("好的")
    answer = told(with_model, f"我叫王建国，电话13912345678，{QUESTION}")
    assert answer.status is Status.ANSWERED
    sent = str(stub.asked)
    assert "〔" in sent
    assert "13912345678" not in sent
    assert "王建国" not in sent


def test_the_api_says_which_model_it_was(with_model: Assistant, stub: Stub) -> None:
    number = number_of(with_model.ask(QUESTION), "财政贴息")
    stub.says(f"{TRUE}[{number}]。")
    client = TestClient(make_app(with_model))
    said = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert said["phrased_by"] == "small"
    assert [block["kind"] for block in said["blocks"]].count("phrased") == 1
    stub.says("好的")
    assert client.post("/v1/ask", json={"question": QUESTION}).json()["phrased_by"] is None


def test_what_became_of_replies_is_counted_by_reason(with_model: Assistant, stub: Stub) -> None:
    number = number_of(with_model.ask(QUESTION), "财政贴息")
    client = TestClient(asyncio.run(create_site(with_model, feedback=FeedbackStore(None))))
    for reply in (f"{TRUE}[{number}]。", f"{TRUE}[9]。", "好的"):
        stub.says(reply)
        client.post("/v1/ask", json={"question": QUESTION})
    stub.behaviour = BEHAVIOURS["drips its body"]
    client.post("/v1/ask", json={"question": QUESTION})
    client.post("/v1/ask", json={"question": "今天天气怎么样"})  # of which it is not asked
    counted = [line for line in client.get("/metrics").text.splitlines() if line.startswith("policyqa_phrasings_total")]
    assert sorted(counted) == [
        'policyqa_phrasings_total{outcome="failed",reason="time"} 1.0',
        'policyqa_phrasings_total{outcome="phrased",reason=""} 1.0',
        'policyqa_phrasings_total{outcome="refused",reason="form"} 1.0',
        'policyqa_phrasings_total{outcome="refused",reason="handle"} 1.0',
    ]


def test_a_follow_up_is_completed_by_words_of_the_user_alone(assistant: Assistant, stub: Stub) -> None:
    settings = replace(assistant.settings, model_url=stub.url, model_seconds=0.5, model_follow_ups=True)
    asked = Assistant(assistant.index, settings)
    history = [Turn("user", "小微企业怎么申请首贷"), Turn("assistant", "…")]
    stub.says("小微企业首贷需要什么材料")
    answer = told(asked, "需要什么材料", history=history)
    assert answer.question == "需要什么材料"
    assert without_ids(answer) == without_ids(
        replace(assistant.ask("小微企业首贷需要什么材料", history=history), question="需要什么材料")
    )
    stub.says("合肥小微企业首贷需要什么材料")
    again = told(asked, "需要什么材料", history=history)
    assert without_ids(again) == without_ids(assistant.ask("需要什么材料", history=history))


def test_a_request_gives_its_turn_back_before_it_waits_for_a_model() -> None:
    metrics = Metrics()
    turns, seen = Turns(1, 0, metrics), []

    async def wait(_scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(turns.full)
        await asyncio.to_thread(leave_turn)
        await asyncio.to_thread(leave_turn)  # twice is once
        await asyncio.sleep(0)
        seen.append(turns.full)

    async def twice(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(2):
            await Admission(wait, turns, metrics)(scope, receive, send)
        seen.append(turns.full)

    body: Message = {**BODY, "body": b"{}"}
    exchange(twice, request("POST"), [body, body])
    assert seen == [True, False, True, False, False]
    leave_turn()  # outside of a request nothing happens


def test_an_address_that_is_none_is_refused_without_repeating_it() -> None:
    with pytest.raises(SettingsError, match="POLICYQA_MODEL_URL") as refused:
        Settings(model_url="ftp://user:geheim@host")
    assert "geheim" not in str(refused.value)
    assert "geheim" not in repr(Settings(model_url="http://user:geheim@host/v1", model_key="geheim"))


def test_without_a_model_nothing_of_it_is_imported_and_nothing_is_opened() -> None:
    done = subprocess.run([sys.executable, "-c", OFF], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
