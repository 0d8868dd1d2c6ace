"""The files for nginx as they stand, but for paths, ports and the name: TLS, redirects, what is let through."""

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from tests.ui.running import running_site

FILES = Path(__file__).parents[2] / "deploy" / "nginx"
NAME = "policy.example.gov.cn"
AROUND = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    client_body_buffer_size 1m;  # for its workers may write nowhere here
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/policyqa.conf;
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _moved(folder: Path, site: str, plain: int, tls: int) -> str:
    moves = {
        r"server 127\.0\.0\.1:8000": f"server {site.removeprefix('http://')}",
        r"listen 80;": f"listen 127.0.0.1:{plain};",
        r"listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
        r"/etc/ssl/policyqa": str(folder),
        r"/var/log/nginx": str(folder),
    }
    text = (FILES / "policyqa.conf").read_text(encoding="utf-8")
    for pattern, replacement in moves.items():
        text, count = re.subn(pattern, replacement, text)
        assert count, pattern
    return text


@pytest.fixture(scope="module")
def proxy(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int, Path]]:
    """The ports of plain HTTP and of TLS, and the folder of its logs."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx and not os.environ.get("CI"):
        pytest.skip("没有 nginx · no nginx: run tests/install-system-packages")
    assert nginx, "nginx is missing: run tests/install-system-packages"
    folder = tmp_path_factory.mktemp("nginx")
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
    subprocess.run(
        f"{command} -keyout key.pem -out certificate.pem".split(), cwd=folder, check=True, capture_output=True
    )
    plain, tls = _free_port(), _free_port()
    options: dict[str, Any] = {"allowed_hosts": (NAME,), "trusted_proxies": ("127.0.0.1",)}
    with running_site(assistant, feedback=FeedbackStore(folder / "feedback.sqlite3"), **options) as site:
        (folder / "policyqa.conf").write_text(_moved(folder, site, plain, tls), encoding="utf-8")
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
        process = subprocess.Popen([nginx, "-c", folder / "nginx.conf", "-e", folder / "error.log"])
        try:
            while process.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", tls)) == 0:
                        break
            assert process.poll() is None, (folder / "error.log").read_text()
            yield plain, tls, folder
        finally:
            process.terminate()
            process.wait()


@pytest.fixture
def client(proxy: tuple[int, int, Path]) -> Iterator[httpx.Client]:
    context = ssl.create_default_context(cafile=str(proxy[2] / "certificate.pem"))
    context.check_hostname = False
    with httpx.Client(
        verify=context, base_url=f"https://127.0.0.1:{proxy[1]}", headers={"Host": NAME}, timeout=60
    ) as client:
        yield client


def test_plain_http_leads_to_tls(proxy: tuple[int, int, Path]) -> None:
    response = httpx.get(f"http://127.0.0.1:{proxy[0]}/event?lang=en", headers={"Host": NAME})
    assert (response.status_code, response.headers["location"]) == (301, f"https://{NAME}/event?lang=en")


def test_answers_come_through_and_tls_is_promised(client: httpx.Client) -> None:
    response = client.post("/v1/ask", json={"question": "怎么申请首贷"})
    assert response.json()["status"] == "answered"
    assert "max-age" in response.headers["strict-transport-security"]
    assert client.get("/readyz", headers={"Host": "other.example"}).status_code == 421


def test_no_question_stands_in_the_log(client: httpx.Client, proxy: tuple[int, int, Path]) -> None:
    client.get("/", params={"q": "不要记下这一句"})
    client.get("/readyz")  # nginx takes it, on the same connection, when it has written down the one before
    log = (proxy[2] / "policyqa.log").read_text(encoding="utf-8")
    assert '"GET /"' in log
    assert "q=" not in log


def test_a_body_that_is_too_long_is_refused_before_it_is_sent_on(client: httpx.Client) -> None:
    assert client.post("/v1/ask", content=b" " * 200_000).status_code == 413


def test_a_file_of_questions_is_let_through(client: httpx.Client) -> None:
    file = {"file": ("questions.csv", b"x" * 200_000, "text/csv")}
    response = client.post("/library/questions/import", files=file)
    assert "x-request-id" in response.headers  # the service itself says who may; nginx has none of its own
    assert response.status_code != 413
