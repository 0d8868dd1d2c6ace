"""Behind nginx with its default `proxy_pass`, with TLS, and under a path: the pages load, answer and lead on."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from assistant.access.access import open_access
from assistant.access.roles import Role
from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from assistant.settings import Settings
from tests.people import key_of
from tests.ui.running import running_site

# A proxy that keeps the path (/kept/…), one that takes it away (/taken/…), one that speaks TLS, one that does nothing.
CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{plain}; location / {{ proxy_pass {root}; }} }}
    server {{
        listen 127.0.0.1:{tls} ssl; ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
        location / {{ proxy_pass {root}; }}
    }}
    server {{
        listen 127.0.0.1:{path};
        location /office/policy/ {{ proxy_pass {kept}; }}
        location /taken/ {{ proxy_pass {taken}/; }}
    }}
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _certificate(folder: Path) -> None:
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout key.pem -out certificate.pem"
    )
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def addresses(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where each set-up is reached."""
    folder = tmp_path_factory.mktemp("nginx")
    _certificate(folder)
    access = open_access(Settings(index=folder / "index", feedback=folder / "access.sqlite3", access="roles"))
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx and not os.environ.get("CI"):
        pytest.skip("没有 nginx · no nginx: run tests/install-system-packages")
    assert nginx, "nginx is missing: run tests/install-system-packages"
    ports = {name: _free_port() for name in ("plain", "tls", "path")}
    with ExitStack() as running:
        sites = {}
        for name, path in {"root": "", "kept": "/office/policy", "taken": "/taken"}.items():
            store = FeedbackStore(folder / f"{name}.sqlite3")
            site = running_site(assistant, feedback=store, root_path=path, access=access)
            sites[name] = running.enter_context(site)
            httpx.get(
                f"{sites[name]}/healthz", timeout=60
            ).raise_for_status()  # Gradio can build but one site at a time
        configuration = folder / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(folder=folder, **sites, **ports))
        process = subprocess.Popen([nginx, "-c", configuration, "-e", folder / "error.log"])
        try:
            _wait(process, ports["path"])
            yield {
                "default": f"http://127.0.0.1:{ports['plain']}",
                "tls": f"https://127.0.0.1:{ports['tls']}",
                "path kept": f"http://127.0.0.1:{ports['path']}/office/policy",
                "path taken away": f"http://127.0.0.1:{ports['path']}/taken",
                "key": key_of(access, Role.AGENT),
            }
        finally:
            process.terminate()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Until nginx listens, or has ended."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail("nginx did not start")


@pytest.mark.parametrize("setup", ["default", "tls", "path kept", "path taken away"])
def test_pages_answer_and_lead_on_behind_a_proxy(browser: Browser, addresses: dict[str, str], setup: str) -> None:
    address = addresses[setup]
    complaints: list[str] = []
    key = {"Authorization": addresses["key"]}  # the console is for agents
    context = browser.new_context(locale="zh-CN", ignore_https_errors=True, extra_http_headers=key)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda sent: None if sent.url.startswith((address, "data:")) else complaints.append(sent.url))
    page.on("response", lambda got: complaints.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    page.goto(f"{address}/?q=怎么申请首贷")
    answer = page.locator("#pq-log")
    expect(answer).to_contain_text("首贷")
    source = answer.locator('a[href*="/clause/"]').first
    clause = source.evaluate("link => link.href")
    page.goto(clause)
    expect(page.locator("article#clause")).to_be_visible()
    page.locator("header a").first.click()
    expect(page.locator("#pq-question textarea")).to_be_visible()
    page.goto(page.locator('a[href*="/document/"]').first.evaluate("link => link.href"))
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{address}/en")
    expect(page.locator("#pq-send")).to_be_visible()
    page.goto(f"{address}/agent")
    page.locator("input").first.fill("首贷")
    expect(page.locator("[role=option], li").first).to_be_visible()
    page.goto(f"{address}/compare?q=首贷")
    expect(page.locator("h1")).to_be_visible()
    context.close()
    assert complaints == []


def test_address_without_its_last_stroke_leads_to_the_page(browser: Browser, addresses: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(addresses["path kept"])
    assert page.url == f"{addresses['path kept']}/"
    page.close()
