"""Alert rules and dashboard ask for metrics, labels, routes and statuses that there are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant.answer import Status
from assistant.operations.metrics import Metrics

ROOT = Path(__file__).parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
_NAME = re.compile(r"\bpolicyqa_\w+")
_MATCHED = re.compile(r"\b(policyqa_\w+)\{([^}]*)\}")
_GROUPED = re.compile(r"by \(([\w, ]+)\)")


def _expressions() -> Iterator[str]:
    rules = yaml.safe_load((MONITORING / "alerts.yaml").read_text(encoding="utf-8"))
    for group in rules["groups"]:
        yield from (rule["expr"] for rule in group["rules"])
    for panel in json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def _exposed() -> dict[str, set[str]]:
    """The labels of every series, by its name as it is exposed."""
    found = {}
    for collector, names in Metrics()._registry._collector_to_names.items():
        labels = set(getattr(collector, "_labelnames", ()))
        for name in names:
            found[name] = labels | ({"le"} if name.endswith("_bucket") else set())
    return found


@pytest.mark.parametrize("expression", sorted(set(_expressions())))
def test_every_series_and_label_is_exposed(expression: str) -> None:
    exposed = _exposed()
    assert set(_NAME.findall(expression)) <= exposed.keys()
    for name, matchers in _MATCHED.findall(expression):
        assert set(re.findall(r"(\w+)\s*[=!]", matchers)) <= exposed[name]
    names = _NAME.findall(expression)
    for labels in _GROUPED.findall(expression):
        assert set(re.split(r", ?", labels)) <= set.union(*(exposed[name] for name in names))


def test_statuses_and_routes_in_them_are_real() -> None:
    everything = "\n".join(_expressions())
    assert set(re.findall(r'policyqa_answers_total\{status="(\w+)"', everything)) <= set(Status)
    assert set(re.findall(r'route="([^"]+)"', everything)) == {"/v1/ask"}


def test_every_alert_says_in_both_languages_what_it_is_and_what_to_do() -> None:
    rules = yaml.safe_load((MONITORING / "alerts.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        assert re.search(r"[\u4e00-\u9fff].* · [a-z]", rule["annotations"]["summary"])
        assert rule["annotations"]["description"].endswith(".")
        assert rule["labels"]["severity"] in {"page", "ticket"}
