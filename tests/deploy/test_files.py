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
