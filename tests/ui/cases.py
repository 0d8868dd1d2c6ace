"""Every route of API, pages, console and office as OpenAPI, and schemathesis run by it: `make cases`.

What is posted, and what stands in paths and queries, is generated from the types that the routes declare, right and
wrong. Each answer is held against what its route promises: routes in JSON promise statuses, headers and bodies, pages
nothing but that they are no server error; and every answer must come in time. What is posted changes the library, in a
folder of its own. Signing in is left out: it is slow on purpose (tests/ui/signin).
"""

import json
import re
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext, iter_route_contexts

from assistant.api.schemas import with_problems
from assistant.feedback.store import FeedbackStore
from assistant.operations.admission import Turns
from assistant.operations.metrics import Metrics
from assistant.question.limits import DEFAULT_LIMITS
from assistant.settings import Settings
from corpus.errors import InputError
from eval.speed.checkout import HERE, Checkout
from ui.channel.opening import open_wechat
from ui.cli.assistant import open_assistant
from ui.edition import Press, Site
from ui.office import Office
from ui.operation.routes import OPERATION
from ui.operation.running import Control

_NO_ERROR = ("not_a_server_error",)
_ALL = (
    *_NO_ERROR,
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
_IN_JSON = re.compile(r"/(?:v1/|healthz|readyz|openapi\.json)")
_OF_AN_OPERATION = re.compile(r"^_{3,} (\S+ \S+) _{3,}$(.*?)(?=^_{3,} |^={3,} )", re.MULTILINE | re.DOTALL)
_HANGING_SECONDS = 20
_AT_ONCE = 2  # requests
_TOKEN, _SITE = "policyqaToken1", "https://policy.example.gov.cn"  # so that the account's route is there


@dataclass(frozen=True, slots=True)
class Cases:
    """What became of the generated requests."""

    operations: int
    cases: int
    failures: Sequence[str]  # what was not as promised, and what did not come in time; one of each kind


def apps_of(settings: Settings) -> list[FastAPI]:
    """What the site is made of: API and pages, and the office."""
    assistant, feedback, metrics = open_assistant(settings), FeedbackStore(settings.feedback), Metrics()
    control = Control(settings)
    wechat = open_wechat(settings, control.audit.database, control.operation)
    press = Press(feedback, metrics, Turns(1, 1, metrics), DEFAULT_LIMITS, adapters=(wechat,))
    site = Site(press, press.chat(assistant))
    return [press.api(assistant), Office(settings, site, feedback, control.pages()).routes()]


def every_route(apps: Sequence[FastAPI]) -> dict[str, Any]:
    """The OpenAPI document of every route of these apps, also of those that the public one leaves out."""
    routes = [context for app in apps for context in _shown(app)]
    return with_problems(get_openapi(title="policyqa", version="1", routes=routes))


def run_cases(document: Mapping[str, Any], address: str, examples: int, work: Path) -> Cases:
    """Up to `examples` random requests for each operation, beside those that cover every type and its wrong values.

    Raises InputError where schemathesis is missing or cannot run.
    """
    paths: Mapping[str, Any] = document["paths"]
    in_json = {path: item for path, item in paths.items() if _IN_JSON.match(path)}
    switching = {path: item for path, item in paths.items() if path.startswith(f"{OPERATION}/")}
    pages = {path: item for path, item in paths.items() if path not in in_json and path not in switching}
    found = [
        _run({**document, "paths": those}, address, examples, work, checks)
        # last what may switch answers off: from then on 503 is what is promised
        for those, checks in ((in_json, _ALL), (pages, _NO_ERROR), (switching, _NO_ERROR))
    ]
    return Cases(
        sum(one.operations for one in found),
        sum(one.cases for one in found),
        [failure for one in found for failure in one.failures],
    )


def _run(document: Mapping[str, Any], address: str, examples: int, work: Path, checks: Sequence[str]) -> Cases:
    schema = work / "openapi.json"
    schema.write_text(json.dumps(document), encoding="utf-8")
    options = {
        "url": address,
        "checks": ",".join(checks),
        "phases": "examples,coverage,fuzzing",
        "max-examples": examples,
        "request-timeout": _HANGING_SECONDS,
        "workers": _AT_ONCE,
        "generation-database": "none",
        "warnings": "off",
    }
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", str(schema), "--continue-on-failure"]
    command += [f"--{name}={value}" for name, value in options.items()]
    command += [f"--header=Origin: {address}", "--header=Sec-Fetch-Site: same-origin"]
    try:
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    except OSError as error:
        raise InputError(f"没有 schemathesis，请安装 policyqa[test]。Install policyqa[test]: {error}") from error
    return read_summary(done.stdout)


def read_summary(said: str) -> Cases:
    """What schemathesis says at its end, and what failed. Raises InputError where it says nothing."""
    operations, cases = re.search(r"Tested: (\d+)", said), re.search(r"(\d+) generated", said)
    if not operations or not cases:
        raise InputError(f"schemathesis 没有跑完。It did not run to its end: {said[-1000:]}")
    # ____ GET /v1/… ____ begins what is said of one operation, 1. Test Case ID one of its failures.
    failures = []
    for operation, told in re.findall(
        r"^_{3,} (\S+ \S+) _{3,}$(.*?)(?=^_{3,} |^={3,} )", said, re.MULTILINE | re.DOTALL
    ):
        for one in re.split(r"^- ", told, flags=re.MULTILINE)[1:]:
            again = re.findall(r"^\[\d{3}\].*$|^ +curl .+$", one, re.MULTILINE)  # the status, and how to ask it again
            failures.append(" ".join((f"{operation}: {one.splitlines()[0]}", *map(str.strip, again))))
    return Cases(int(operations[1]), int(cases[1]), failures)


def _shown(app: FastAPI) -> Iterator[RouteContext]:
    """The routes of an app, each with a place in the document."""
    for context in iter_route_contexts(app.routes):
        route = context._effective_route
        if hasattr(route, "include_in_schema") and hasattr(route, "response_model"):
            route.include_in_schema = True
            yield context


def main() -> None:
    """Exits with 1 where something was not as promised."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200, help="random requests for each route")
    examples: int = parser.parse_args().examples
    with TemporaryDirectory() as folder:
        checkout = Checkout(HERE, Path(folder), {"WECHAT_TOKEN": _TOKEN, "PUBLIC_URL": _SITE})
        checkout.build_index()
        described = Settings(
            index=checkout.work / "index",
            feedback=checkout.work / "described.sqlite3",
            wechat_token=_TOKEN,
            public_url=_SITE,
        )
        with checkout.serving(log=checkout.work / "log") as server:
            document = every_route(apps_of(described))
            found = run_cases(document, f"http://127.0.0.1:{server.port}", examples, checkout.work)
    print(f"{found.operations} routes, {found.cases} cases, {len(found.failures)} failures")
    print(*found.failures, sep="\n")
    sys.exit(bool(found.failures))


if __name__ == "__main__":
    main()
