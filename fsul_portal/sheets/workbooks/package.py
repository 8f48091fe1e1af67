"""The zip archive around a workbook: measured to its last byte before anything in it is believed."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Generator

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.text import has_control
from fsul_portal.sheets.refusals import Limits, SheetRefused, damaged

BLOCK = 256 * 1024
MEMBER_SIGNATURE = b"PK\x01\x02"
ENCRYPTED = 0x1
# All that reading a mangled archive has been seen to raise.
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ArithmeticError, EOFError, OSError, RuntimeError, ValueError)


class Package:
    """Open the parts of a workbook which have been found harmless in number, size and name."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        # Counted in the bytes, since opening the archive would already build an object for each member.
        if content.count(MEMBER_SIGNATURE) > limits.members:
            raise damaged()
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
        except BROKEN as error:
            raise damaged() from error
        self.limits = limits
        # Excel and WPS find a part in any case.
        self.members = {member.filename.lower(): member for member in self.archive.infolist()}
        self.packed = sum(member.compress_size for member in self.members.values())
        self.check_names()
        self.check_kind()
        self.check_sizes()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.members

    def check_names(self) -> None:
        """Refuse a name which leads out of the archive, or stands in it twice."""
        names = [member.filename for member in self.archive.infolist()]
        if len({name.lower() for name in names}) != len(names):
            raise damaged()
        if not all(map(is_plain_path, names)):
            raise damaged()

    def check_kind(self) -> None:
        """Refuse what is zipped but is no plain workbook."""
        names = set(self.members)
        if any(member.flag_bits & ENCRYPTED for member in self.members.values()):
            raise SheetRefused(_("The file is protected by a password. Remove the password and send it again."))
        if any(posixpath.basename(name) == "vbaproject.bin" for name in names):
            raise SheetRefused(_("The workbook contains macros. Save it as .xlsx, without macros, and send it again."))
        if any(name.startswith("xl/externallinks/") for name in names):
            raise SheetRefused(
                _("The workbook takes values from other workbooks. Break these links in Excel and send it again.")
            )
        if "[content_types].xml" not in names:
            raise SheetRefused(_("This is not an Excel workbook. Save the table as .xlsx or as CSV and send it again."))

    def check_sizes(self) -> None:
        """Unpack everything once, keeping nothing: the sizes which the archive states of itself may be lies."""
        total = 0
        for name in self.members:
            for block in self.blocks(name, at_most=self.limits.unpacked - total):
                total += len(block)
                if total > self.limits.ratio_from and total > self.packed * self.limits.ratio:
                    raise too_big()

    def blocks(self, name: str, *, at_most: int) -> Generator[bytes, None, None]:
        """Yield a part in blocks; refuse it as soon as it grows past `at_most` bytes."""
        member = self.members.get(name.lower())
        if member is None or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
        unpacked = 0
        try:
            with self.archive.open(member) as part:
                while block := part.read(BLOCK):
                    unpacked += len(block)
                    if unpacked > at_most:
                        raise too_big()
                    yield block
        except BROKEN as error:
            raise damaged() from error


def is_plain_path(name: str) -> bool:
    return not has_control(name) and "\\" not in name and posixpath.normpath(f"/{name}")[1:] == name.rstrip("/")


def too_big() -> SheetRefused:
    return SheetRefused(
        _("The workbook is too big when unpacked. Delete the empty rows and columns around your table, or split it.")
    )
