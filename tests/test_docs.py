"""The documentation cannot rot: what is in the code stands in README.md or docs/, and what they name exists."""

import re
from collections.abc import Iterator
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer
from fastapi.routing import APIRoute
from pydantic import BaseModel

from assistant.answer import Audience, BlockKind, Reason, Status
from assistant.api import completions, matching_schemas, schemas
from assistant.audit.audit import Audit
from assistant.completions import completion, request
from assistant.database.database import Database
from assistant.feedback.store import REASONS, FeedbackStore, Verdict
from assistant.feedback.table import FEEDBACK
from assistant.handover.keys import KeyFile
from assistant.handover.store import Handovers
from assistant.messages import languages
from assistant.operations.metrics import Metrics
from assistant.service import Assistant
from assistant.settings import PREFIX, Settings
from assistant.switches.operation import Operation
from assistant.switches.switchboard import Switchboard
from corpus.errors import PolicyQAError
from corpus.metadata import Metadata
from corpus.records.record import PlainRecord
from eval.questions import questionset
from index.index import Index
from index.store import save_index
from tests.api_app import make_app
from ui.callbacks.routes import callback_pages
from ui.clause.page import clause_pages
from ui.cli.app import app
from ui.compare.page import compare_page
from ui.console.keys import KEYS
from ui.console.routes import console_router
from ui.document.page import document_pages
from ui.event.page import event_pages
from ui.match.page import match_pages
from ui.operation.notice import notice_page
from ui.operation.routes import operation_pages
from ui.overview.routes import overview_router
from ui.plate.page import plate_pages
from ui.widget.page import widget_pages

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "index", "assistant", "eval", "ui")
DOCS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = {"README.md": README} | {f"docs/{name}.md": text for name, text in DOCS.items()}
EVERYTHING = "\n".join(PAGES.values())


def _first_cells(page: str) -> set[str]:
    """Everything in backquotes in the first cells of the page's tables."""
    cells = re.findall(r"^\| (.*?) \|", page, re.MULTILINE)
    return {code for cell in cells for code in re.findall(r"`([^`]+)`", cell)}


def _row(page: str, code: str) -> str:
    """The line of a table that begins with this code; nothing where there is none."""
    return next((line for line in page.splitlines() if re.match(rf"\| `{re.escape(code)}[ `]", line)), "")


def _commands() -> dict[str, set[str]]:
    """Every command with the names of its options, by walking the groups of the app."""
    found: dict[str, set[str]] = {}

    def walk(command: object, path: str) -> None:
        for name, inner in getattr(command, "commands", {}).items():
            walk(inner, f"{path} {name}")
        if not hasattr(command, "commands"):
            found[path] = {name for one in getattr(command, "params", ()) for name in one.opts if name[0] == "-"}

    walk(typer.main.get_command(app), "policyqa")
    return found


# ---- from the code to the pages


@pytest.mark.parametrize(("path", "options"), _commands().items())
def test_every_command_has_a_row_that_names_every_option(path: str, options: set[str]) -> None:
    row = _row(DOCS["commands"], path)
    assert row
    assert {name for name in options if f"`{name}`" not in row} == set()


def test_every_setting_has_a_row_with_its_default() -> None:
    rows = dict(re.findall(rf"\| `({PREFIX}\w+)` \| (.*?) \|", DOCS["settings"]))
    assert set(rows) == {PREFIX + field.name.upper() for field in fields(Settings)}
    for field in fields(Settings):
        if isinstance(field.default, bool):
            assert rows[PREFIX + field.name.upper()] == f"`{'on' if field.default else 'off'}`"
        elif isinstance(field.default, int | float):
            assert rows[PREFIX + field.name.upper()] == f"`{field.default}`"


def test_every_exit_code_stands_in_the_settings() -> None:
    def tree(error: type[PolicyQAError]) -> Iterator[type[PolicyQAError]]:
        for inner in error.__subclasses__():
            yield inner
            yield from tree(inner)

    rows = set(re.findall(r"^\| (\d) \|", DOCS["settings"], re.MULTILINE))
    assert rows == {"0"} | {str(error.exit_code) for error in tree(PolicyQAError)}


def test_every_route_of_the_api_stands_in_its_page_with_an_example(assistant: Assistant) -> None:
    paths = make_app(assistant).openapi()["paths"]
    assert paths
    for path, methods in paths.items():
        for method in methods:
            assert f"`{method.upper()} {path}`" in DOCS["api"]
        address = re.sub(r"\{\w+\}", r"[\\w.:-]+", path)
        assert re.search(rf"curl -s http://[\w.:]+{address}\s", DOCS["api"])


def test_every_page_stands_in_the_pages(assistant: Assistant, tmp_path: Path) -> None:
    audit = Audit(Database(tmp_path / "none"), tmp_path / "head")
    routers = (
        clause_pages(assistant.corpus),
        document_pages(assistant.corpus),
        compare_page(assistant),
        widget_pages(assistant),
        match_pages(assistant),
        console_router(assistant, FeedbackStore(None)),
        event_pages(assistant),
        plate_pages(assistant),
        overview_router(lambda: assistant, FeedbackStore(None)),
        notice_page(Operation()),
        operation_pages(audit, Switchboard(audit), lambda: None),
        callback_pages(lambda: assistant, Handovers(Database(tmp_path / "none"), KeyFile(tmp_path / "key"))),
    )
    paths = [route.path for router in routers for route in router.routes if isinstance(route, APIRoute)]
    chats = ["/" if code == languages()[0] else f"/{code}" for code in languages()]
    statics = [f"/ui/{folder.parent.name}" for folder in (ROOT / "ui").glob("*/static")]
    assert [
        path for path in (*paths, *chats, *statics) if not re.search(rf"{re.escape(path)}[`,?]", DOCS["pages"])
    ] == []


