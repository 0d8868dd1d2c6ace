"""Signing in and out, one's own password and sessions: as a browser sends them."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from assistant.access.access import Access, open_access
from assistant.access.roles import Role
from assistant.settings import Settings
from tests.people import PASSWORD
from tests.stub_issuer import running_issuer
from tests.ui.signin.signing import EVENTS, NEW, TLS, client_of, sign_in
from ui.page.root import build_under
from ui.signin.address import own_path
from ui.signin.app import NO_ADMIN, OPEN_ELSEWHERE, OPEN_HERE, said_at_start


def test_one_signs_in_works_and_signs_out(client: TestClient) -> None:
    assert client.get("/library").headers["location"] == "/signin?next=%2Flibrary"
    page = client.get("/signin?next=/library")
    assert 'value="/library"' in page.text
    done = sign_in(client, Role.EDITOR, next="/library?x=1")
    assert (done.status_code, done.headers["location"]) == (303, "/library?x=1")
    assert client.get("/library").text == "office"
    out = client.post("/signout")
    assert (out.status_code, out.headers["location"]) == (303, "/signin?done=out")
    assert client.get("/library").status_code == 303
    assert [event for event, _ in EVENTS] == ["signin", "signout"]


@pytest.mark.parametrize(("role", "home"), [(Role.AGENT, "/agent"), (Role.EDITOR, "/library"), (Role.ADMIN, "/admin")])
def test_without_a_place_to_go_one_goes_to_work(client: TestClient, role: Role, home: str) -> None:
    assert sign_in(client, role).headers["location"] == home


def test_the_cookie_is_for_this_host_over_tls_and_no_script_reads_it(access: Access) -> None:
    with client_of(access, TLS, "203.0.113.5") as client:
        cookie = sign_in(client).headers["set-cookie"]
    assert cookie.startswith("__Host-policyqa_session=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    with client_of(access) as client:
        here = sign_in(client).headers["set-cookie"]
    assert here.startswith("policyqa_session=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(here.split("; "))
    assert "Secure" not in here


@pytest.mark.parametrize("forwarded", [False, True])
def test_nobody_signs_in_where_others_can_read_along(access: Access, forwarded: bool) -> None:
    peer = "127.0.0.1" if forwarded else "203.0.113.5"
    with client_of(access, "http://policy.example", peer) as client:
        headers = {"x-forwarded-for": "203.0.113.5"} if forwarded else {}
        client.headers.update(headers)
        assert "没有加密" in client.get("/signin").text
        assert "password" not in re.sub("policyqa[^<]*", "", client.get("/signin").text.lower())
        refused = sign_in(client)
        assert "没有加密" in refused.text
        assert "set-cookie" not in refused.headers
        assert EVENTS == []


def test_a_proxy_that_is_trusted_tells_of_tls(access: Access) -> None:
    with client_of(access, "http://policy.example", "10.0.0.9") as client:
        forwarded = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.5", "origin": TLS}
        client.headers.update(forwarded)
        assert sign_in(client).headers["set-cookie"].startswith("__Host-")
        assert EVENTS[0][1]["address"] == "203.0.113.5"


def test_each_sign_in_is_another_session_and_ends_the_one_before(client: TestClient, access: Access) -> None:
    sign_in(client)
    first = client.cookies["policyqa_session"]
    sign_in(client)
    assert client.cookies["policyqa_session"] != first
    assert access.sessions.find(first) is None
    client.cookies["policyqa_session"] = "chosen-by-somebody-else"
    sign_in(client)
    assert access.sessions.find("chosen-by-somebody-else") is None


def test_a_wrong_password_is_said_without_telling_what_was_wrong(client: TestClient) -> None:
    wrong = sign_in(client, password="wrong password")
    nobody = sign_in(client, name="nobody")
    assert (wrong.status_code, nobody.status_code) == (401, 401)
    assert "账号或密码不对" in wrong.text
    assert wrong.text.replace("ada", "nobody") == nobody.text
    assert "wrong password" not in wrong.text
    assert [event for event, _ in EVENTS] == ["signin_failed", "signin_failed"]
    for _ in range(4):
        sign_in(client, password="wrong password")
    waiting = sign_in(client)
    assert waiting.status_code == 429
    assert 1 <= int(waiting.headers["retry-after"]) <= 31
    assert "1 分钟后再试" in waiting.text


EVIL = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/%0d/x\r\nset-cookie:a=b",
    "javascript:alert(1)",
    "http:evil.example",
    " //evil.example",
    "evil.example",
    "///evil.example",
    "/x y",
    "/安徽",
    "/" + "x" * 1500,
    "",
    "/signin?next=/",
    "/signout",
]


@pytest.mark.parametrize("address", EVIL)
def test_one_is_led_to_no_other_site(client: TestClient, address: str) -> None:
    assert own_path(address) == ""
    assert sign_in(client, next=address).headers["location"] == "/admin"
    assert "evil" not in client.get("/signin", params={"next": address}).text


OWN = ["/", "/library", "/library/documents/%E5%AE%89?lang=en&x=//a", "/gaps/x#y", "/a//b"]


@pytest.mark.parametrize("address", OWN)
def test_one_is_led_back_to_where_one_was(client: TestClient, address: str) -> None:
    assert sign_in(client, next=address).headers["location"] == address


def test_under_a_path_of_the_host_everything_stays_below_it(access: Access) -> None:
    build_under("/policy")
    try:
        with client_of(access, root="/policy") as client:
            led = client.get("/policy/library")
            assert led.headers["location"] == "/policy/signin?next=%2Flibrary"
            assert 'action="/policy/signin"' in client.get("/policy/signin").text
            data = {"name": "ada", "password": PASSWORD, "next": "/library"}
            assert client.post("/policy/signin", data=data).headers["location"] == "/policy/library"
    finally:
        build_under("")


def test_a_change_of_password_ends_all_other_sessions(client: TestClient, access: Access) -> None:
    sign_in(client)
    with client_of(access) as elsewhere:
        sign_in(elsewhere)
        form = {"now": PASSWORD, "password": NEW, "again": NEW}
        assert client.post("/account/password", data=form).headers["location"] == "/account?done=changed"
        assert client.get("/account").status_code == 200
        assert elsewhere.get("/account").status_code == 303
        assert sign_in(elsewhere).status_code == 401
        assert sign_in(elsewhere, password=NEW).status_code == 303
    assert [event for event, _ in EVENTS] == ["signin", "signin", "password_changed", "signin_failed", "signin"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"now": "wrong password", "password": NEW, "again": NEW}, "现在的密码不对"),
        ({"now": PASSWORD, "password": NEW, "again": NEW + "x"}, "两次输入的新密码不一样"),
        ({"now": PASSWORD, "password": "short", "again": "short"}, "至少 12"),
        ({"now": PASSWORD, "password": "Ada and so on", "again": "Ada and so on"}, "不能含有账号名"),
        ({}, "现在的密码不对"),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(client: TestClient, form: dict[str, str], words: str) -> None:
    sign_in(client)
    refused = client.post("/account/password", data=form)
    assert (refused.status_code, words in refused.text) == (422, True)
    assert sign_in(client).status_code == 303


def test_ones_sessions_are_listed_and_can_be_ended(client: TestClient, access: Access) -> None:
    sign_in(client)
    with client_of(access) as second, client_of(access) as third:
        second.headers["user-agent"] = "<script>second"
        sign_in(second)
        sign_in(third)
        page = client.get("/account").text
        assert "&lt;script&gt;second" in page
        found = next(one for one in access.sessions.of("ada") if "second" in one.browser)
        client.post("/account/sessions", data={"id": found.id})
        assert [one.get("/account").status_code for one in (client, second, third)] == [200, 303, 200]
        client.post("/account/sessions")
        assert [one.get("/account").status_code for one in (client, second, third)] == [200, 303, 303]
        assert found.id not in client.get("/account").text
        sign_in(third, Role.AGENT)
        hers = access.sessions.of("agnes")[0].id
        client.post("/account/sessions", data={"id": hers})
        assert third.get("/account").status_code == 200


def test_a_role_that_was_taken_away_no_longer_holds(client: TestClient, access: Access) -> None:
    sign_in(client, Role.EDITOR)
    assert client.get("/library").text == "office"
    with client_of(access) as admin:
        sign_in(admin)
        admin.post("/admin/accounts/role", data={"name": "edith", "role": "agent"})
    assert client.get("/library").status_code == 403


def test_without_an_admin_page_and_start_say_how_to_make_one(tmp_path: Path, access: Access) -> None:
    empty = open_access(Settings(index=tmp_path / "other", feedback=tmp_path / "other.sqlite3", access="roles"))
    assert said_at_start(empty, "0.0.0.0") == NO_ADMIN
    assert said_at_start(access, "0.0.0.0") == ""
    assert (said_at_start(None, "127.0.0.1"), said_at_start(None, "0.0.0.0")) == (OPEN_HERE, OPEN_ELSEWHERE)
    with client_of(empty) as client:
        assert "policyqa accounts create NAME --role admin" in client.get("/signin").text
    with client_of(access) as client:
        assert "accounts create" not in client.get("/signin").text


def test_a_form_that_is_too_large_is_refused(client: TestClient) -> None:
    assert client.post("/signin", content=b"name=" + b"x" * 30_000).status_code == 413


def test_one_signs_in_by_the_organisation_and_has_the_role_that_is_granted(tmp_path: Path) -> None:
    with running_issuer() as issuer:
        settings = Settings(
            index=tmp_path / "index",
            feedback=tmp_path / "f.sqlite3",
            access="roles",
            access_grants=("clerks=editor",),
            oidc_issuer=issuer.address,
            oidc_client="policyqa",
            oidc_claim="realm.groups",
        )
        EVENTS.clear()
        access = open_access(settings, EVENTS)
        with client_of(access) as client:
            assert "/signin/oidc?next=%2Flibrary" in client.get("/signin?next=/library").text

            def sign_in_there() -> str:
                led = client.get("/signin/oidc?next=/library")
                sent = parse_qs(urlsplit(led.headers["location"]).query)
                issuer.nonce = sent["nonce"][0]
                return f"/signin/oidc/back?code=abc&state={sent['state'][0]}"

            back = sign_in_there()
            done = client.get(back)
            assert (done.status_code, done.headers["location"]) == (303, "/library")
            assert client.get("/library").text == "office"
            assert "统一登录进入" in client.get("/account").text  # there is no password of ours
            assert client.get(back).headers["location"] == "/signin?fault=stale"  # a second time
            assert client.get("/admin").status_code == 403
            client.post("/signout")
            issuer.claims["realm"] = {"groups": ["others"]}
            refused = client.get(sign_in_there())
            assert refused.headers["location"] == "/signin?fault=nobody"
            assert "还没有分配角色" in client.get(refused.headers["location"]).text
            assert client.get("/library").status_code == 303
    assert [event for event, _ in EVENTS] == ["signin", "signin_failed", "signout", "signin_failed"]
    assert EVENTS[0][1]["means"] == "oidc"


def test_a_refusal_says_who_has_signed_in_and_leads_out(client: TestClient) -> None:
    sign_in(client, Role.AGENT)
    page = client.get("/admin").text
    assert "已登录：agnes" in page
    assert "换一个账号登录" in page
