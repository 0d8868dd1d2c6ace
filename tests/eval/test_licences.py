"""Everything that is installed with this package may be passed on with it, and the page says under which licence."""

import re
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from eval.licences import ALLOWED, PAGE, WITH_TORCH, installed_with, licence_of


@pytest.mark.parametrize("name", sorted(installed_with(without=WITH_TORCH)))
def test_every_package_may_be_passed_on(name: str) -> None:
    licence = licence_of(installed_with(without=WITH_TORCH)[name])
    assert ALLOWED.search(licence), f"{name}: {licence!r}"
    assert not re.search(r"(?<!L)GPL|Proprietary|Commercial", licence), f"{name}: {licence!r}"


def test_every_dependency_stands_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    wanted = [Requirement(line) for line in requires("policyqa") or ()]
    for one in wanted:
        if one.marker is None or one.marker.evaluate({"extra": ""}):
            assert re.search(rf"^\| {re.escape(canonicalize_name(one.name))}( \*)? \| [^—]", page, re.MULTILINE), (
                one.name
            )


def test_without_torch_its_own_needs_are_left_out_too() -> None:
    shipped = installed_with(without=WITH_TORCH)
    assert not {"torch", "transformers", "sentence-transformers", "sympy"} & shipped.keys()
    assert "numpy" in shipped
