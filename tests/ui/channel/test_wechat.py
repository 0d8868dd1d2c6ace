"""Laws of the official account: only what is signed is answered, once, in 2,048 bytes, without a word kept in clear."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.database.database import Database
from assistant.feedback.store import FeedbackStore
from assistant.operations.admission import Turns
from assistant.operations.metrics import Metrics
from assistant.question.limits import DEFAULT_LIMITS
from assistant.service import Assistant
from assistant.switches.state import Channel, Off, State
from corpus.clock import CHINA
from eval.channel.platform import ACCOUNT, Platform, read_reply
from tests.ui.channel.account import APP, KEY, OPENID, SITE, TOKEN, Account
from ui.channel.wechat import MOST
from ui.channel.wechat_cipher import Cipher
from ui.edition import Press


def test_the_platform_is_shown_that_the_address_is_ours(account: Account) -> None:
    query = account.platform.query()
    answered = account.worker.get("/wechat", params={**query, "echostr": "6417<b>"})
    assert (answered.status_code, answered.text) == (200, "6417<b>")
    assert answered.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_forged_or_old_is_refused(account: Account, method: str) -> None:
    right, body = account.platform.query(), account.platform.message(OPENID, Content="怎么注销抵押")
    wrong = [
        {},
        account.platform.query(token="another"),
        account.platform.query(age=301),
        account.platform.query(age=-330),
        {**right, "signature": right["signature"][:-1] + ("0" if right["signature"][-1] != "0" else "1")},
        {**right, "signature": ""},
        {**right, "signature": "é" * 40},
        {**right, "nonce": right["nonce"] + "1"},
        {**right, "timestamp": str(int(right["timestamp"]) + 1)},
        {**right, "timestamp": "²"},
        {**right, "timestamp": "9" * 5000},
        {name: value for name, value in right.items() if name != "timestamp"},
    ]
    for query in wrong:
        answered = account.worker.request(method, "/wechat", params=query, content=body)
        assert answered.status_code == 403, query
        assert answered.json()["type"] == "urn:policyqa:problem:wrong-signature"
    assert account.count("forged") == len(wrong)
    assert list(account.feedback.rows()) == []


def test_an_answer_has_quote_address_and_link(account: Account) -> None:
    body = account.post(account.platform.message(OPENID, Content="怎么注销抵押"))
    fields = read_reply(body)
    assert (fields["ToUserName"], fields["FromUserName"], fields["MsgType"]) == (OPENID, ACCOUNT, "text")
    text = fields["Content"]
    assert account.assistant.ask("怎么注销抵押").citations[0].quote in text
    assert "《哈尔滨市优化营商环境改革措施66条》第十一条" in text
    assert f"{SITE}/clause/harbin-66:11" in text
    assert "12345" in text
    assert "[1]" not in text
    (row,) = account.feedback.rows()
    assert (row.channel, row.question) == ("wechat", "怎么注销抵押")
    assert account.count("answered") == 1


def test_a_message_that_is_sent_again_gets_the_same_bytes_from_any_worker(account: Account) -> None:
    body = account.platform.message(OPENID, Content="怎么注销抵押")
    first = account.post(body)
    again = [account.post(body, account.another()) for _ in range(3)]
    assert again == [first] * 3
    assert len(list(account.feedback.rows())) == 1  # it was asked once
    assert (account.count("answered"), account.count("repeated")) == (1, 3)


def test_two_workers_at_the_same_time_give_one_reply(account: Account) -> None:
    """The second one looks before the first has kept anything, and answers later."""
    body = account.platform.message(OPENID, Content="怎么注销抵押")
    channel = account.channel()
    given: list[bytes] = []
    seen = channel.outside.replies.before

    def meanwhile(asked: object) -> object:
        found = seen(asked)  # type: ignore[arg-type]
        given.append(account.post(body))
        return found

    channel.outside.replies.before = meanwhile  # type: ignore[method-assign, assignment]
    app = FastAPI()
    app.include_router(channel.router(account.assistant, lambda *_: given.append(b"told"), Metrics()))
    answered = TestClient(app).post("/wechat", params=account.platform.query(), content=body)
    assert given == [answered.content]


def test_a_signature_that_brought_one_message_brings_no_other(account: Account) -> None:
    query = account.platform.query()
    body = account.platform.message(OPENID, Content="怎么注销抵押")
    first = account.post(body, query=query)
    assert account.post(body, query=query) == first
    other = account.platform.message(OPENID, Content="第26条")
    assert account.worker.post("/wechat", params=query, content=other).status_code == 403
    assert account.another().post("/wechat", params=query, content=other).status_code == 403


def test_a_number_picks_a_choice_of_the_question_back(account: Account) -> None:
    shown = account.say("抵押")
    answer = account.assistant.ask("抵押")
    assert len(answer.choices) >= 2
    for number, choice in enumerate(answer.choices, 1):
        assert f"{number}. {choice.label}" in shown
    assert shown.index("1. ") < shown.index("请回复前面的数字")
    picked = account.say("2")
    assert picked.partition("\n")[0] in "\n".join(
        block.text for block in account.assistant.ask(answer.choices[1].question).blocks
    )
    assert account.say("2", "oAnother") != picked  # whose question back it was not


def test_danger_comes_first_whatever_is_switched_off_or_too_often(tmp_path: Path, assistant: Assistant) -> None:
    account = Account(tmp_path, assistant, wechat_rate="1/minute")
    assert "119" in account.say("着火了怎么办").partition("\n")[0]
    assert "太快" in account.say("怎么注销抵押")
    assert "119" in account.say("家里着火了").partition("\n")[0]
    account.operation.state = State(1, {Channel.WECHAT: Off(datetime(2026, 11, 30, tzinfo=UTC), "甲", "内部")})
    assert "119" in account.say("着火了怎么办", "oThird").partition("\n")[0]
    off = account.say("怎么注销抵押", "oFourth")
    assert "停用" in off
    assert "内部" not in off
    assert account.count("limited") == 1
    account.counting.close()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "voice", "MediaId": "m", "Recognition": "怎么注销抵押？"}, "第十一条"),
        ({"kind": "voice", "MediaId": "m"}, "没有听清"),
        ({"kind": "image", "PicUrl": "http://example.test/a.png", "MediaId": "m"}, "只看得懂文字"),
        ({"kind": "location", "Location_X": "23.1", "Label": "某路"}, "只看得懂文字"),
        ({"kind": "text", "Content": " \n "}, "只看得懂文字"),
        ({"kind": "event", "Event": "subscribe"}, SITE),
        ({"kind": "text", "Content": "多" * 2001}, "最多 2000 个字"),
        ({"kind": "text", "Content": "周末去哪钓鱼"}, "只回答已收录政策文件"),
        ({"kind": "text", "Content": "😀𠮷怎么注销抵押"}, "抵押"),
    ],
)
def test_every_kind_of_message_gets_a_word(account: Account, fields: dict[str, str], said: str) -> None:
    kind = fields.pop("kind")
    content = read_reply(account.post(account.platform.message(OPENID, kind, **fields)))["Content"]
    assert said in content
    assert 0 < len(content.encode()) <= MOST


@pytest.mark.parametrize("event", ["unsubscribe", "CLICK", "LOCATION"])
def test_events_that_ask_nothing_are_taken_in_silence(account: Account, event: str) -> None:
    assert account.post(account.platform.message(OPENID, "event", Event=event)) == b""


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml><Content>&b;</Content></xml>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'


@pytest.mark.parametrize(
    "body",
    [BOMB, OUTSIDE, b"", b"<xml>", b"{}", b"\xff\xfe", b"<xml/>", b'<?xml version="1.0" encoding="x-no"?><xml/>'],
)
def test_what_is_no_message_is_told_so(account: Account, body: bytes) -> None:
    answered = account.worker.post("/wechat", params=account.platform.query(), content=body)
    assert answered.status_code == 400
    assert answered.json()["type"] == "urn:policyqa:problem:unreadable-message"
    assert "root:" not in answered.text


def test_ids_without_end_are_no_message(account: Account) -> None:
    body = account.platform.message("o" * 101, Content="第26条")
    assert account.worker.post("/wechat", params=account.platform.query(), content=body).status_code == 400


def test_a_reply_is_xml_whatever_is_quoted(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.channel.adapter.fitted", lambda *_: "]]> a\x00\x1f\ud800b<xml>😀\ufffe")
    content = account.say("怎么注销抵押")
    assert content == "]]> ab<xml>😀"


def test_nothing_that_is_kept_can_be_read(account: Account) -> None:
    account.say("怎么注销抵押，我的电话是13800138000")
    account.database.close()
    account.feedback.close()
    files = [file for file in account.settings.state.parent.iterdir() if file.is_file()]  # type: ignore[union-attr]
    held = b"".join(file.read_bytes() for file in files)
    assert OPENID.encode() not in held
    assert b"13800138000" not in held
    rows = held.count("推行不动产抵押权注销登记".encode())
    assert rows == 0  # the reply is encrypted


def test_what_was_said_is_forgotten_after_half_an_hour(account: Account) -> None:
    account.say("怎么注销抵押")
    with account.database.transaction() as connection:
        count = "SELECT count(*) FROM policyqa_channel_reply"
        assert connection.exec_driver_sql(count).scalar() == 1
    later = datetime.now(CHINA).timestamp() + 1801
    channel = account.channel()
    channel.outside.replies._now = lambda: later
    app = FastAPI()
    app.include_router(channel.router(account.assistant, lambda *_: None, Metrics()))
    TestClient(app).post(
        "/wechat", params=account.platform.query(), content=account.platform.message("oLater", Content="第26条")
    )
    with account.database.transaction() as connection:
        assert connection.exec_driver_sql(count).scalar() == 1  # the later one


def test_encrypted_mode_is_read_and_written(tmp_path: Path, assistant: Assistant) -> None:
    account = Account(tmp_path, assistant, wechat_key=KEY, wechat_app=APP)
    cipher = Cipher(KEY, APP)

    def sealed(body: bytes, by: Cipher = cipher) -> tuple[dict[str, str], bytes]:
        secret, query = by.sealed(body), account.platform.query()
        signed = sorted((TOKEN, query["timestamp"], query["nonce"], secret))
        query["msg_signature"] = hashlib.sha1("".join(signed).encode()).hexdigest()
        return {**query, "encrypt_type": "aes"}, f"<xml><Encrypt>{secret}</Encrypt></xml>".encode()

    message = account.platform.message(OPENID, Content="怎么注销抵押")
    query, body = sealed(message)
    outer = account.post(body, query=query)
    fields = read_reply(outer)
    signed = "".join(sorted((TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])))
    assert fields["MsgSignature"] == hashlib.sha1(signed.encode()).hexdigest()
    reply = read_reply(cipher.opened(fields["Encrypt"]))
    assert (reply["ToUserName"], "第十一条" in reply["Content"]) == (OPENID, True)
    again, body = sealed(message)
    assert account.post(body, account.another(), again) == outer
    plain = account.worker.post("/wechat", params=account.platform.query(), content=message)
    assert plain.status_code == 403  # nobody may fall back to plain text
    for other in (Cipher(KEY[::-1], APP), Cipher(KEY, "wxother")):
        query, body = sealed(message, other)
        assert account.worker.post("/wechat", params=query, content=body).status_code == 403
    altered = body.replace(b"<Encrypt>", b"<Encrypt>AAAA")
    assert account.worker.post("/wechat", params=query, content=altered).status_code == 403
    account.counting.close()


def test_while_the_database_is_away_answers_go_on(account: Account, tmp_path: Path) -> None:
    channel = account.channel()
    (tmp_path / "gone").mkdir()
    channel.outside.replies._database = Database(tmp_path / "gone")  # a folder: no database opens there
    app = FastAPI()
    app.include_router(channel.router(account.assistant, lambda *_: None, Metrics()))
    client, body = TestClient(app), account.platform.message(OPENID, Content="怎么注销抵押")
    first = client.post("/wechat", params=account.platform.query(), content=body)
    again = client.post("/wechat", params=account.platform.query(), content=body)
    assert "第十一条" in first.text
    assert first.content == again.content


def test_without_a_token_there_is_no_such_path_and_nothing_is_imported(assistant: Assistant) -> None:
    press = Press(FeedbackStore(None), Metrics(), Turns(1, 1, Metrics()), DEFAULT_LIMITS)
    client = TestClient(press.api(assistant))
    platform = Platform(TOKEN)
    assert client.get("/wechat", params=platform.query()).status_code == 404
    assert client.post("/wechat", params=platform.query(), content=b"<xml/>").status_code == 404
    names = ("ui.channel", "assistant.passive", "assistant.webhooks")
    program = (
        "import sys, ui.running, ui.server, ui.cli.app\n"
        f"print([name for name in sys.modules if name.startswith({names!r})])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
