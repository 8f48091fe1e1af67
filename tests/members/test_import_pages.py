"""Hold the way of a file through the portal's own pages: preview, confirmation, or nothing."""

import os
import time
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fsul_portal.access.actions import grant
from fsul_portal.intake import actions, tasks
from fsul_portal.intake.actions import uploads_folder
from fsul_portal.intake.models import Upload
from fsul_portal.runs.models import Run
from fsul_portal.sheets import Table, read_sheet, write_xlsx
from members.libraries.actions import change_facts
from members.libraries.models import Library
from tests.members.conftest import csv_of

HEADERS = "code,name,level,parent_code"
GOOD = ("NH010", "新分馆", "branch", "NH001")
BAD = ("NH011", "新分馆", "branch", "NH404")
IMPORT = "/members/import/"


def upload(client, *rows, headers=HEADERS, content=None, name="变动.csv"):
    file = SimpleUploadedFile(name, content if content is not None else csv_of(headers, *rows))
    return client.post(IMPORT, {"file": file, "on": timezone.localdate().isoformat()})


def kept():
    folder = uploads_folder()
    return sorted(folder.iterdir()) if folder.exists() else []


@pytest.mark.clause("6.2.1 e")
def test_a_file_is_looked_at_then_confirmed_then_gone(signed_in, django_capture_on_commit_callbacks):
    client = signed_in("office")
    preview = upload(client, GOOD)["Location"]
    page = client.get(preview)
    assert page.context["counts"] == {"created": 1, "updated": 0, "unchanged": 0, "refused": 0}
    assert not Library.objects.filter(code="NH010").exists()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(preview, {"digest": page.context["outcome"]["digest"]})
    assert (response.status_code, response["Location"]) == (302, preview)
    assert client.get(preview).context["upload"].taken_by.username == "office"
    assert Library.objects.get(code="NH010").entered_by.username == "office"
    assert kept() == []


@pytest.mark.checklist("C6")
def test_a_file_with_a_mistake_is_not_taken_in_whatever_is_posted(signed_in):
    client = signed_in("office")
    preview = upload(client, GOOD, BAD)["Location"]
    page = client.get(preview)
    assert [(row, column) for row, column, __ in page.context["outcome"]["problems"]] == [(3, "parent_code")]
    client.post(preview, {"digest": page.context["outcome"]["digest"]})
    assert not Library.objects.filter(code="NH010").exists()


def test_the_mistakes_come_back_marked(signed_in):
    client = signed_in("office")
    response = client.get(upload(client, GOOD, BAD)["Location"] + "problems/")
    sheet = read_sheet(b"".join(response.streaming_content), name="x.xlsx")
    assert (len(sheet.rows), len(sheet.unread)) == (2, 1)


@pytest.mark.checklist("D5")
def test_nobody_confirms_one_thing_and_gets_another(signed_in, library):
    client = signed_in("office")
    preview = upload(client, ("NH003", "新名字", "branch", "NH001"))["Location"]
    digest = client.get(preview).context["outcome"]["digest"]
    change_facts(library("NH003"), {"name": "别人起的名字"}, on=date(2025, 1, 1))
    response = client.post(preview, {"digest": digest})
    assert response["Location"] == preview
    assert library("NH003").facts.name == "别人起的名字"


@pytest.mark.checklist("D3")
def test_a_second_click_takes_nothing_in_twice(signed_in):
    client = signed_in("office")
    preview = upload(client, GOOD)["Location"]
    digest = client.get(preview).context["outcome"]["digest"]
    assert [client.post(preview, {"digest": digest})["Location"] for __ in range(2)] == [preview, preview]
    assert Library.objects.get(code="NH010").spells.count() == 1


def test_an_upload_belongs_to_its_sender(signed_in, client, person, cast):
    preview = upload(signed_in("office"), GOOD)["Location"]
    grant("secretary", to=person("chair"))
    client = signed_in("chair")
    for url in (preview, f"{preview}problems/"):
        assert client.get(url)["Location"] == IMPORT
    assert client.post(preview, {"digest": ""})["Location"] == IMPORT


@pytest.mark.parametrize("token", ["x", "../../etc/passwd", "eyJ9:1a:b", "馆", "a" * 3000])
def test_a_made_up_token_leads_back(signed_in, token):
    response = signed_in("office").get(f"{IMPORT}{token}/")
    assert response.status_code in {302, 404}


@pytest.mark.checklist("B2")
@pytest.mark.parametrize(
    "username",
    ["admin", "chair", "committee", "coordination-lead", "nanhai", "nanhai-reviewer", "branch", "observer"],
)
def test_only_the_office_imports(signed_in, username):
    client = signed_in(username)
    assert (client.get(IMPORT).status_code, upload(client, GOOD).status_code) == (403, 403)
    assert kept() == []


