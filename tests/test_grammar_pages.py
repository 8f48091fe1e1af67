"""Hold the page of acts on the smallest duty of each grammar: both languages, every refusal, each form sent twice."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import clear_url_caches
from django.utils import timezone, translation
from django.utils.html import escape

from fsul_portal.approvals.kinds import KINDS
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Kind
from tests.conftest import set_stage
from tests.moves_table import CAST, sign
from tests.small.paper import KIND
from tests.small.situations import all_of_them

# The stage is that of the whole module: what a test does is undone at its end.
pytestmark = pytest.mark.django_db
STATUS = {Kind.NO_RIGHT: 403, Kind.NOT_NOW: 409, Kind.OVERTAKEN: 409, Kind.CLOSED: 409}
WORDS = "<b>原话 & “引号”</b>"
# What a form is refused the second time, where it is not the version or the state that has gone on.
SECOND_TIME = {"small:bulletin-nudge": 302, "small:course-sign-off": 403, "small:standard-speak": 302}
# Whose own words are typed: they survive whatever happens meanwhile.
TYPED = ("note", "text", "solution", "cause", "finding", "evaluation", "reason")


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Bring everything into every state once for all tests of this module, in a transaction that is undone."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setitem(KINDS, KIND.key, KIND)
        with override_settings(ROOT_URLCONF="tests.small.urls"):
            clear_url_caches()
            cast = set_stage()
            yield cast, [(acts, situation, thing) for acts, bring in all_of_them() for situation, thing in bring(cast)]
        transaction.set_rollback(True)
    clear_url_caches()


@pytest.fixture(scope="module")
def offered(stage):
    """Every act which the state of a thing knows, by sign, each with one person of whom the table says so."""
    cast, things = stage
    found = {}
    for acts, __, brought in things:
        # Whoever brought it there may have kept it as it was before his last step.
        thing = type(brought).objects.get(pk=brought.pk)
        for verb in acts.offered(thing):
            whose = {sign(verb, cast[name], thing): name for name in CAST if name in cast}
            for answer, username in whose.items():
                row = (f"{acts.name}-{verb.key}", verb, thing, acts.url(verb, thing), username)
                found.setdefault(answer, []).append(row)
    return found


@pytest.fixture
def allowed(offered):
    return offered["+"]


@pytest.fixture
def refused(offered):
    return [row for answer in ".noc" for row in offered.get(answer, [])]


@pytest.fixture
def client_of(stage, settings):
    cast, known = stage[0], {}

    def sign_in(username, language="en"):
        if (username, language) not in known:
            client = known[username, language] = Client()
            client.force_login(cast[username], backend="django.contrib.auth.backends.ModelBackend")
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return known[username, language]

    return sign_in


def counted():
    """Count what stands on record and what was told; a reminder sent twice is counted each time and told once."""
    return Record.objects.exclude(verb="circular nudged").count(), Notice.objects.count()


def said_of(thing):
    """Return what the acts on an opinion ask for: the edition that was read, and which opinion is answered how."""
    if not hasattr(thing, "editions") or thing.edition is None:
        return {}
    opinion = thing.unanswered().first()
    return {"edition": str(thing.edition.number), "opinion": str(opinion.pk) if opinion else "", "outcome": "not"}


def typed(verb, thing, cast):
    """Return what somebody types into the form of an act."""
    day = timezone.localdate()
    values = {
        "version": str(getattr(thing, "version", "")),
        "since": "2027-01-01",
        "until": "2027-12-31",
        "ended_on": "2026-06-30",
        "in_force_on": day.isoformat(),
        "review_due_on": (day + timedelta(days=400)).isoformat(),
        "to": str(cast["resources-lead"].pk),
        **dict.fromkeys(TYPED, WORDS),
        **said_of(thing),
    }
    fields = verb.form(thing).fields
    return {name: values.get(name, "present") for name in fields}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_whoever_may_reads_what_it_will_do_and_how_it_is_undone(language, allowed, client_of):
    once = {name: row for name, *row in allowed}
    for name, (verb, thing, address, username) in once.items():
        page = client_of(username, language).get(address)
        text = page.content.decode()
        with translation.override(language):
            said = [str(words) for words in (verb.effect(thing), verb.way_back, verb.meaning)]
        assert (name, page.status_code) == (name, 200)
        assert (name, [words for words in said if escape(words) not in text]) == (name, [])


def test_whoever_may_not_reads_why_under_the_heading_of_its_kind(refused, client_of, stage):
    cast, __ = stage
    for name, verb, thing, address, username in refused:
        page = client_of(username, "zh-hans").get(address)
        text = page.content.decode()
        with translation.override("zh-hans"):
            verdict = verb.rule(cast[username], thing)
            said = [escape(str(verdict.sentence)), escape(str(verdict.kind.title))]
        assert (name, username, page.status_code) == (name, username, STATUS[verdict.kind])
        assert (name, username, [words for words in said if words not in text]) == (name, username, [])


def test_of_what_somebody_does_not_see_nothing_is_known(offered, client_of):
    found = {client_of(username).get(address).status_code for *__, address, username in offered["-"]}
    assert found == {404}


def test_each_form_is_taken_once_and_what_was_typed_stands_beside_the_refusal(allowed, client_of, stage):
    cast, __ = stage
    for name, verb, thing, address, username in allowed:
        client, form = client_of(username), typed(verb, thing, cast)
        with transaction.atomic():
            first = client.post(address, form)
            assert (name, first.status_code, first.get("Location")) == (name, 302, thing.get_absolute_url())
            done = counted()
            second = client.post(address, form)
            text = second.content.decode()
            assert (name, second.status_code, counted()) == (name, SECOND_TIME.get(name, 409), done)
            words = second.status_code == 409 and bool(set(TYPED) & set(form))
            assert (name, WORDS in text, escape(WORDS) in text) == (name, False, words)
            transaction.set_rollback(True)


def test_a_form_without_the_version_that_was_looked_at_does_nothing(allowed, client_of, stage):
    before = counted()
    for name, verb, thing, address, username in allowed:
        form = typed(verb, thing, stage[0])
        if "version" in form:
            page = client_of(username).post(address, form | {"version": ""})
            assert (name, page.status_code, list(page.context["form"].errors)) == (name, 200, ["version"])
    assert counted() == before


def test_what_nobody_does_without_a_word_is_not_done_with_an_empty_one(allowed, client_of, stage):
    before = counted()
    for name, verb, thing, address, username in allowed:
        fields = verb.form(thing).fields
        words = sorted(field for field in TYPED if field in fields and fields[field].required)
        if words:
            empty = typed(verb, thing, stage[0]) | dict.fromkeys(words, " \n\x00\u202e ")
            page = client_of(username).post(address, empty)
            assert (name, page.status_code, sorted(page.context["form"].errors)) == (name, 200, words)
    assert counted() == before


def test_nobody_acts_past_the_page_of_his_refusal(refused, client_of, stage):
    cast, before = stage[0], counted()
    for name, verb, thing, address, username in refused:
        page = client_of(username).post(address, typed(verb, thing, cast))
        status = STATUS[verb.rule(cast[username], thing).kind]
        assert (name, username, page.status_code) == (name, username, status)
    assert counted() == before


@pytest.mark.parametrize(
    "address", ["/small/problems/0/give/", "/small/problems/999999/give/", "/small/standards/1/eat/"]
)
def test_an_address_of_no_act_or_of_a_thing_that_is_not_there_is_none(address, client_of):
    assert client_of("office").get(address).status_code == 404
