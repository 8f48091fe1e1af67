"""Set each sample once for all tests which only read it."""

import io
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from pypdf import PdfReader

from fsul_portal.letters.typeset.pdf import print_letter
from fsul_portal.letters.typeset.word import write_letter
from tests.fsul_portal.letters.samples import ALL

MADE_AT = datetime(2026, 11, 26, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def printed(letter, **options):
    return print_letter(letter, made_at=MADE_AT, **options)


def pages_of(letter):
    return PdfReader(io.BytesIO(printed(letter))).pages


def written(letter, **options):
    return write_letter(letter, made_at=MADE_AT, **options)


def word_of(letter):
    return Document(io.BytesIO(written(letter)))


@pytest.fixture(scope="session")
def pdfs():
    return {name: printed(letter) for name, letter in ALL.items()}


@pytest.fixture(scope="session")
def readers(pdfs):
    return {name: PdfReader(io.BytesIO(content)) for name, content in pdfs.items()}


@pytest.fixture(scope="session")
def by_office(tmp_path_factory):
    """Let LibreOffice open every DOCX, in one start of it, and print it."""
    folder = tmp_path_factory.mktemp("office")
    for name, letter in ALL.items():
        (folder / f"{name}.docx").write_bytes(written(letter))
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    convert = ["--convert-to", "pdf", "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in ALL)]
    subprocess.run([*command, *convert], check=True, capture_output=True)
    return {name: PdfReader(folder / f"{name}.pdf") for name in ALL}
