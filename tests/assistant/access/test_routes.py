"""The table of roles: what it says of paths that it has, and of those that it has not."""

import pytest

from assistant.access.roles import Role
from assistant.access.routes import OFFICE, ROUTES, role_of


def test_no_route_is_in_two_lines() -> None:
    names = [one.names for one in ROUTES]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("root", OFFICE)
@pytest.mark.parametrize("path", ["/no-such-page", "/a/b/c", "/assets/x.js", "/match"])
def test_what_is_unknown_is_admins_in_the_office(root: str, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        known = {(one.method, one.path.count("/")) for one in ROUTES if one.path.startswith(f"{root}/{{")}
        if (method, (root + path).count("/")) not in known:
            assert role_of(method, root + path) is Role.ADMIN


@pytest.mark.parametrize("path", ["/librarian", "/agents", "/v1/ask/x", "/en", "/en/match", "/nowhere", "/adminx"])
def test_what_is_unknown_elsewhere_is_for_anybody_who_then_finds_nothing(path: str) -> None:
    assert role_of("GET", path) is Role.PUBLIC


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_a_method_that_a_path_of_the_office_has_not_is_admins(method: str) -> None:
    assert role_of(method, "/agent") is Role.ADMIN
    assert role_of(method, "/v1/handover") is Role.ADMIN


def test_reading_and_writing_are_told_apart() -> None:
    assert (role_of("GET", "/v1/gaps/x"), role_of("POST", "/v1/gaps/x/keep")) == (Role.AGENT, Role.EDITOR)
    assert (role_of("POST", "/v1/handover"), role_of("GET", "/v1/handover/123456")) == (Role.PUBLIC, Role.AGENT)


def test_head_and_a_slash_at_the_end_change_nothing() -> None:
    for path in ("/agent", "/library", "/admin", "/overview", "/gaps/x"):
        assert role_of("HEAD", path) is role_of("GET", path) is role_of("GET", f"{path}/")


def test_metrics_are_for_everybody_in_open_access_alone() -> None:
    assert (role_of("GET", "/metrics"), role_of("GET", "/metrics", is_open=True)) == (Role.AGENT, Role.PUBLIC)
