"""Send files through the page, and have the refused ones back with their mistakes marked (6.2.1 j)."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.returns.models import Return
from tests.members.returns.figures import table

IMPORT = "/reports/returns/import/"


def upload(content, name="returns.csv", do="import", **fields):
    return {"file": SimpleUploadedFile(name, content), "do": do, **fields}


def test_the_office_imports_as_accepted(as_person, stored):
    page = as_person("office").post(IMPORT, upload(table(("NH003", "2026-02", 5)), state="accepted"))
    assert (page.context["counts"]["created"], stored("NH003").state) == (1, "accepted")


@pytest.mark.checklist("B4")
def test_an_editor_cannot_send_a_file_past_the_review(as_person, stored):
    client = as_person("nanhai")
    client.post(IMPORT, upload(table(("NH003", "2026-02", 5)), state="accepted"))
    assert stored("NH003").state == "submitted"
    page = client.post(IMPORT, upload(table(("CC001", "2026-02", 5)), partial="on"))
    assert [problem.sentence for problem in page.context["problems"]] == ["The library CC001 is not in your hands."]


def test_a_refused_file_comes_back_marked_to_its_sender_only(as_person):
    client = as_person("office")
    page = client.post(IMPORT, upload(table(("NH003", "2026-02", "x")), state="accepted"))
    address = reverse("returns:return-marked", args=[page.context["marked"]])
    assert address.encode() in page.content
    marked = openpyxl.load_workbook(io.BytesIO(client.get(address).content))
    assert marked.worksheets[0]["C2"].comment is not None
    assert as_person("nanhai").get(address).status_code == 404


def test_only_checking_changes_nothing(as_person):
    page = as_person("office").post(IMPORT, upload(table(("NH003", "2026-02", 5)), do="check", state="accepted"))
    assert (page.context["counts"]["created"], Return.objects.count()) == (1, 0)


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    ("content", "name"), [(b"\x00\x01", "x.csv"), (b"PK\x03\x04rubbish", "x.xlsx"), (b"a,b\n1,2", "x.exe"), (b" ", "a")]
)
def test_what_is_no_table_is_refused_on_the_page(as_person, content, name):
    page = as_person("office").post(IMPORT, upload(content, name, state="accepted"))
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["file"])
