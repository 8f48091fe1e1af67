"""Tell what a file is by what it holds; its name only has to agree."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files import File
from django.utils.translation import gettext as _

from fsul_portal.grammar.text import clean

NAME_LENGTH, ENDING_LENGTH = 120, 10
# What no file system takes, and what would end a quoted name.
UNFIT = re.compile(r'[\\/:*?"<>|]')
HEAD = 1024
MEMBERS, MEMBER_SIGN = 5000, b"PK\x01\x02"
TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


if TYPE_CHECKING:
    Upload = File[bytes]
else:
    # Django's own class takes no argument when it runs.
    Upload = File


def opened(kept: Upload) -> Upload | None:
    """Return a kept file, open to be read; None where the store has lost it."""
    try:
        return kept.open("rb")
    except FileNotFoundError:
        return None


class FileRefused(ValueError):
    """Carry the sentence for the person who sent the file."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken; `fits` looks at its first bytes and at the names of its parts."""

    name: str
    endings: tuple[str, ...]
    content_type: str
    fits: Callable[[bytes, frozenset[str]], bool]


def _begins(*signs: bytes) -> Callable[[bytes, frozenset[str]], bool]:
    return lambda head, parts: head.startswith(signs)


def _holds(part: str) -> Callable[[bytes, frozenset[str]], bool]:
    return lambda head, parts: part in parts


OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = (
    Kind("PDF", (".pdf",), "application/pdf", _begins(b"%PDF-")),
    Kind("PNG", (".png",), "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    Kind("JPEG", (".jpg", ".jpeg"), "image/jpeg", _begins(b"\xff\xd8\xff")),
    Kind("GIF", (".gif",), "image/gif", _begins(b"GIF87a", b"GIF89a")),
    Kind("DOCX", (".docx",), f"{OFFICE}wordprocessingml.document", _holds("word/document.xml")),
    Kind("XLSX", (".xlsx",), f"{OFFICE}spreadsheetml.sheet", _holds("xl/workbook.xml")),
    Kind("PPTX", (".pptx",), f"{OFFICE}presentationml.presentation", _holds("ppt/presentation.xml")),
    Kind("OFD", (".ofd",), "application/ofd", _holds("OFD.xml")),
)
TEXT = Kind("TXT", (".txt", ".csv"), "text/plain", lambda head, parts: False)
ENDINGS = [ending for kind in (*KINDS, TEXT) for ending in kind.endings]
BY_NAME = {kind.name: kind for kind in (*KINDS, TEXT)}


def fit_name(name: str) -> str:
    """Return a name without folders and without what a file system or a header would choke on, with its ending."""
    plain = " ".join(clean(name.replace("\\", "/").rsplit("/", 1)[-1]).split())
    fit = UNFIT.sub("_", plain).strip(". ") or "file"
    ending = PurePath(fit).suffix
    if len(ending) > ENDING_LENGTH:
        return fit[:NAME_LENGTH]
    return fit.removesuffix(ending)[: NAME_LENGTH - len(ending)].strip(". ") + ending


def kind_of_content(file: Upload, name: str) -> Kind:
    """Return what the file holds, or refuse it with a sentence."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise FileRefused(_("The file is empty."))
    parts: frozenset[str] = _parts(file) if head.startswith(b"PK\x03\x04") else frozenset()
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise FileRefused(_("The file holds macros. Save it without them and send it again."))
    found = next((kind for kind in KINDS if kind.fits(head, parts)), None) or _text(file)
    if found is None:
        raise FileRefused(
            _("This kind of file is not taken. Taken are: %(endings)s.") % {"endings": ", ".join(ENDINGS)}
        )
    if PurePath(name).suffix.lower() not in found.endings:
        raise FileRefused(
            _("The file holds %(kind)s and is named otherwise: its name has to end in %(endings)s.")
            % {"kind": found.name, "endings": ", ".join(found.endings)}
        )
    return found


def _parts(file: Upload) -> frozenset[str]:
    """Return the names of the parts of a package, which are counted before anything is made of them."""
    file.seek(0)
    if file.read().count(MEMBER_SIGN) > MEMBERS:
        raise FileRefused(_("The file has too many parts."))
    try:
        with zipfile.ZipFile(file) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
        raise FileRefused(_("The file is damaged.")) from problem


def _text(file: Upload) -> Kind | None:
    """Take for text what a reader could read; a web page is none, since a browser might show it as a page."""
    file.seek(0)
    content = file.read()
    if TEXT_CONTROLS.search(content) or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return TEXT
    return None
