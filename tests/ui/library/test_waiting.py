"""What a clerk is told of a file that waits, and that the same file waits once."""

from fastapi.testclient import TestClient

from tests.ui.library.clerk import draft, held, state, take_in, upload
from tests.ui.library.documents import TEXT, TITLE, table_file


def test_lines_that_nobody_can_cite_are_marked_and_head_and_end_are_not(client: TestClient) -> None:
    long = "（一）各区应当按照就近便民的原则安排停车位，统筹医院和学校周边的需要。"
    data = f"云泽市停车办法\n各县（市、区）：\n一、安排\n{long}\n1.医院三成。\n2.学校两成。\n2025年3月18日\n".encode()
    seen = draft(client, name="安排.txt", data=data)
    assert [line["text"] for line in seen["lines"] if line["unplaced"]] == [long]
    assert [one["line"] for one in seen["faults"] if "不在任何条款里" in one["message"]] == [4]
    assert client.get("/v1/library/drafts").json()["drafts"][0]["unplaced"] == 1


def test_facts_that_were_not_read_are_named(client: TestClient) -> None:
    upload(client, "积分表.xlsx", table_file())
    (brief,) = client.get("/v1/library/drafts").json()["drafts"]
    assert (brief["errors"], brief["missing"]) == (0, ["title", "jurisdiction", "issuer"])


def test_a_fact_that_was_emptied_is_shown_as_it_will_be(client: TestClient) -> None:
    seen = state(client, draft(client), issuer="")
    assert "issuer" not in seen["missing"]
    take_in(client, seen)
    assert held(client)[TITLE]["issuer"] is None


def test_the_same_file_waits_once_and_keeps_what_was_typed(client: TestClient) -> None:
    seen = state(client, draft(client), status="现行")
    assert upload(client).json()["draft"] == seen["draft"]
    assert upload(client, data=TEXT.replace("36", "24").encode()).json()["draft"] != seen["draft"]
    assert len(client.get("/v1/library/drafts").json()["drafts"]) == 2
    values = {one["key"]: one["value"] for one in draft(client)["form"]}
    assert values["status"] == "现行"
    corrected = {client.post("/v1/library/documents/harbin-66/draft").json()["draft"] for _ in range(2)}
    assert len(corrected) == 1
