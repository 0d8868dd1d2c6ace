"""The clerk's page without a browser: what is uploaded, shown, stated, taken in and removed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.load import SHIPPED
from tests.ui.library.clerk import Table, draft, held, state, take_in, upload
from tests.ui.library.documents import JUMP, LINES, NAME, PAGE, TEXT, TITLE, desk_in, table_file, word_file
from ui.library import routes
from ui.library.command import Say
from ui.library.routes import library_app


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [(NAME, TEXT.encode(), "text"), (f"{TITLE}.docx", word_file(), "docx"), (f"{TITLE}.html", PAGE, "html")],
)
def test_a_file_of_any_format_is_shown_with_its_clauses_and_facts(
    client: TestClient, name: str, data: bytes, format_: str
) -> None:
    brief = upload(client, name, data)
    assert brief.status_code == 201
    assert (brief.json()["title"], brief.json()["failure"]) == (TITLE, None)
    seen = client.get(f"/v1/library/drafts/{brief.json()['draft']}").json()
    assert (seen["format"], seen["exists"]) == (format_, False)
    assert [one["number"] for one in seen["clauses"]][-2:] == ["第五条", "第六条"]
    facts = {one["key"]: one for one in seen["form"]}
    assert facts["number"]["value"] == "云人社规〔2025〕7号"
    assert facts["issued"]["stated"]["line"] == next(
        i for i, line in enumerate(seen["lines"], 1) if line["text"] == "2025年3月18日"
    )


def test_every_line_is_told_with_what_it_belongs_to(client: TestClient) -> None:
    seen = draft(client)
    assert [line["text"] for line in seen["lines"]] == list(LINES)
    holders = {line["text"]: line["holder"] for line in seen["lines"]}
    assert holders[LINES[0]] is None
    assert holders["第三条 补贴期限最长为36个月，从通过审核的次月起算。"] == f"{TITLE}:3"
    assert holders["（二）硕士研究生每月1200元。"] == f"{TITLE}:2.2"
    assert {line["role"] for line in seen["lines"] if line["holder"]} == {None}
    second = next(one for one in seen["clauses"] if one["number"] == "第二条")
    assert (second["first"], second["last"]) == (9, 11)
    assert [part["first"] for part in second["parts"]] == [10, 11]
    assert [part["title"] for part in second["parts"]] == ["博士研究生每月2000元；", "硕士研究生每月1200元。"]


def test_lines_are_right_though_a_browser_counts_characters_otherwise(client: TestClient) -> None:
    seen = draft(client, data=TEXT.replace("博士", "𠮷𠮷𠮷𠮷𠮷博士").encode())
    sixth = next(one for one in seen["clauses"] if one["number"] == "第六条")
    assert seen["lines"][sixth["first"] - 1]["text"].startswith("第六条")


def test_a_fault_names_its_line(client: TestClient) -> None:
    found = draft(client)["faults"]
    assert [(one["severity"], one["line"], one["fact"]) for one in found] == [
        ("warning", JUMP, None),
        ("warning", None, "jurisdiction"),
    ]
    assert "第三条" in found[0]["message"]
    assert ".txt" not in found[0]["message"]


def test_a_table_keeps_its_rows(client: TestClient) -> None:
    seen = draft(client, name="积分表.xlsx", data=table_file())
    rows = [line for line in seen["lines"] if line["kind"] == "row"]
    assert rows[1]["text"].split("\t") == ["学历", "博士研究生", "100"]
    assert {row["table"] for row in rows} == {1}
    assert len(seen["clauses"]) == 4


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.txt", b"", "空文件"),
        ("坏.docx", b"no word file", "已损坏"),
        ("软件.exe", b"MZ\0\0", "不读这种文件"),
        (".txt", b"x", "文件名不能用"),
        ("Thumbs.db", b"x", "文件名不能用"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing_and_stops_no_other(
    client: TestClient, name: str, data: bytes, words: str
) -> None:
    good = draft(client)
    response = upload(client, name, data)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]
    assert [one["draft"] for one in client.get("/v1/library/drafts").json()["drafts"]] == [good["draft"]]


def test_a_name_with_folders_is_the_name_alone(client: TestClient, tmp_path: Path) -> None:
    seen = draft(client, name="../../C:\\文件\\办法.txt")
    assert (seen["file"], seen["id"]) == ("办法.txt", "办法")
    assert take_in(client, seen).status_code == 200
    assert {path.name for path in tmp_path.iterdir()} == {"library", "drafts"}


def test_an_upload_that_is_too_large_is_not_read_to_its_end(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MOST_BYTES_OF_PAGES", 1000)
    response = upload(client, data=b"x" * 1001)
    assert response.status_code == 413
    assert "超过上限" in response.json()["detail"]

    def chunks() -> Any:  # noqa: ANN401
        for _ in range(3):
            yield b"x" * 600

    assert client.post("/v1/library/drafts", params={"name": NAME}, content=chunks()).status_code == 413
    assert client.get("/v1/library/drafts").json() == {"drafts": []}


def test_all_but_uploads_have_a_small_limit(client: TestClient) -> None:
    seen = draft(client)
    response = client.put(f"/v1/library/drafts/{seen['draft']}/facts", content=b" " * 600_000)
    assert response.status_code == 413


def test_what_is_typed_is_kept_right_or_wrong(client: TestClient) -> None:
    seen = state(client, draft(client), issued="去年", number="云人社规〔2025〕8号")
    facts = {one["key"]: one for one in client.get(f"/v1/library/drafts/{seen['draft']}/facts").json()["form"]}
    assert (facts["issued"]["value"], facts["issued"]["mistake"]) == ("去年", "day")
    assert (facts["number"]["value"], facts["number"]["checked"]) == ("云人社规〔2025〕8号", True)
    response = take_in(client, seen)
    assert response.status_code == 422
    assert response.json()["errors"] == [{"field": "issued", "message": "day"}]
    assert held(client).keys() == {"anhui-2023-4", "harbin-66"}


def test_taken_in_a_file_stands_in_the_library_with_its_facts(client: TestClient, tmp_path: Path) -> None:
    seen = state(client, draft(client), jurisdiction="云泽市", status="现行")
    response = take_in(client, seen)
    assert response.status_code == 200
    assert response.json()["title"] == TITLE
    home = tmp_path / "library" / "documents" / TITLE
    assert (home / NAME).read_text() == TEXT
    facts = (home / f"{TITLE}.toml").read_text()
    assert 'jurisdiction = ["云泽市"]' in facts
    assert "# 0.95 2025年3月18日\nissued = 2025-03-18" in facts
    row = held(client)[TITLE]
    assert (row["number"], row["jurisdiction"], row["state"]) == ("云人社规〔2025〕7号", ["云泽市"], "waiting")
    assert client.get("/v1/library/drafts").json() == {"drafts": []}
    shown = client.get(f"/v1/library/documents/{TITLE}").json()
    assert shown["draft"] is None
    assert {one["key"]: one["value"] for one in shown["form"]}["jurisdiction"] == "云泽市"


def test_a_file_that_states_nothing_of_itself_can_be_read_again(client: TestClient) -> None:
    assert take_in(client, draft(client, name="积分表.xlsx", data=table_file())).status_code == 200
    assert "积分表" in held(client)
    assert client.get("/v1/library/documents").json()["failures"] == []


def test_untouched_facts_are_taken_as_the_command_line_takes_them(client: TestClient, tmp_path: Path) -> None:
    take_in(client, draft(client))
    facts = (tmp_path / "library" / "documents" / TITLE / f"{TITLE}.toml").read_text()
    assert f'title = "{TITLE}"' in facts
    assert "# 0.95" in facts


def test_a_document_makes_way_only_when_that_was_agreed(client: TestClient) -> None:
    assert take_in(client, draft(client)).status_code == 200
    again = draft(client, data=TEXT.replace("36个月", "24个月").encode())
    assert again["exists"]
    refused = take_in(client, again)
    assert refused.status_code == 409
    assert "替换" in refused.json()["detail"]
    assert take_in(client, again, replace=True).status_code == 200
    assert any("24个月" in line["text"] for line in client.get(f"/v1/library/documents/{TITLE}").json()["lines"])


def test_errors_block_unless_the_clerk_says_to_go_on(client: TestClient) -> None:
    seen = draft(client, data=TEXT.replace("第三条", "弟三条").replace("第五条", "第四条").encode())
    assert "error" in [one["severity"] for one in seen["faults"]]
    assert take_in(client, seen).status_code == 422
    assert take_in(client, seen, go_on=True).status_code == 200


def test_versions_are_named(client: TestClient) -> None:
    take_in(client, draft(client))
    other = draft(client, name="另一份.docx", data=word_file())
    assert other["versions"][0]["likeness"] == "text"
    assert TITLE in [one["id"] for one in other["versions"][0]["documents"]]
    take_in(client, other)
    assert client.get("/v1/library/documents").json()["versions"][0]["likeness"] == "text"


def test_a_document_is_corrected_as_a_draft_that_takes_its_place(client: TestClient) -> None:
    response = client.post("/v1/library/documents/harbin-66/draft")
    assert response.status_code == 201
    seen = client.get(f"/v1/library/drafts/{response.json()['draft']}").json()
    assert (seen["id"], seen["exists"]) == ("harbin-66", True)
    seen = state(client, seen, issuer="某市人民政府")
    assert take_in(client, seen, replace=True).status_code == 200
    assert held(client)["harbin-66"]["issuer"] == "某市人民政府"


def test_a_correction_keeps_what_stands_beside_the_file_that_the_form_does_not_show(
    client: TestClient, tmp_path: Path
) -> None:
    id_ = client.post("/v1/library/documents/harbin-66/draft").json()["draft"]
    seen = state(client, client.get(f"/v1/library/drafts/{id_}").json(), status="现行")
    take_in(client, seen, replace=True)
    home = tmp_path / "library" / "documents" / "harbin-66"
    assert "title_en = " in (home / "harbin-66.toml").read_text()
    for ending in ("plain", "apply"):
        assert (home / f"harbin-66.{ending}.yaml").read_bytes() == (SHIPPED / f"harbin-66.{ending}.yaml").read_bytes()


def test_a_document_is_removed(client: TestClient) -> None:
    assert client.delete("/v1/library/documents/harbin-66").status_code == 200
    assert held(client).keys() == {"anhui-2023-4"}
    for path in ("harbin-66", "..", "%2e%2e%2fdrafts"):
        assert client.delete(f"/v1/library/documents/{path}").status_code in (404, 405)


def test_a_draft_is_put_aside(client: TestClient) -> None:
    seen = draft(client)
    assert client.delete(f"/v1/library/drafts/{seen['draft']}").status_code == 204
    response = client.get(f"/v1/library/drafts/{seen['draft']}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_what_is_taken_in_changes_the_library_alone(tmp_path: Path) -> None:
    def run(_arguments: Sequence[str], _say: Say) -> Table:
        raise AssertionError

    client = TestClient(library_app(desk_in(tmp_path, run)))
    take_in(client, draft(client))
    assert client.get("/v1/library/publication").json()["state"] == "idle"


def test_where_another_folder_is_searched_that_is_said(tmp_path: Path) -> None:
    client = TestClient(library_app(desk_in(tmp_path, elsewhere=Path("/srv/texts"))))
    assert client.get("/v1/library/documents").json()["elsewhere"] == "/srv/texts"
    assert {row["state"] for row in held(client).values()} == {None}


@pytest.mark.parametrize(
    ("typed", "field"),
    [({}, "values"), ({"values": {}, "x": 1}, "x"), ({"values": {"title": 1}}, "values.title")],
)
def test_a_form_that_is_none_is_refused_with_its_field(client: TestClient, typed: Table, field: str) -> None:
    seen = draft(client)
    response = client.put(f"/v1/library/drafts/{seen['draft']}/facts", json=typed)
    assert response.status_code == 422
    assert field in [one["field"] for one in response.json()["errors"]]


@pytest.mark.parametrize("path", ["/library", "/library/drafts/x", "/library/documents/某文件"])
@pytest.mark.parametrize(("query", "lang"), [("", "zh-CN"), ("?lang=en", "en")])
def test_the_pages_have_no_inline_script_or_style(client: TestClient, path: str, query: str, lang: str) -> None:
    page = client.get(path + query)
    assert page.status_code == 200
    assert f'<html lang="{lang}">' in page.text
    assert page.text.count("<script") == page.text.count('<script type="module" src="/ui/library/')
    assert "style=" not in page.text
    assert "<style" not in page.text
