"""Take files in by what they hold, and hand them out to those who read the record (C7, C11, C12, D9, E1)."""

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from fsul_portal.assignments.actions import assign, mark_done
from fsul_portal.files.actions import attach, withdraw
from fsul_portal.files.contents import FileRefused, fit_name
from fsul_portal.files.models import Attachment
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken
from tests.hands import at_once
from tests.responses import put_away

pytestmark = pytest.mark.usefixtures("in_english")

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


class FullDisk(FileSystemStorage):
    """Stand for a disk that fills up in the middle of a file."""

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(3))
        raise OSError(errno.ENOSPC, "No space left on device")


def package(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return file.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")


def sent(name, content=PDF):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def task(cast, library):
    """A task of the editor of Nanhai, to which he attaches."""
    return assign("Scan", thing=library("NH002"), by=cast["office"], to=cast["nanhai"])


@pytest.fixture
def attached(task, cast):
    return attach(task, sent("租约.pdf"), by=cast["nanhai"])


def on_disk(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def body(response):
    content = b"".join(response.streaming_content)
    put_away(response)
    return content


@pytest.mark.checklist("C7")
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "PDF"),
        ("a.PNG", PNG, "PNG"),
        ("a.jpeg", b"\xff\xd8\xff\xe0x", "JPEG"),
        ("a.gif", b"GIF89ax", "GIF"),
        ("a.docx", DOCX, "DOCX"),
        ("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml"), "XLSX"),
        ("a.pptx", package("[Content_Types].xml", "ppt/presentation.xml"), "PPTX"),
        ("a.ofd", package("OFD.xml"), "OFD"),
        ("a.txt", "佛山".encode(), "TXT"),
        ("a.csv", "代码,名称\nNH001,佛山".encode("gb18030"), "TXT"),
    ],
)
def test_a_file_is_taken_by_what_it_holds(task, cast, name, content, kind):
    kept = attach(task, sent(name, content), by=cast["nanhai"])
    with kept.file.open() as stored:
        assert (kept.kind, kept.size, stored.read()) == (kind, len(content), content)


@pytest.mark.checklist("C7")
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", PNG, "The file holds PNG and is named otherwise: its name has to end in .png."),
        ("a.docx", package("xl/workbook.xml"), "The file holds XLSX and is named otherwise"),
        ("a.pdf", b"", "The file is empty."),
        ("a.html", b"<html><script>alert(1)</script>", "This kind of file is not taken."),
        ("a.txt", b"\xef\xbb\xbf <!doctype html>", "This kind of file is not taken."),
        ("a.svg", b"<svg onload='alert(1)'/>", "This kind of file is not taken."),
        ("a.exe", b"MZ\x90\x00", "This kind of file is not taken."),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This kind of file is not taken."),
        ("a.sh", b"#!/bin/sh\n", "The file holds TXT and is named otherwise"),
        ("a.docx", package("word/document.xml", "word/vbaProject.bin"), "The file holds macros."),
        ("a.docx", b"PK\x03\x04 no package", "The file is damaged."),
        ("a.docx", package(*map(str, range(5001)), "word/document.xml"), "The file has too many parts."),
        ("a.zip", package("a.txt"), "This kind of file is not taken."),
        ("a", PDF, "The file holds PDF and is named otherwise"),
    ],
)
def test_what_is_not_what_it_says_is_refused(task, cast, settings, name, content, sentence):
    with pytest.raises(FileRefused) as refusal:
        attach(task, sent(name, content), by=cast["nanhai"])
    assert str(refusal.value).startswith(sentence)
    assert (Attachment.objects.count(), on_disk(settings)) == (0, [])


def test_a_file_beyond_the_limit_is_refused(task, cast, settings):
    settings.UPLOAD_LIMIT = 1024**2
    with pytest.raises(FileRefused, match=r"The file is bigger than 1 MB\."):
        attach(task, sent("a.pdf", PDF + b"x" * 1024**2), by=cast["nanhai"])


def scanner(file):
    return "This file carries a virus." if b"EICAR" in file.read() else ""


@pytest.mark.checklist("C12")
def test_a_scanner_refuses_with_its_own_sentence(task, cast, settings):
    settings.UPLOAD_SCANNER = f"{__name__}.scanner"
    with pytest.raises(FileRefused, match=r"This file carries a virus\."):
        attach(task, sent("a.pdf", PDF + b"EICAR"), by=cast["nanhai"])
    assert attach(task, sent("a.pdf"), by=cast["nanhai"]).size == len(PDF)


