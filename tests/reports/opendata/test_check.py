"""Hold the page on which anybody checks a report: by its code, by its file, and not too often (6.2.1 j)."""

import hashlib

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from committee.meetings.actions import call_meeting
from committee.meetings.wording.papers import NOTICE
from fsul_portal.gate.limits import line_of, seconds_to_wait
from fsul_portal.letters import actions as letters
from fsul_portal.letters.codes import CODES, SIGNS, code_of_digest, digests_of_code

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j")]
CHECK = "/reports/check/"


@pytest.fixture(autouse=True)
def nobody_has_checked():
    cache.clear()


@pytest.fixture
def outsider():
    """Somebody without an account, who reads English."""
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def asked(client, code):
    return client.get(CHECK, {"code": code}, follow=True)


def told(response):
    return " ".join(response.content.decode().split())


def test_a_code_belongs_to_the_digests_of_one_range_and_no_other():
    for words in ("a", "b", "c"):
        digest = hashlib.sha256(words.encode()).hexdigest()
        first, last = digests_of_code(code_of_digest(digest))
        assert first <= digest <= last
        below, above = (f"{int(end, 16) + step:064x}" for end, step in ((first, -1), (last, 1)))
        assert code_of_digest(first) == code_of_digest(last) == code_of_digest(digest)
        assert code_of_digest(digest) not in (code_of_digest(below), code_of_digest(above))
    lowest, highest = code_of_digest("0" * 64), code_of_digest("f" * 64)
    assert (set(lowest) - {"-"}, set(highest) - {"-"}) == ({SIGNS[0]}, {SIGNS[-1]})
    assert len(SIGNS) ** 12 == CODES


def test_whoever_holds_a_published_report_learns_what_it_is(outsider, published, reported):
    reported("NH002", "2025-03", V01=12)
    edition = published("annual", "2025")
    answer = asked(outsider, code_of_digest(edition.digest))
    assert answer.status_code == 200
    assert "annual report 2025, edition 1" in told(answer)
    assert "stands" in told(answer)


@pytest.mark.parametrize("spell", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_is_read_however_it_is_typed(outsider, published, spell):
    code = code_of_digest(published("annual", "2025").digest)
    assert asked(outsider, spell(code)).status_code == 200


def test_an_older_cover_is_found_by_its_fingerprint(outsider, published):
    edition = published("annual", "2025")
    assert asked(outsider, edition.digest[:16].upper()).status_code == 200
    assert asked(outsider, edition.digest[:15]).status_code == 404


def test_a_replaced_report_names_the_edition_that_took_its_place(outsider, published, reported):
    first = published("annual", "2025")
    reported("NH002", "2025-03", V01=12)
    published("annual", "2025")
    reported("NH002", "2025-03", V01=13)
    published("annual", "2025", is_published=False)
    page = told(asked(outsider, code_of_digest(first.digest)))
    assert "a later edition has taken its place" in page
    assert "annual report 2025, edition 2, published" in page
    assert "edition 3" not in page


def test_what_is_not_published_is_not_known(outsider, published):
    edition = published("annual", "2025", is_published=False)
    unknown = asked(outsider, code_of_digest(hashlib.sha256(b"nobody's").hexdigest()))
    secret = asked(outsider, code_of_digest(edition.digest))
    assert (unknown.status_code, secret.status_code) == (404, 404)
    assert "annual report" not in told(secret)


@pytest.mark.parametrize("code", ["", "x", "/../", "☃" * 12, "<script>", "0" * 12, "A" * 41, "2222-2222-2222"])
def test_what_is_no_code_is_unknown_and_breaks_nothing(outsider, db, code):
    answer = asked(outsider, code)
    assert answer.status_code in (200, 404)
    assert "<script>" not in answer.content.decode().partition("<main")[2]


def test_each_page_knows_the_codes_of_the_other(outsider, published, person):
    edition = published("annual", "2025")
    answer = outsider.get("/check/", {"code": code_of_digest(edition.digest)}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{CHECK}{code_of_digest(edition.digest)}/"
    office = person("office")
    meeting = call_meeting(kind="joint", starts_at=edition.published_at.replace(year=2030), place="五楼", by=office)
    paper = letters.issue(letters.draft(NOTICE, meeting, by=office), by=office)
    answer = asked(outsider, paper.code)
    assert answer.redirect_chain[-1][0] == reverse("check-code", args=[paper.code])
    assert answer.status_code == 200


@pytest.mark.parametrize("form", ["pdf", "xlsx", "json"])
def test_a_file_is_ours_only_to_the_last_byte(outsider, published, form):
    published("annual", "2025", **{form: "figures"})
    same, other, longer = (SimpleUploadedFile(f"年报.{form}", words) for words in (b"figures", b"figureZ", b"figures "))
    assert "the same to the last byte" in told(outsider.post(CHECK, {"file": same}))
    for file in (other, longer):
        assert "none that was published here" in told(outsider.post(CHECK, {"file": file}))


def test_a_file_of_a_draft_or_of_a_lost_document_is_not_known(outsider, published, reported):
    published("annual", "2025", is_published=False, pdf="draft")
    lost = published("annual", "2024", pdf="lost")
    lost.pdf.storage.delete(lost.pdf.name)
    for words in (b"draft", b"lost"):
        page = told(outsider.post(CHECK, {"file": SimpleUploadedFile("a.pdf", words)}))
        assert "none that was published here" in page


def test_a_file_is_not_kept(outsider, published, settings):
    published("annual", "2025", pdf="figures")
    before = sorted(settings.MEDIA_ROOT.rglob("*"))
    outsider.post(CHECK, {"file": SimpleUploadedFile("a.pdf", b"x" * 3_000_000)})
    assert sorted(settings.MEDIA_ROOT.rglob("*")) == before


@pytest.mark.checklist("C12")
@pytest.mark.parametrize("content", [b"", b"x" * 101])
def test_an_empty_or_an_overlong_file_is_refused_at_its_field(outsider, settings, content):
    settings.UPLOAD_LIMIT = 100
    answer = outsider.post(CHECK, {"file": SimpleUploadedFile("a.pdf", content)})
    assert (answer.status_code, list(answer.context["file_form"].errors)) == (422, ["file"])


def test_nobody_checks_too_often_and_the_limit_is_his_alone(outsider, published, settings):
    settings.CHECKS_A_MINUTE = 3
    code = code_of_digest(published("annual", "2025").digest)
    address = f"{CHECK}{code}/"
    with time_machine.travel("2026-11-27 10:00:20+00:00", tick=False):
        assert [outsider.get(address).status_code for __ in range(5)] == [200] * 3 + [429] * 2
        assert outsider.get(address).headers["Retry-After"] == "40"
        assert outsider.get(address, REMOTE_ADDR="203.0.113.7").status_code == 200
        assert outsider.get(CHECK).status_code == 200
    with time_machine.travel("2026-11-27 10:01:00+00:00", tick=False):
        assert outsider.get(address).status_code == 200


def test_neighbours_of_one_line_are_one_caller():
    def caller(address):
        return line_of(RequestFactory().get("/", REMOTE_ADDR=address))

    assert caller("2001:db8::7") == caller("2001:db8::8:0:0:1")
    assert caller("2001:db8:0:1::7") != caller("2001:db8::7")
    assert caller("203.0.113.7") == "203.0.113.7"


def test_where_the_cache_is_away_nobody_is_held_back(settings):
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9"}
    settings.CACHES = {"default": away}
    assert [seconds_to_wait("check", "a", 1) for __ in range(3)] == [0, 0, 0]
