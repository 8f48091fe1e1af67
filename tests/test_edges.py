"""Show what the portal says to the network: headers, hosts, health, policy (checklist C4, F)."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run_django(*arguments, **environment):
    command = [sys.executable, "manage.py", *arguments]
    keep = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "DATABASE_URL"}}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={**keep, **environment})


@pytest.mark.checklist("F1")
def test_the_settings_of_a_server_pass_the_deployment_check():
    done = run_django(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        DEBUG="0",
        SECRET_KEY="v" * 30 + "Q7!x" * 10,
        SITE_URL="https://portal.example.org",
        ALLOWED_HOSTS="portal.example.org",
    )
    assert (done.returncode, done.stderr.strip()) == (0, "") or "no issues" in done.stdout, done.stderr


@pytest.mark.checklist("F7")
def test_a_server_without_a_secret_key_says_so_and_stops():
    done = run_django("check", DEBUG="0")
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .endswith("SECRET_KEY is missing: with DEBUG=0 the portal needs a secret key of its own.")
    )


@pytest.mark.checklist("F2")
def test_every_page_carries_a_strict_policy(signed_in):
    response = signed_in("office").get("/roles/")
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert {"script-src", "style-src"} & set(policy) == set()
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.checklist("F2")
def test_only_the_admin_may_do_more(signed_in):
    policy = signed_in("coordination-lead").get("/admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy


@pytest.mark.checklist("F3")
@pytest.mark.parametrize("path", ["/.git/config", "/.env", "/metrics", "/static/../manage.py", "/schema/", "/debug/"])
def test_nothing_of_the_machine_is_served(client, db, path):
    assert client.get(path).status_code in {302, 404}


def test_a_page_is_packed_for_a_browser_that_can_unpack_it_and_a_file_keeps_its_length(signed_in):
    client, packed = signed_in("office"), {"accept-encoding": "gzip"}
    plain, page = client.get("/members/"), client.get("/members/", headers=packed)
    assert (page.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert len(page.content) < len(plain.content) / 3
    assert "Content-Encoding" not in client.get("/members/export/xlsx/", headers=packed).headers


@pytest.mark.checklist("F3")
def test_an_unknown_host_is_refused(client, db):
    assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.checklist("F3")
def test_trace_is_not_answered(signed_in):
    assert signed_in("office").trace("/roles/").status_code == 405


@pytest.mark.checklist("C4")
def test_a_post_without_a_token_is_refused(cast):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["office"], backend="django.contrib.auth.backends.ModelBackend")
    response = client.post("/notices/read/")
    assert response.status_code == 403


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    "value", ["\x00", "a\x00b", "\x1b[31m", "\ud800".encode("utf-8", "surrogatepass"), "'\"><x>", "9" * 400]
)
@pytest.mark.parametrize("path", ["/members/", "/reports/returns/", "/workgroups/coordination/filings/", "/notices/"])
def test_hostile_queries_never_break_a_page(signed_in, path, value):
    client = signed_in("office")
    for key in ("q", "page", "day", "period", "state", "district", "library", "order", "tab", "kind", "level"):
        assert client.get(path, {key: value}).status_code in {200, 302, 400, 404}


def test_health_names_what_does_not_answer(client, db, settings):
    settings.REDIS_URL = ""
    response = client.get("/healthz")
    assert response.status_code == 503
    assert json.loads(response.content) == {"status": "unavailable", "not_answering": ["broker"]}


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("charset", ["hex", "rot13", "no-such-charset", "utf-8"])
def test_a_charset_that_is_none_does_not_break_a_request(db, charset):
    from io import BytesIO

    from fsul_portal.wsgi import application

    answered = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/accounts/login/",
        "QUERY_STRING": "next=%2F",
        "CONTENT_TYPE": f"text/plain; charset={charset}",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    b"".join(application(environ, lambda status, headers: answered.append(status)))
    assert answered == ["200 OK"]


@pytest.mark.checklist("C3")
@pytest.mark.parametrize("words", ["' OR 1=1 --", "%' OR '1'='1", "NH002'; DROP TABLE members_library; --", "%", "_"])
def test_a_search_is_a_search_whatever_is_typed(signed_in, words):
    from members.libraries.models import Library

    response = signed_in("office").get("/members/", {"q": words})
    assert (response.status_code, b"SS001" in response.content) == (200, False)
    assert Library.objects.count() == 10


@pytest.mark.checklist("F9")
def test_no_page_names_an_address_outside():
    """Templates, styles and scripts ask for nothing from elsewhere; names of XML vocabularies are no addresses."""
    found = []
    for folder in ("templates", "static"):
        for path in (ROOT / folder).rglob("*.*"):
            text = path.read_text("utf-8", "replace")
            text = re.sub(r"http://www\.w3\.org/[\w/.#-]+", "", text)
            found += [(str(path), address) for address in re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", text)]
    assert found == []


def test_the_portal_speaks_chinese_until_somebody_asks_for_english(client, db):
    english_browser = {"accept-language": "en-US,en;q=0.9"}
    assert client.get("/accounts/login/", headers=english_browser).headers["Content-Language"] == "zh-hans"
    client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert client.get("/accounts/login/").headers["Content-Language"] == "en"
    client.post("/language/", {"language": "xx", "next": "/accounts/login/"})
    assert client.get("/accounts/login/").headers["Content-Language"] == "en"