@pytest.mark.checklist("D9")
def test_a_full_disk_leaves_neither_a_row_nor_a_piece_of_a_file(task, cast, settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.FullDisk"}}
    with pytest.raises(FileRefused, match=r"The file could not be kept: No space left on device\."):
        attach(task, sent("a.pdf"), by=cast["nanhai"])
    assert (Attachment.objects.count(), on_disk(settings)) == (0, [])


@pytest.mark.checklist("C7")
def test_the_place_of_a_file_says_nothing_and_only_the_portal_reads_it(attached, settings):
    (path,) = on_disk(settings)
    assert (len(path.name), path.suffix) == (32, "")
    assert oct(os.stat(path).st_mode & 0o777) == "0o600"
    assert not str(path).startswith(str(settings.STATIC_ROOT))


@pytest.mark.checklist("E1")
def test_whoever_reads_the_record_downloads_and_that_is_on_record(attached, signed_in, cast):
    response = signed_in("office").get(attached.get_absolute_url())
    assert (response.status_code, body(response)) == (200, PDF)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (
        response["Content-Disposition"] == "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E7%A7%9F%E7%BA%A6.pdf"
    )
    act = Record.objects.get(verb="downloaded")
    assert (act.by, act.thing, act.note, act.address) == (cast["office"], attached.thing, "租约.pdf", "127.0.0.1")


@pytest.mark.checklist("B1")
def test_a_stranger_finds_no_file(attached, task, signed_in):
    client = signed_in("chancheng")
    assert client.get(attached.get_absolute_url()).status_code == 404
    attach_to = f"/files/fsul_portal.assignment/{task.pk}/attach/"
    assert client.post(attach_to, {"file": sent("a.pdf")}).status_code == 404
    for kind in ("members.user", "nothing.here", "x", "auth.permission"):
        assert client.post(f"/files/{kind}/1/attach/", {"file": sent("a.pdf")}).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(attached, signed_in, settings):
    on_disk(settings)[0].unlink()
    assert signed_in("nanhai").get(attached.get_absolute_url()).status_code == 404


@pytest.mark.checklist("C11")
@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("租约.pdf", "租约.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\租约.pdf", "租约.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a_b Set-Cookie_ x.pdf"),
        ("名" * 200 + ".pdf", "名" * 116 + ".pdf"),
        (".htaccess", "htaccess"),
        ("a\u202efdp.pdf", "afdp.pdf"),
        ("a\x00.pdf", "a.pdf"),
        ("...", "file"),
        ("关于2026.11工作的通知和说明材料", "关于2026.11工作的通知和说明材料"),
        (" .pdf", "pdf"),
    ],
)
def test_a_name_is_made_fit(name, fit):
    assert fit_name(name) == fit


@pytest.mark.checklist("C11")
def test_a_name_with_quotes_and_line_ends_stays_one_header(task, cast, signed_in):
    file = sent("x.pdf")
    file._name = 'a";\r\nX-Evil: 1 “引号”.pdf'
    kept = attach(task, file, by=cast["nanhai"])
    response = put_away(signed_in("nanhai").get(kept.get_absolute_url()))
    assert (response.status_code, "X-Evil" in response.headers) == (200, False)


def test_a_new_version_keeps_the_old_one(attached, task, cast, signed_in):
    newer = attach(task, sent("租约.pdf", PDF + b"2"), by=cast["nanhai"], replaces=attached)
    assert (newer.version, list(Attachment.objects.of(task).standing())) == (2, [newer])
    assert body(signed_in("nanhai").get(attached.get_absolute_url())) == PDF
    with pytest.raises(Overtaken, match=r"Somebody else has replaced or withdrawn this file meanwhile\."):
        attach(task, sent("租约.pdf"), by=cast["nanhai"], replaces=attached)


def test_two_who_replace_at_once_make_one_version(many_hands, cast, library):
    task = assign("Scan", thing=library("NH002"), by=cast["office"], to=cast["nanhai"])
    first = attach(task, sent("a.pdf"), by=cast["nanhai"])
    outcomes = at_once(lambda number: attach(task, sent("a.pdf"), by=cast["nanhai"], replaces=first), times=4)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Attachment", *["Overtaken"] * 3]


def test_a_withdrawn_file_stays_with_its_reason(attached, cast, signed_in, settings):
    with pytest.raises(PermissionDenied, match=r"Only the person who attached this file withdraws it\."):
        withdraw(attached, by=cast["office"], note="x")
    client = signed_in("nanhai")
    client.post(f"/files/{attached.pk}/withdraw/", {"note": "Wrong lease"})
    attached.refresh_from_db()
    assert (attached.withdrawn_note, len(on_disk(settings))) == ("Wrong lease", 1)
    refused = signed_in("office").get(attached.get_absolute_url())
    assert (refused.status_code, "This file was withdrawn." in refused.content.decode()) == (403, True)
    assert Record.objects.get(verb="file withdrawn").note == "Wrong lease"


def test_somebody_attaches_on_the_page_of_the_record(task, signed_in):
    client, address = signed_in("nanhai"), f"/files/fsul_portal.assignment/{task.pk}/attach/"
    assert client.post(address, {"file": sent("a.pdf")}).url == task.get_absolute_url()
    page = client.get(task.get_absolute_url()).content.decode()
    assert (page.count(">a.pdf</a>"), address in page) == (1, True)
    refused = client.post(address, {"file": sent("a.pdf", PNG)})
    assert (refused.status_code, "The file holds PNG" in refused.content.decode()) == (200, True)


def test_a_colleague_who_reads_does_not_attach(task, signed_in):
    response = signed_in("office").post(f"/files/fsul_portal.assignment/{task.pk}/attach/", {"file": sent("a.pdf")})
    assert (response.status_code, Attachment.objects.count()) == (403, 0)
    assert "Files are attached by whoever does the task, while it is open." in response.content.decode()


def test_a_record_that_says_nothing_of_files_takes_none(cast, library):
    with pytest.raises(PermissionDenied):
        attach(library("NH002"), sent("a.pdf"), by=cast["office"])


def test_many_files_cost_as_much_as_one(task, attached, cast, signed_in, django_assert_max_num_queries):
    client = signed_in("nanhai")
    client.get(task.get_absolute_url())
    with django_assert_max_num_queries(30) as few:
        client.get(task.get_absolute_url())
    for number in range(10):
        attach(task, sent(f"{number}.pdf"), by=cast["nanhai"])
    with django_assert_max_num_queries(30) as many:
        client.get(task.get_absolute_url())
    assert len(few) == len(many)


def test_nothing_is_attached_to_what_is_done(task, cast):
    mark_done(task, by=cast["nanhai"])
    with pytest.raises(PermissionDenied, match=r"while it is open"):
        attach(task, sent("a.pdf"), by=cast["nanhai"])
