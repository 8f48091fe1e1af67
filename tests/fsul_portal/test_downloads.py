"""What leaves the portal has a name that people read, whatever browser takes it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse

from fsul_portal.grammar.downloads import disposition, to_keep
from fsul_portal.rooms import FLOORS


@pytest.mark.parametrize(
    ("name", "ending", "header"),
    [
        (
            "2026年10月填报表",
            "xlsx",
            "attachment; filename=\"2026-10.xlsx\"; filename*=UTF-8''2026%E5%B9%B410%E6%9C%88"
            "%E5%A1%AB%E6%8A%A5%E8%A1%A8.xlsx",
        ),
        ("租约.pdf", "", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E7%A7%9F%E7%BA%A6.pdf"),
        ("minutes.docx", "", "attachment; filename=\"minutes.docx\"; filename*=UTF-8''minutes.docx"),
        (
            'a"b\r\nSet-Cookie: x',
            "csv",
            "attachment; filename=\"a-b-Set-Cookie-x.csv\"; filename*=UTF-8''a%20b%20Set-Cookie%20x.csv",
        ),
        ("../../etc/passwd", "", "attachment; filename=\"passwd\"; filename*=UTF-8''passwd"),
        ("a\u202egnp.exe.pdf", "", "attachment; filename=\"agnp-exe.pdf\"; filename*=UTF-8''agnp.exe.pdf"),
        ("", "pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''file.pdf"),
    ],
)
def test_a_name_is_written_twice_and_ends_no_header(name, ending, header):
    assert disposition(name, ending) == header


def test_a_very_long_name_is_cut_before_its_ending():
    assert to_keep(HttpResponse(), "馆" * 300, "pdf").headers["Content-Disposition"].count("%E9%A6%86") == 100


def test_only_one_place_names_the_files_that_leave():
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for floor in FLOORS
        for path in sorted((Path(settings.BASE_DIR) / floor).rglob("*.py"))
        if re.search(r"Content-Disposition|content_disposition_header|as_attachment", path.read_text(encoding="utf-8"))
    ]
    assert found == ["fsul_portal/grammar/downloads.py"]
