"""Set the stage: divisions, indicators, groups, ten libraries and the cast of people."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import TransactionTestCase, override_settings
from pytest_django.plugin import blocking_manager_key

from fsul_portal.calendar.actions import load_published_days
from fsul_portal.calendar.days import forget
from members.divisions.actions import load_foshan
from members.indicators.dictionary import load_first_indicators
from members.indicators.formulas.actions import load_first_formulas
from members.libraries.models import Library
from members.people.models import User
from members.returns.due import days as due_days
from members.returns.due.actions import load_first_rule
from members.returns.rollup.actions import build as add_up_returns
from reports.demo.cast import open_libraries, seat_people
from tests import leftovers
from tests.leftovers import pytest_runtest_protocol, pytest_runtest_teardown
from tests.own_database import pytest_collection_modifyitems
from tests.prepared import Prepared
from workgroups.groups.actions import found_first_groups

__all__ = ["pytest_collection_modifyitems", "pytest_runtest_protocol", "pytest_runtest_teardown"]

PASSWORD = "fsul-demo-2026"
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Before every clock that a test sets.
STAGE_SET = datetime(2024, 1, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PREPARED = pytest.StashKey[Prepared]()


def pytest_configure(config):
    from django.conf import settings

    # The static files' server warns of a folder that is not there; a clean clone has none before the first set-up.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def quick_and_private(settings, tmp_path):
    """Hash fast, leave the static files alone, keep files of a test to itself."""
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    # Else every client lists all static files before its first page.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def no_days_of_before():
    """Let go of the working days and of the due days which an earlier test has read."""
    forget()
    due_days.forget()


def set_stage():
    load_foshan()
    load_first_formulas()
    load_first_indicators()
    found_first_groups()
    load_published_days(since=2025)
    load_first_rule()
    open_libraries()
    add_up_returns()
    return seat_people(PASSWORD)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if prepared := item.config.stash.get(PREPARED, None):
        with item.config.stash[blocking_manager_key].unblock():
            prepared.begin_test()


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Prepare the database of this worker once: every test begins with what the migrations left."""
    with django_db_blocker.unblock(), time_machine.travel(STAGE_SET, tick=False):
        with override_settings(PASSWORD_HASHERS=QUICK_HASHERS):
            prepared = request.config.stash[PREPARED] = Prepared(set_stage)
    with pytest.MonkeyPatch.context() as django:
        # Django's own way takes a second: it builds permissions and content types anew, with other keys.
        django.setattr(TransactionTestCase, "_fixture_teardown", lambda case: prepared.restore())
        yield prepared
        del request.config.stash[PREPARED]
    with django_db_blocker.unblock():
        # A story that broke in the middle may leave its server at work: no run is red for a database that stays.
        if left := leftovers.other_connections():
            leftovers.end(left)


@pytest.fixture
def cast(db, django_db_setup):
    """The people of the cast by user name, with ten libraries, all divisions, groups and indicators."""
    django_db_setup.stage.put_back()
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def person(cast):
    """Fetch a person of the cast anew, as a request would: `person("nanhai")`."""
    return lambda username: User.objects.get(username=username)


@pytest.fixture
def library(cast):
    """Fetch a library of the cast: `library("NH002")`."""
    return lambda code: Library.objects.get(code=code)


@pytest.fixture
def signed_in(client, person):
    """Return a client signed in as a person of the cast: `signed_in("nanhai")`."""

    def sign_in(username):
        client.force_login(person(username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
