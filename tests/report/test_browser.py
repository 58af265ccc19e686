"""The page as a browser sees it; needs Chromium."""

import json
import shutil
import subprocess

import pytest

from antinomy.report import build_report

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next((path for path in map(shutil.which, NAMES) if path), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-extensions --disable-default-apps "
    "--enable-logging=stderr --v=0 --dump-dom"
).split()
pytestmark = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")


def browse(page, folder, fragment=""):
    """Open the page; return the document after loading, what the console said and what was asked of the network."""
    log = folder / "network.json"
    places = [f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", f"{page.as_uri()}{fragment}"]
    done = subprocess.run([BROWSER, *FLAGS, *places], capture_output=True, text=True, timeout=60, check=True)
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return done.stdout, console, list_requests(log)


def list_requests(log):
    """Return the addresses that pages asked for; the browser's own housekeeping has no initiator."""
    try:
        events = json.loads(log.read_text())["events"]
    except json.JSONDecodeError:
        events = json.loads(log.read_text().rstrip().rstrip(",") + "]}")["events"]
    asked = [event["params"] for event in events if "url" in event.get("params", {})]
    return [params["url"] for params in asked if params.get("initiator", "not an origin") != "not an origin"]


def test_the_page_opens_quietly_and_asks_for_nothing(rich_run, tmp_path):
    dom, console, requests = browse(build_report(rich_run), tmp_path)
    assert console == []
    assert requests == []
    assert dom.count('<svg viewBox="0 0 624') == 1
    assert "Who looks how far ahead" in dom


def test_hostile_words_do_nothing(make_run, said, spoken, tmp_path):
    evil = "<script>console.log('ran')</script><img src=https://evil.example/x.png onerror=console.log(1)>"
    document = spoken(evil, [said(evil, {"dogma": 0.9}, evil)], {"organisation": evil})
    _, console, requests = browse(build_report(make_run([document])), tmp_path)
    assert console == []
    assert requests == []


def test_a_page_that_misbehaves_would_be_noticed(tmp_path):
    page = tmp_path / "bad.html"
    page.write_text("<script>console.error('x')</script><img src='http://127.0.0.1:9/x.png'>")
    _, console, requests = browse(page, tmp_path)
    assert console
    assert requests == ["http://127.0.0.1:9/x.png"]


def test_a_link_to_a_codes_quotes_opens_them(rich_run, tmp_path):
    dom, _, _ = browse(build_report(rich_run), tmp_path, "#quotes-myopia")
    assert dom.count("<details") - dom.count("<details class") > 0
    before = dom.split('id="quotes-myopia"')[0]
    assert 'open=""' in before[before.rindex("<details") :]