@pytest.mark.checklist("C7")
def test_an_uploaded_file_lies_where_only_the_portal_reads_it(signed_in):
    upload(signed_in("office"), GOOD, name="../../坏.csv")
    (file,) = kept()
    assert Upload.objects.get().name == "坏.csv"
    assert (len(file.name), file.suffix, oct(file.stat().st_mode & 0o777)) == (32, "", "0o600")
    assert oct(file.parent.stat().st_mode & 0o777) == "0o700"


def test_what_nobody_came_back_for_is_cleared_away(signed_in):
    client = signed_in("office")
    upload(client, GOOD)
    (old,) = kept()
    yesterday = time.time() - timedelta(hours=25).total_seconds()
    os.utime(old, (yesterday, yesterday))
    upload(client, GOOD)
    assert len(kept()) == 1
    assert kept() != [old]


@pytest.mark.checklist("C7")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("big.csv", b"code,name,level\n" + b"x" * (20 * 1024 * 1024)),
        ("empty.csv", b""),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("lacks.csv", b"code,name\nNH010,x\n"),
        ("no-rows.csv", b"code,name,level\n"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(signed_in, name, content):
    response = upload(signed_in("office"), content=content, name=name)
    assert (response.status_code, len(response.context["form"].errors["file"])) == (200, 1)
    assert kept() == []


def many(count):
    return [(f"NH{number}", f"点{number}", "point", "NH002") for number in range(1000, 1000 + count)]


def test_a_big_file_is_looked_at_and_taken_in_by_runs(signed_in):
    client = signed_in("office")
    check = Run.objects.get(pk=run_key(upload(client, *many(500))["Location"]))
    work_off(check)
    upload_row = Upload.objects.get()
    assert check_result(check) == upload_row
    preview = upload_row.get_absolute_url()
    page = client.get(preview)
    assert page.context["counts"] == {"created": 500, "updated": 0, "unchanged": 0, "refused": 0}
    digest = page.context["outcome"]["digest"]
    runs = {client.post(preview, {"digest": digest})["Location"] for __ in range(2)}
    (taking_in,) = [Run.objects.get(pk=run_key(address)) for address in runs]
    work_off(taking_in)
    assert Library.objects.filter(code__startswith="NH1").count() == 500
    page = client.get(preview)
    assert (page.context["counts"]["created"], page.context["upload"].taken_by.username) == (500, "office")
    assert client.post(preview, {"digest": digest})["Location"] == preview


def test_a_run_takes_in_only_what_was_seen(signed_in, library):
    client = signed_in("office")
    rows = [*many(500), ("NH003", "新名字", "branch", "NH001")]
    work_off(Run.objects.get(pk=run_key(upload(client, *rows)["Location"])))
    preview = Upload.objects.get().get_absolute_url()
    digest = client.get(preview).context["outcome"]["digest"]
    change_facts(library("NH003"), {"name": "别人起的名字"}, on=date(2025, 1, 1))
    run = work_off(Run.objects.get(pk=run_key(client.post(preview, {"digest": digest})["Location"])))
    assert (run.state, Library.objects.count()) == (Run.State.FAILED, 10)


def run_key(address):
    return int(address.rstrip("/").rsplit("/", 1)[-1])


def work_off(run):
    """Do what a worker does with a run."""
    {actions.CHECK: tasks.check, actions.TAKE_IN: tasks.take_in}[run.task](run.pk)
    return Run.objects.get(pk=run.pk)


def check_result(run):
    return Run.objects.get(pk=run.pk).result


def test_how_a_file_is_read_is_asked_before_anything_goes_in(signed_in):
    client = signed_in("office")
    out = BytesIO()
    tables = [
        Table(name, HEADERS.split(","), [row])
        for name, row in (("甲", GOOD), ("乙", ("NH011", "<b>", "branch", "NH001")))
    ]
    write_xlsx(out, tables)
    question = upload(client, content=out.getvalue(), name="two.xlsx")["Location"]
    page = client.get(question)
    assert [value for value, __ in page.context["form"].fields["answer"].choices] == ["甲", "乙"]
    assert page.context["form"].fields["answer"].choices[1][1] == (
        "<span>乙<br>code | name | level | parent_code<br>NH011 | &lt;b&gt; | branch | NH001</span>"
    )
    client.post(question, {"answer": "乙"})
    page = client.get(question)
    assert [(code, became) for __, code, __, became, __ in page.context["outcome"]["changes"]] == [("NH011", "created")]
    assert page.context["outcome"]["notes"] != []


def test_an_empty_cell_is_shown_to_keep_what_is_stored(signed_in):
    client = signed_in("office")
    row = ("NH003", "大沥分馆（演示）", "branch", "")
    page = client.get(upload(client, row, headers="code,name,level,kind")["Location"])
    assert (page.context["outcome"]["kept"], page.context["counts"]["unchanged"]) == ([["kind", 1, [2]]], 1)
