"""A portal of each earlier release lives on under the code of today."""

import gzip
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from fsul_portal.calendar.days import forget
from members.libraries.models import Spell
from members.people.models import User
from members.returns.due import days as due_days
from ops.dumps import dump, restore
from ops.places import ROOT
from reports.editions.actions import full_snapshot, render
from reports.editions.figures.snapshot import digest
from reports.editions.models import Edition
from tests.upgrades import facts

FOLDER = Path(__file__).parent
DUMPS = sorted(FOLDER.glob("*.sql.gz"))
pytestmark = pytest.mark.django_db
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name NOT LIKE ALL (ARRAY['migrated\\_\\_%', 'stage\\_\\_%'])
"""


def release(file: Path) -> str:
    return file.name.removesuffix(".sql.gz")


def rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def everything() -> dict[str, str]:
    """Return one digest for the rows of each table."""
    tables = connection.introspection.table_names()
    whole = "SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM {} t"
    return {table: rows(whole.format(connection.ops.quote_name(table)))[0][0] for table in tables}


def tables_in(file: Path) -> list[str]:
    """Return the rows of each table as the dump has them; PostgreSQL spells conditions anew each time."""
    return re.findall(r"^COPY .*?^\\\.$", gzip.decompress(file.read_bytes()).decode(), re.MULTILINE | re.DOTALL)


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """Lend an empty database on the same server."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def turn_to(name: str) -> None:
    """Let Django work on another database, and forget what it remembers of the one before."""
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    forget()
    due_days.forget()


@pytest.fixture(scope="module")
def columns_of_a_new_portal(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return set(rows(COLUMNS))


@pytest.fixture(scope="module", params=DUMPS, ids=release)
def kept(request, columns_of_a_new_portal, django_db_blocker):
    """Restore the dump of a release, migrate it, and work on it; return what was written down beside it."""
    if connection.vendor != "postgresql":
        pytest.fail("The dumps are those of PostgreSQL: run these tests by `make test`.")
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), own_database(f"{before}_upgraded") as name:
        restore({**connection.settings_dict, "NAME": name}, request.param)
        turn_to(name)
        try:
            call_command("migrate", verbosity=0)
            yield json.loads((FOLDER / f"{release(request.param)}.json").read_text("utf-8"))
        finally:
            turn_to(before)


def test_every_release_has_its_dump():
    released = set(re.findall(r"^## (\d[\d.]*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE))
    assert released - set(map(release, DUMPS)) == set()


def test_no_migration_is_missing_and_the_tables_are_those_of_a_new_portal(kept, columns_of_a_new_portal):
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert set(rows(COLUMNS)) == columns_of_a_new_portal


def test_the_portal_is_sound(kept):
    call_command("check", databases=["default"], fail_level="WARNING")


def test_nothing_is_lost_and_a_month_adds_up_to_what_it_did(kept):
    totals = facts.totals(kept["month"])
    found = {place: {code: totals[place][code] for code in cells} for place, cells in kept["totals"].items()}
    assert (facts.counts(), found) == (kept["counts"], kept["totals"])


def test_frozen_editions_are_as_they_were_frozen(kept):
    assert facts.editions() == kept["editions"]
    assert [digest(edition.snapshot) for edition in Edition.objects.order_by("pk")] == [
        mark for *__, mark in kept["editions"]
    ]


@pytest.mark.parametrize(
    ("kind", "form"), [("annual", "pdf"), ("annual", "xlsx"), ("annual", "json"), ("monthly", "json")]
)
def test_frozen_editions_still_become_documents(kept, kind, form):
    edition, out = Edition.objects.filter(kind=kind).earliest("number"), io.BytesIO()
    assert render(edition, form, out) == []
    if form == "json":
        frozen = full_snapshot(edition)
        written = json.loads(out.getvalue())
        assert {key: written[key] for key in ("period", "edition", "frozen_at")} == {
            key: frozen[key] for key in ("period", "edition", "frozen_at")
        }
    else:
        assert out.getvalue()[:2] == {"pdf": b"%P", "xlsx": b"PK"}[form]


def test_defaults_are_loaded_once(kept):
    call_command("load_defaults", verbosity=0, stdout=io.StringIO())
    before = everything()
    said = io.StringIO()
    call_command("load_defaults", verbosity=0, stdout=said)
    assert {line.rsplit(": ")[-1] for line in said.getvalue().splitlines()} == {"0"}
    assert everything() == before


def test_what_was_there_before_is_found(kept):
    call_command("load_defaults", verbosity=0, stdout=io.StringIO())
    client, spell = Client(), Spell.objects.as_of().filter(level="point").earliest("pk")
    client.force_login(User.objects.get(username="office"), backend="django.contrib.auth.backends.ModelBackend")
    for text in (spell.name, spell.library.code, f"{spell.district} {spell.name}"):
        shown = client.get("/search/", {"q": text}).context["groups"]
        assert spell.library.get_absolute_url() in [hit.url for group in shown for hit in group.hits]


def test_each_person_comes_in_and_sees_the_first_page(kept):
    found = {}
    for name in kept["people"]:
        client = Client()
        client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
        found[name] = client.get("/").status_code
    assert found == dict.fromkeys(kept["people"], 200)


def test_what_is_kept_can_be_read_back_row_by_row_and_tells_of_no_session(kept, tmp_path):
    first, second = tmp_path / "first.sql.gz", tmp_path / "second.sql.gz"
    own = connection.settings_dict
    dump(own, first)
    with own_database(f"{own['NAME']}_again") as name:
        restore({**own, "NAME": name}, first)
        dump({**own, "NAME": name}, second)
    assert tables_in(second) == tables_in(first)
    named = {table.split()[1] for table in tables_in(first)}
    assert ("public.members_user" in named, "public.django_session" in named) == (True, False)
