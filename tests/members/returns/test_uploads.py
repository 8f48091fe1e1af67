"""Send files through the page, look at what they do, and have the refused ones back marked (6.2.1 j)."""

import io

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from fsul_portal.intake import actions, tasks
from fsul_portal.intake.models import Upload
from fsul_portal.records.models import Record
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.models import Run
from members.returns.models import IMPORTED, Return
from tests.members.returns.figures import table

IMPORT = "/reports/returns/import/"


def upload(client, content, name="returns.csv", **fields):
    """Send a file; return the page that shows what it would do."""
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **fields}, follow=True)


def confirm(client, page):
    digest = page.context["outcome"]["digest"]
    return client.post(page.context["upload"].get_absolute_url(), {"digest": digest}, follow=True)


def test_the_office_imports_as_accepted_what_it_has_seen(as_person, stored):
    client = as_person("office")
    page = upload(client, table(("NH003", "2026-02", 5)), state="accepted")
    assert (page.context["counts"]["created"], Return.objects.count()) == (1, 0)
    page = confirm(client, page)
    assert (page.context["counts"]["created"], stored("NH003").state) == (1, "accepted")


@pytest.mark.parametrize(
    ("sent", "means"),
    [
        ({"state": "accepted"}, "1 return is accepted: its figures count at once."),
        ({"state": "submitted"}, "1 return is handed in and goes to the review of its district."),
    ],
)
def test_it_is_said_before_whether_a_file_hands_in_or_accepts(as_person, cast, sent, means):
    page = upload(as_person("office"), table(("NH003", "2026-02", 5)), **sent)
    assert page.context["outcome"]["means"] == means
    assert means in page.content.decode()


def test_what_stays_a_draft_is_counted_apart(as_person, cast):
    page = upload(as_person("nanhai"), table(("NH003", "2026-02", 0), ("NH002", "2026-02", 5)))
    assert page.context["outcome"]["means"] == (
        "1 return is handed in and goes to the review of its district. "
        "1 stays a draft until what is asked is explained."
    )


@pytest.mark.checklist("D5")
def test_nobody_confirms_one_thing_and_gets_another(as_person, submitted, stored):
    client = as_person("office")
    page = upload(client, table(("NH003", "2026-02", 5)), state="accepted")
    submitted()
    page = confirm(client, page)
    assert (page.context["counts"]["updated"], stored("NH003").figures["V01"]) == (1, 1234)
    confirm(client, page)
    assert stored("NH003").figures["V01"] == 5


@pytest.mark.checklist("B4")
def test_an_editor_cannot_send_a_file_past_the_review(as_person, stored):
    client = as_person("nanhai")
    confirm(client, upload(client, table(("NH003", "2026-02", 5)), state="accepted"))
    assert stored("NH003").state == "submitted"
    page = upload(client, table(("CC001", "2026-02", 5)), partial="on")
    sentences = [sentence for __, __, sentence in page.context["outcome"]["problems"]]
    assert sentences == ["The library CC001 is not in your hands."]


def test_a_refused_file_comes_back_marked_to_its_sender_only(as_person):
    client = as_person("office")
    page = upload(client, table(("NH003", "2026-02", "x")), state="accepted")
    address = page.context["problems_url"]
    # Any process hands it out: it lies on disk.
    cache.clear()
    marked = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(address).streaming_content)))
    assert marked.worksheets[0]["C2"].comment is not None
    assert as_person("nanhai").get(address)["Location"] == IMPORT


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    ("content", "name"), [(b"\x00\x01", "x.csv"), (b"PK\x03\x04rubbish", "x.xlsx"), (b"a,b\n1,2", "x.exe"), (b" ", "a")]
)
def test_what_is_no_table_is_refused_on_the_page(as_person, content, name):
    page = upload(as_person("office"), content, name, state="accepted")
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["file"])


class Killed(BaseException):
    """What no `except Exception` sees: the end of the process."""


def test_a_big_file_goes_in_once_although_its_worker_is_killed(as_person, monkeypatch):
    monkeypatch.setattr(actions, "ROWS_FOR_A_RUN", 2)
    client = as_person("office")
    upload(client, table(("NH002", "2026-02", 5), ("NH003", "2026-02", 5)), state="accepted")
    tasks.check(Run.objects.get(task=actions.CHECK).pk)
    sent = Upload.objects.get()
    confirm(client, client.get(sent.get_absolute_url()))
    run = Run.objects.get(task=actions.TAKE_IN)
    claim = Claim.take(run.pk)
    with pytest.raises(Killed):
        killed_in_the_middle(run, sent)
    assert (Return.objects.count(), Record.objects.filter(verb=IMPORTED).count()) == (0, 0)
    # What the sweeper does with a claim that nobody holds any more.
    claim.release()
    for __ in range(2):
        tasks.take_in(run.pk)
    # One record of each return, and one of the file.
    assert (Return.objects.count(), Record.objects.filter(verb=IMPORTED).count()) == (2, 3)
    assert (Run.objects.get(pk=run.pk).state, Run.objects.get(pk=run.pk).losses) == (Run.State.DONE, 1)


@transaction.atomic
def killed_in_the_middle(run, sent):
    """Write what the run writes, and die before it holds."""
    sheet = actions.sheet_of(sent)
    plan = actions.confirm(sent, by=run.requested_by, digest=run.parameters["digest"], sheet=sheet)
    assert (len(plan.lines_in()), Return.objects.count()) == (2, 2)
    raise Killed
