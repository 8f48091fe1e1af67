"""Bind papers that were printed each by itself, and files of others, to one volume with bookmarks."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import OutlineItem, Pdf

from fsul_portal.printing.binding import Binder, name_places


@dataclass(frozen=True)
class Piece:
    """A PDF of a volume under its title; `level` counts from 1, as bookmarks are indented."""

    title: str
    content: bytes
    level: int = 1


def volume(pieces: Sequence[Piece], title: str) -> bytes:
    """Return the pieces as one PDF with a bookmark for each; the first one is a paper of our own.

    Our papers stay tagged. What others have made without tags is taken in as it is; a file that cannot be read raises
    `pikepdf.PdfError`, so ask `is_readable` before.
    """
    with Pdf.open(io.BytesIO(pieces[0].content)) as whole:
        binder, begins = Binder(whole), [0]
        for piece in pieces[1:]:
            begins.append(len(whole.pages))
            with Pdf.open(io.BytesIO(piece.content)) as part:
                if _is_ours(part):
                    binder.add(part)
                else:
                    whole.pages.extend(part.pages)
        binder.close()
        name_places(whole, binder.places)
        _mark(whole, pieces, begins)
        whole.docinfo["/Title"] = title
        with whole.open_metadata() as meta:
            meta["dc:title"] = title
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def is_readable(content: bytes) -> bool:
    """Tell whether a file can be taken into a volume: a whole PDF without a password."""
    try:
        with Pdf.open(io.BytesIO(content)) as part:
            return bool(part.pages)
    except pikepdf.PdfError:
        return False


def _is_ours(part: Pdf) -> bool:
    """Only what our own engine wrote has the tree of structure that the binder knows."""
    return "WeasyPrint" in str(part.docinfo.get("/Producer", "")) and "/StructTreeRoot" in part.Root


def _mark(whole: Pdf, pieces: Sequence[Piece], begins: Sequence[int]) -> None:
    with whole.open_outline() as outline:
        outline.root.clear()
        above = outline.root
        for piece, page in zip(pieces, begins, strict=True):
            mark = OutlineItem(piece.title, page)
            if piece.level == 1:
                outline.root.append(mark)
                above = mark.children
            else:
                above.append(mark)
