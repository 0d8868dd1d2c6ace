"""Accounts and keys, as an admin makes and ends them, and nobody else."""

import re

import pytest
from fastapi.testclient import TestClient

from assistant.access.access import Access
from assistant.access.roles import Role
from tests.people import PASSWORD
from tests.ui.signin.signing import EVENTS, NEW, client_of, sign_in


def test_an_admin_makes_changes_and_removes_accounts(client: TestClient, access: Access) -> None:
    sign_in(client)
    made = client.post("/admin/accounts", data={"name": "Li", "role": "agent", "password": PASSWORD})
    assert made.headers["location"] == "/admin?done=created"
    assert client.post("/admin/accounts/role", data={"name": "li", "role": "editor"}).status_code == 303
    assert client.post("/admin/accounts/lock", data={"name": "li"}).headers["location"] == "/admin?done=locked"
    assert [(one.role, one.locked) for one in access.accounts.all() if one.name == "li"] == [(Role.EDITOR, True)]
    assert client.post("/admin/accounts/lock", data={"name": "li", "off": "1"}).status_code == 303
    fresh = client.post("/admin/accounts/password", data={"name": "li", "password": NEW})
    assert fresh.headers["location"] == "/admin?done=password"
    with client_of(access) as other:
        assert sign_in(other, name="li", password=NEW).status_code == 303
        assert client.post("/admin/accounts/remove", data={"name": "li"}).status_code == 303
    assert {what.get("by") for event, what in EVENTS if event != "signin"} == {"ada"}
    for path, form in (
        ("/accounts", {"name": "li", "role": "boss", "password": PASSWORD}),
        ("/accounts", {"name": "li", "role": "agent", "password": "short"}),
        ("/accounts/remove", {"name": "ada"}),
        ("/accounts/password", {"name": "ada", "password": NEW}),
        ("/accounts/password", {"name": " ADA ", "password": NEW}),
        ("/accounts/password", {"name": "edith", "password": "short"}),
        ("/accounts/role", {"name": "nobody", "role": "agent"}),
        ("/keys", {"role": "boss"}),
        ("/keys", {"role": "agent", "days": "soon"}),
        ("/keys", {"role": "agent", "days": "0"}),
        ("/keys/revoke", {"id": "nobody"}),
    ):
        refused = client.post(f"/admin{path}", data=form)
        assert (refused.status_code, 'role="alert"' in refused.text) == (422, True), path
        english = client.post(f"/admin{path}?lang=en", data=form).text
        fault = re.findall(r'role="alert">([^<]*)', english)[0]
        assert not re.search(r"[\u3400-\u9fff]", fault), fault


def test_a_key_is_shown_once_and_holds_until_it_is_revoked(client: TestClient, access: Access) -> None:
    sign_in(client)
    page = client.post("/admin/keys", data={"role": "editor", "note": "<b>工单", "days": "30"})
    assert page.headers["cache-control"] == "no-store"
    sent = re.findall(r"pqa_[0-9a-f]{12}_[\w-]{43}", page.text)[0]
    listed = client.get("/admin").text
    assert sent[17:] not in listed
    assert "&lt;b&gt;工单" in listed
    with client_of(access) as program:
        program.headers["authorization"] = f"Bearer {sent}"
        assert program.get("/library").text == "office"
        assert client.post("/admin/keys/revoke", data={"id": sent[4:16]}).status_code == 303
        assert program.get("/library", headers={"accept": "*/*"}).status_code == 401
    assert [what["by"] for event, what in EVENTS if event.startswith("key")] == ["ada", "ada"]


@pytest.mark.parametrize("role", [Role.AGENT, Role.EDITOR])
def test_who_is_no_admin_sees_and_makes_no_account(client: TestClient, role: Role) -> None:
    sign_in(client, role)
    assert client.get("/admin").status_code == 403
    assert client.post("/admin/accounts", data={"name": "x", "role": "admin", "password": PASSWORD}).status_code == 403
    assert client.post("/account/password", data={"now": PASSWORD, "password": NEW, "again": NEW}).status_code == 303


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client: TestClient) -> None:
    sign_in(client)
    page = client.post("/admin/accounts", data={"name": "li", "role": "editor", "password": "short"}).text
    form = page[page.index('action="/admin/accounts"') :]
    assert 'value="li"' in form
    assert '<option value="editor" selected>' in form
    assert re.search(
        r'name="password"[^>]*aria-invalid="true"[^>]*><strong class="wrong" id="wrong" role="alert">密码', form
    )
    keys = client.post("/admin/keys", data={"role": "editor", "note": "工单", "days": "soon"}).text
    assert re.search(r'name="days" value="soon"[^>]*aria-invalid="true"', keys)
    assert 'name="note" value="工单"' in keys
