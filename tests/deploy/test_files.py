"""What the files of deploy/ name is there: settings, options, routes, files, exit codes."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from assistant.settings import PREFIX, Settings
from corpus import errors
from ui.cli.app import app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = {f"{PREFIX}{one.name.upper()}" for one in fields(Settings)}
PROBES = {"/healthz", "/readyz"}


def _text(path: str) -> str:
    return (DEPLOY / path).read_text(encoding="utf-8")


def _files() -> Iterator[Path]:
    return (path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".lock")


@pytest.mark.parametrize("path", sorted(map(str, (path.relative_to(DEPLOY) for path in _files()))))
def test_every_setting_that_is_named_exists(path: str) -> None:
    named = {name.removesuffix("_FILE") for name in re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", _text(path))}
    assert named - {f"{PREFIX}CONFIG", "POLICYQA_CORE"} <= SETTINGS


@pytest.mark.parametrize("path", ["docker/Dockerfile", "kubernetes/policyqa.yaml", "systemd/policyqa.service"])
def test_the_server_is_started_with_options_that_it_has(path: str) -> None:
    options = set(re.findall(r"--(?:host|port|workers)\b", _text(path)))
    serve: Any = get_command(app).commands["serve"]  # type: ignore[attr-defined]
    assert options == {"--host", "--port", "--workers"}
    assert options <= {name for parameter in serve.params for name in parameter.opts}


def test_the_image_is_made_of_files_that_there_are_and_runs_as_nobody_special() -> None:
    dockerfile = _text("docker/Dockerfile")
    locks = re.findall(r"\bLOCK=(\S+)", dockerfile + _text("docker/compose.yaml"))
    assert set(locks) == {"requirements.lock", "requirements-milvus.lock"}
    assert all((ROOT / "deploy" / lock).exists() for lock in locks)
    assert re.search(r"^USER 10001:10001$", dockerfile, re.MULTILINE)
    assert dockerfile.rindex("USER ") > dockerfile.rindex("RUN ")
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert not set(ignored) & {"assistant", "corpus", "deploy", "eval", "index", "ui", "pyproject.toml", "README.md"}


def test_containers_are_probed_at_routes_that_need_no_sign_in() -> None:
    manifest = list(yaml.safe_load_all(_text("kubernetes/policyqa.yaml")))
    pod = next(one for one in manifest if one["kind"] == "Deployment")["spec"]["template"]["spec"]
    container = pod["containers"][0]
    probed = {container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "readiness", "liveness")}
    assert probed == PROBES
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert re.findall(r"http://127.0.0.1:8000(/\w+)", _text("docker/Dockerfile")) == ["/readyz"]


def test_compose_mounts_the_secrets_that_it_names() -> None:
    compose = yaml.safe_load(_text("docker/compose.yaml"))
    assert {"policyqa", "postgres", "milvus"} == compose["services"].keys()
    for service in compose["services"].values():
        files = [value for value in service.get("environment", {}).values() if str(value).startswith("/run/secrets/")]
        assert sorted(Path(file).name for file in files) == sorted(service.get("secrets", []))
        assert set(service.get("secrets", [])) <= compose["secrets"].keys()
        assert {mount.partition(":")[0] for mount in service["volumes"]} <= compose["volumes"].keys()


def test_a_fault_that_starting_again_does_not_mend_is_not_tried_again() -> None:
    found = re.search(r"^RestartPreventExitStatus=(.+)$", _text("systemd/policyqa.service"), re.MULTILINE)
    codes = {
        one.exit_code
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, errors.PolicyQAError)
    }
    assert found
    assert set(map(int, found[1].split())) == codes - {1}


URL = "postgresql+psycopg://policyqa:secret@postgres/policyqa"


def _beside(folder: Path, text: str) -> str:
    """A file of settings as deployed, whose secrets lie here."""
    (folder / "database").write_text(URL)
    file = folder / "policyqa.toml"
    file.write_text(re.sub(r"/run/secrets(?:/policyqa)?", str(folder), text))
    return str(file)


def _of_the_image() -> dict[str, str]:
    return dict(re.findall(rf"^ *(?:ENV )?({PREFIX}[A-Z_]+)=(\S+)", _text("docker/Dockerfile"), re.MULTILINE))


def test_the_image_keeps_its_data_on_its_volume(tmp_path: Path) -> None:
    config = {f"{PREFIX}CONFIG": _beside(tmp_path, _text("docker/policyqa.toml"))}
    settings = Settings.from_environment(config | _of_the_image())
    kept = (settings.index, settings.library_folder, settings.state, settings.keys, settings.audit_head)
    assert all(str(one).startswith("/data/") for one in kept)


def test_compose_keeps_answers_in_its_postgresql(tmp_path: Path) -> None:
    config = {f"{PREFIX}CONFIG": _beside(tmp_path, _text("docker/policyqa.toml"))}
    service = yaml.safe_load(_text("docker/compose.yaml"))["services"]["policyqa"]["environment"]
    given = {name: re.sub(r"\$\{\w+:-(.*)\}", r"\1", value) for name, value in service.items() if ":?" not in value}
    given = {name: value.replace("/run/secrets", str(tmp_path)) for name, value in given.items()}
    settings = Settings.from_environment(config | _of_the_image() | given)
    assert (settings.feedback, settings.state) == (URL, URL)
    assert settings.index == Path("/data/index")


def test_kubernetes_keeps_answers_in_its_postgresql(tmp_path: Path) -> None:
    manifest = list(yaml.safe_load_all(_text("kubernetes/policyqa.yaml")))
    text = next(one for one in manifest if one["kind"] == "ConfigMap")["data"]["policyqa.toml"]
    config = {f"{PREFIX}CONFIG": _beside(tmp_path, text)}
    settings = Settings.from_environment(_of_the_image() | config)
    assert (settings.feedback, settings.state) == (URL, URL)
    assert settings.index == Path("/data/index")


def test_what_the_file_of_the_service_says_holds_under_systemd(tmp_path: Path) -> None:
    unit, text = _text("systemd/policyqa.service"), _text("systemd/policyqa.toml")
    given = dict(re.findall(rf"^Environment=({PREFIX}[A-Z_]+)=(.+)$", unit, re.MULTILINE))
    assert given.keys() == {f"{PREFIX}CONFIG"}
    settings = Settings.from_environment({f"{PREFIX}CONFIG": _beside(tmp_path, text)})
    assert settings.state == Path("/var/lib/policyqa/policyqa.sqlite3")
    other = re.sub(r"^feedback = .*$", 'feedback_file = "/run/secrets/database"', text, flags=re.MULTILINE)
    assert Settings.from_environment({f"{PREFIX}CONFIG": _beside(tmp_path, other)}).state == URL