@pytest.mark.parametrize(
    "model",
    [
        one
        for module in (schemas, matching_schemas, completions, completion, request)
        for one in vars(module).values()
        if isinstance(one, type)
    ],
)
def test_every_field_of_the_api_stands_in_its_page(model: type) -> None:
    names = set(model.model_fields) if issubclass(model, BaseModel) else set()
    assert {name for name in names if not re.search(rf'[`"]{name}[`"]', DOCS["api"])} == set()


@pytest.mark.parametrize("values", [Status, Reason, BlockKind, Audience, Verdict])
def test_every_value_of_the_api_stands_in_its_page(values: type[Status]) -> None:
    assert {value for value in values if not re.search(rf'[`"]{value}[`"]', DOCS["api"])} == set()


def test_every_metric_stands_in_the_settings() -> None:
    exposed = re.findall(r"^# TYPE (\w+) ", Metrics().render().decode(), re.MULTILINE)
    assert {name for name in exposed if not name.endswith("_created")} <= _first_cells(DOCS["settings"])


def test_every_make_target_has_a_row() -> None:
    for target in re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE):
        assert _row(DOCS["commands"], f"make {target}")


def test_every_fact_and_every_field_of_a_record_has_a_row() -> None:
    told = {field.name for field in fields(PlainRecord)} - {"id", "line"} | {"clause", "parts"}
    assert {field.name for field in fields(Metadata)} | told <= _first_cells(DOCS["documents"])


def test_every_field_of_a_question_has_a_row() -> None:
    assert {field.name for field in fields(questionset.LabelledQuestion)} <= _first_cells(DOCS["commands"])


def test_every_key_of_the_console_has_a_row() -> None:
    assert {key.key for key in KEYS} <= _first_cells(DOCS["pages"])


def test_everything_that_is_kept_or_masked_has_a_row() -> None:
    masks = {
        mask
        for file in (ROOT / "assistant" / "privacy").glob("*.py")
        for mask in re.findall(r'"(〔\w+〕)"', file.read_text(encoding="utf-8"))
    }
    assert masks
    assert masks | set(FEEDBACK.c.keys()) <= _first_cells(DOCS["privacy"])
    assert all(f"`{reason}`" in DOCS["privacy"] for reason in REASONS)


def test_every_room_stands_in_the_architecture_and_in_the_map() -> None:
    for package in PACKAGES:
        rooms = {file.parent.name for file in (ROOT / package).glob("*/__init__.py")}
        assert rooms <= set(re.findall(r"`(\w+)`", _row(DOCS["architecture"], package)))
        assert rooms <= set(re.findall(r"\w+", _row(README, f"{package}/")))


# ---- from the pages to the code


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    named = set(re.findall(rf"(?<![\w/.])(?:{'|'.join((*PACKAGES, 'docs', 'tests'))})/[\w./-]*\w", PAGES[page]))
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_every_command_that_a_page_names_exists() -> None:
    commands = _commands()
    named = set(re.findall(r"\bpolicyqa(?: [a-z]{3,})+(?=[` \n])", "\n".join(re.findall(r"`[^`\n]+`", EVERYTHING))))
    assert {one for one in named if one not in commands and one.rpartition(" ")[0] not in commands} == set()
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", EVERYTHING)) <= targets
    assert all(find_spec(module) for module in re.findall(r"python -m ([\w.]+\w)", EVERYTHING))


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", PAGES[page]):
        file = folder / target if target else ROOT / page
        assert file.exists(), target
        if anchor:
            text = file.read_text(encoding="utf-8")
            assert anchor in {
                *map(_anchor, re.findall(r"^#+ (.*)", text, re.MULTILINE)),
                *re.findall(r'id="(\w+)"', text),
            }


def _anchor(heading: str) -> str:
    """As GitHub makes it: letters, digits, hyphens and blanks, which become hyphens."""
    return re.sub(r"[^\w\s-]", "", heading.lower()).replace(" ", "-")


def test_every_page_is_linked_from_the_readme() -> None:
    assert {f"docs/{name}.md" for name in DOCS} <= set(re.findall(r"\]\((docs/\w+\.md)\)", README))


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 150


def test_the_python_example_runs(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_index(index, tmp_path)
    monkeypatch.setenv(f"{PREFIX}INDEX", str(tmp_path))
    (example,) = re.findall(r"```python\n(from assistant .*?)```", DOCS["api"], re.DOTALL)  # clients: tests/ui
    exec(example, {})


def test_every_decision_is_in_the_index_and_has_a_date() -> None:
    titles = re.findall(r"^## (D\d+) · \d{4}-\d\d-\d\d · (.*)", DOCS["decisions"], re.MULTILINE)
    assert titles == re.findall(r"^\| \[(D\d+)\]\(#d\d+\) \| [\d-]{10} \| (.*) \|", DOCS["decisions"], re.MULTILINE)
    assert [name for name, _ in titles] == [f"D{number}" for number in range(1, len(titles) + 1)]
    assert len(titles) == DOCS["decisions"].count("\n## ")


def test_every_figure_has_been_measured() -> None:
    assert sorted(set(re.findall(r"@@\S+?@@", EVERYTHING))) == []
