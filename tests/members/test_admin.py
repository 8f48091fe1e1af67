"""Hold the admin pages of the registry: they show, and a file goes the same way as everywhere."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from fsul_portal.records.models import Record
from fsul_portal.sheets import read_sheet
from members.libraries.actions import change_facts
from members.libraries.models import Library
from tests.fsul_portal import hostile
from tests.members.conftest import csv_of

HEADERS = "code,name,level,parent_code,opened_on"
GOOD = ("NH010", "新分馆", "branch", "NH001", "2021-05-01")
IMPORT = "/admin/members/library/import/"
PROCESS = "/admin/members/library/process_import/"


def look(client, content, name="libraries.csv"):
    return client.post(IMPORT, {"import_file": SimpleUploadedFile(name, content), "format": "0", "resource": "0"})


def confirm(client, page, **changes):
    return client.post(PROCESS, {**page.context["confirm_form"].initial, **changes})


@pytest.mark.clause("6.2.1 e")
def test_a_file_is_looked_at_and_confirmed_through_import_export(signed_in):
    client = signed_in("office")
    page = look(client, csv_of(HEADERS, GOOD))
    assert page.context["result"].totals["new"] == 1
    assert not Library.objects.filter(code="NH010").exists()
    assert confirm(client, page).status_code == 302
    record = Record.objects.of(Library.objects.get(code="NH010")).get()
    assert (record.verb, record.by.username, record.note) == ("opened", "office", "libraries.csv")
    assert LogEntry.objects.count() == 0


def test_the_preview_shows_before_and_after(signed_in):
    page = look(signed_in("office"), csv_of("code,name,level", ("NH003", "新名字", "branch")))
    (row,) = page.context["result"].valid_rows()
    shown = dict(zip(page.context["result"].diff_headers, row.diff, strict=True))
    assert (shown["name"], shown["parent_code"]) == ("<del>大沥分馆（演示）</del> <ins>新名字</ins>", "NH001")


@pytest.mark.checklist("C6")
def test_a_mistake_is_told_by_row_and_column_and_keeps_everything_out(signed_in):
    page = look(signed_in("office"), csv_of(HEADERS, GOOD, ("NH011", "馆", "branch", "NH404", "2024-13-01")))
    (row,) = page.context["result"].invalid_rows
    assert (row.number, sorted(row.field_specific_errors)) == (3, ["opened_on", "parent_code"])
    assert page.context.get("confirm_form") is None
    assert not Library.objects.filter(code="NH010").exists()


def test_a_row_that_went_wrong_after_the_preview_keeps_everything_out(signed_in, library):
    client = signed_in("office")
    page = look(client, csv_of(HEADERS, GOOD, ("NH011", "馆", "point", "NH003", "2021-05-01")))
    change_facts(library("NH003"), {"level": "point"}, on=date(2010, 1, 1))
    assert confirm(client, page)["Location"] == IMPORT
    assert not Library.objects.filter(code__in=("NH010", "NH011")).exists()


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    "changes",
    [
        {"format": "x"},
        {"format": "99"},
        {"resource": "99"},
        {"import_file_name": "../../etc/passwd"},
        {"import_file_name": "x" * 32},
    ],
)
def test_a_made_up_confirmation_leads_back(signed_in, changes):
    client = signed_in("office")
    page = look(client, csv_of(HEADERS, GOOD))
    assert confirm(client, page, **changes)["Location"] == IMPORT
    assert not Library.objects.filter(code="NH010").exists()


@pytest.mark.checklist("C5")
@pytest.mark.parametrize(
    "content",
    [b"", b"code,name\nx,y\n", b"PK\x03\x04x", hostile.one_cell_in_the_last_corner()],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_form(signed_in, content):
    response = look(signed_in("office"), content)
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["import_file"])


@pytest.mark.checklist("B5")
@pytest.mark.parametrize(
    ("username", "status"),
    [("office", 200), ("admin", 403), ("coordination-lead", 403), ("nanhai", 302), ("chair", 302)],
)
def test_only_the_office_imports_in_the_admin(signed_in, username, status):
    client = signed_in(username)
    assert client.get(IMPORT).status_code == status
    assert client.post(PROCESS, {}).status_code == status


@pytest.mark.parametrize(("format", "kind"), [("0", "xlsx"), ("1", "csv")])
def test_the_admin_exports_what_the_import_takes(signed_in, load, format, kind):
    response = signed_in("office").post("/admin/members/library/export/", {"format": format, "resource": "0"})
    assert len(read_sheet(response.content, name=f"x.{kind}").rows) == 10
    assert load(response.content).counts() == {"created": 0, "updated": 0, "unchanged": 10, "refused": 0}


@pytest.mark.checklist("B5")
@pytest.mark.parametrize("model", ["library", "spell", "division"])
def test_the_registry_is_looked_at_and_never_edited_in_the_admin(signed_in, model):
    client = signed_in("office")
    one = {"library": Library.objects.first(), "spell": Library.objects.first().spells.first()}.get(model)
    pk = one.pk if one else Library.objects.first().district.pk
    offered = {"library": ("level=branch", "level=x"), "spell": ("known=before",), "division": ()}[model]
    for query in ("", "q=NH", *offered):
        assert client.get(f"/admin/members/{model}/?{query}", follow=True).status_code == 200
    assert client.get(f"/admin/members/{model}/?nonsense=1").status_code == 400
    assert client.get(f"/admin/members/{model}/{pk}/change/").status_code == 200
    tried = [client.post(f"/admin/members/{model}/{url}") for url in ("add/", f"{pk}/change/", f"{pk}/delete/")]
    assert [response.status_code for response in tried] == [403, 403, 403]


@pytest.mark.checklist("C1")
def test_a_nonsensical_filter_is_refused_by_the_export_as_by_the_list(signed_in):
    response = signed_in("office").post("/admin/members/library/export/?nonsense=1", {"format": "1", "resource": "0"})
    assert response.status_code == 400
