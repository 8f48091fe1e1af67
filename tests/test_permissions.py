"""Hold who may go where: every page x every person (checklist B1, B2, B5, A1)."""

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from members.people.models import User
from tests import permission_table
from tests.buttons import lengths_of_choices, loud_first
from tests.permission_table import PEOPLE, TABLE
from tests.seen import said_by_machines

pytestmark = [pytest.mark.django_db, pytest.mark.checklist("B1", "B2", "B5")]


@pytest.fixture(scope="module")
def pressed_first():
    """The loud buttons that Enter would press, by door; filled while the table is made."""
    return {}


@pytest.fixture(scope="module")
def said():
    """The machine words that somebody read, by door; filled while the table is made."""
    return {}


@pytest.fixture(scope="module")
def misplaced():
    """The choices that carry what only a field for text may carry, by door; filled while the table is made."""
    return {}


@pytest.fixture(scope="module")
def table(django_db_setup, django_db_blocker, pressed_first, said, misplaced):
    """Knock once for all tests of this module, in a transaction that is undone."""

    def look(door, response):
        if words := said_by_machines(response):
            said[door] = said.get(door, set()) | words
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            page = response.content.decode()
            for button in loud_first(page):
                pressed_first.setdefault(door, set()).add(button)
            if found := lengths_of_choices(page):
                misplaced[door] = found

    with django_db_blocker.unblock(), transaction.atomic():
        django_db_setup.stage.put_back()
        cast = {user.username: user for user in User.objects.all()}
        found = permission_table.rows(cast, permission_table.set_table(cast), look)
        transaction.set_rollback(True)
    return found


def test_every_page_answers_every_person_as_the_table_says(table):
    """A page that is not in the table fails here; the table as found is left in var/ to be read and taken over."""
    found = permission_table.written(table)
    if found != TABLE.read_text("utf-8"):
        (settings.VAR_DIR / "permissions.txt").write_text(found, "utf-8")
    assert found.splitlines() == TABLE.read_text("utf-8").splitlines()


def test_no_choice_is_given_a_length(table, misplaced):
    assert misplaced == {}


def test_nobody_passes_without_logging_in(table):
    open_doors = {"login", "set_language", "components", "check", "check-code", "calendar-feed"}
    # Signed for one feed or one person: with any other signature nothing is found, by whomever.
    open_doors |= {"committee:meeting-feed", "committee:meeting-reply-signed"}
    open_doors |= {"reports:report-check", "reports:report-check-code"}
    # What has no token is answered 401 there, or told what there is.
    open_doors |= {name for name, __, __ in table if name.startswith("api:")}
    passed = {
        name
        for name, __, statuses in table
        if statuses[0] not in {302, 405} and name not in open_doors and not name.startswith("gallery")
    }
    assert passed == set()


def test_no_door_breaks(table):
    assert [(name, method) for name, method, statuses in table if max(statuses) >= 500] == []


def test_the_first_button_of_a_form_does_the_least(table, pressed_first):
    """Enter presses it, in whatever field: with several buttons it is never the one that decides."""
    assert pressed_first == {}


def test_nobody_reads_a_machine_word_at_any_door(table, said):
    """In Chinese; tests/test_machine_words.py reads the pages in English."""
    assert said == {}


def test_every_page_of_the_admin_is_shown_to_somebody(table):
    """A page for which no role has the right is none: whoever may see everything there reads the records."""
    shown = {name: 200 in statuses for name, method, statuses in table if name.startswith("admin:") and method == "GET"}
    pages = [name for name in shown if name.endswith(("_changelist", "_change", "index"))]
    assert [name for name in pages if not shown[name]] == []


def test_another_district_finds_nothing_of_nanhai(table):
    chancheng = PEOPLE.index("chancheng")
    details = ("filing-detail", "filing-edit", "return-detail", "return-accept", "return-give-back", "filing-agree")
    statuses = {
        name: found[chancheng]
        for name, __, found in table
        if name.rsplit(":", 1)[-1] in details and found[chancheng] != 405
    }
    assert set(statuses.values()) == {404}


@pytest.mark.parametrize("model", permission_table.admin_models())
def test_what_actions_write_is_neither_added_nor_deleted_in_the_admin(signed_in, model):
    if model in {"members_user", "fsul_portal_grant"}:
        people = ("office", "coordination-lead")
    else:
        people = ("admin", "office", "coordination-lead")
    for person in people:
        client = signed_in(person)
        assert client.get(reverse(f"admin:{model}_add")).status_code == 403
