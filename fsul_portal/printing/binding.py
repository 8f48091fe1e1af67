"""Bind printed parts to one tagged PDF: pages, structure, names of places, numbers of pages, bookmarks.

Each part is a PDF of its own that `printer.py` has made. What the specification asks of a tagged document (ISO 32000-1,
14.7 and 12.3) holds for the bound one: one tree of structure, one tree from content back to it, one list of names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Pdf

MISSING_PLACE = "A document leads to a place that none of its parts has: %s"


@dataclass(frozen=True)
class Bookmark:
    """A heading to which readers of the screen jump; `level` counts from 1."""

    title: str
    anchor: str
    level: int


@dataclass(frozen=True)
class Outline:
    """How the pages of a part lie, and on which of them, from 0 on, each of its named places stands."""

    across: Sequence[bool]
    places: Mapping[str, int]


def outlines_of(paths: Sequence[Path]) -> list[Outline]:
    """Look through printed parts."""
    return [outline_of(path) for path in paths]


def outline_of(path: Path) -> Outline:
    """Look through a printed part."""
    with Pdf.open(path) as part:
        numbers = {page.obj.objgen: number for number, page in enumerate(part.pages)}
        across = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in part.pages]
        return Outline(across, {name: numbers[place[0].objgen] for name, place in _places(part)})


def bind(parts: Sequence[Path], out: Path, bookmarks: Iterable[Bookmark], numbers: Path | None = None) -> None:
    """Write the parts as one document, the same bytes for the same parts.

    The first part gives title, language and description. `numbers` is a PDF with what is stamped on each page of the
    whole, the first page first; what it shows is no content, so nobody is read it.
    """
    with Pdf.open(parts[0]) as whole:
        binder = Binder(whole)
        for path in parts[1:]:
            with Pdf.open(path) as part:
                binder.add(part)
        binder.close()
        if numbers:
            with Pdf.open(numbers) as stamps:
                _stamp(whole, stamps)
        _mark(whole, bookmarks, binder.places)
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


class Binder:
    """Take up part after part; the first one is the document to which they are bound."""

    def __init__(self, whole: Pdf) -> None:
        self.whole = whole
        self.root = whole.Root.StructTreeRoot
        self.document = self.root.K[0]
        self.branches = Array()
        self.next_key = 0
        self.places: dict[str, Any] = {}
        self._take_names(whole)
        self._take_branch(whole)

    def add(self, part: Pdf) -> None:
        """Add the pages of a part and what belongs to them."""
        self._renumber(part)
        names = [(name, part.make_indirect(place)) for name, place in _places(part)]
        self.whole.add_pages_from(part, layers="ignore", outlines="ignore")
        tree = self.whole.copy_foreign(part.Root.StructTreeRoot)
        for element in tree.K[0].K:
            element.P = self.document
            self.document.K.append(element)
        self._take_branch_of(tree, len(part.pages))
        # A place of a later part stands before one of the same name which the first part holds in its stead.
        self.places |= {name: self.whole.copy_foreign(place) for name, place in names}

    def close(self) -> None:
        """Write what leads from the pages back into the structure."""
        self.root.ParentTree = self.whole.make_indirect(Dictionary(Kids=self.branches))
        self.root.ParentTreeNextKey = self.next_key

    def _take_names(self, part: Pdf) -> None:
        self.places |= dict(_places(part))

    def _take_branch(self, part: Pdf) -> None:
        self._take_branch_of(part.Root.StructTreeRoot, len(part.pages))

    def _take_branch_of(self, tree: Any, pages: int) -> None:
        nums = tree.ParentTree.Nums
        if not len(nums):
            return
        first, last = int(nums[0]), int(nums[-2])
        branch = Dictionary(Nums=nums, Limits=Array([first, last]))
        self.branches.append(self.whole.make_indirect(branch))
        self.next_key = last + 1

    def _renumber(self, part: Pdf) -> None:
        """Give the pages and links of a part keys that no part before it has."""
        shift = self.next_key
        nums = part.Root.StructTreeRoot.ParentTree.Nums
        for at in range(0, len(nums), 2):
            nums[at] = int(nums[at]) + shift
        for page in part.pages:
            page.obj.StructParents = int(page.obj.StructParents) + shift
            for annotation in page.obj.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + shift


def name_places(whole: Pdf, places: Mapping[str, Any]) -> None:
    """Write the list of the named places of a document."""
    tree = NameTree.new(whole)
    for name in sorted(places):
        tree[name] = places[name]
    names = whole.Root.get("/Names", Dictionary())
    names.Dests = tree.obj
    whole.Root.Names = names


def _places(part: Pdf) -> Iterable[tuple[str, Any]]:
    names = part.Root.get("/Names", Dictionary())
    if "/Dests" not in names:
        return []
    return NameTree(names.Dests).items()


def _stamp(whole: Pdf, stamps: Pdf) -> None:
    """Draw one page of stamps over each page."""
    for number, (page, stamp) in enumerate(zip(whole.pages, stamps.pages, strict=True), start=1):
        drawing = whole.copy_foreign(stamp.as_form_xobject())
        # The pages of a part share their resources.
        name = page.add_resource(drawing, Name.XObject, Name(f"/Stamp{number}"))
        # The engine turns the sheet upside down before it draws, and leaves it so.
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(f"\nQ /Artifact <</Type /Pagination>> BDC q {name} Do Q EMC".encode())


def _mark(whole: Pdf, bookmarks: Iterable[Bookmark], places: dict[str, Any]) -> None:
    """Write the names of places, and the bookmarks that lead to them."""
    name_places(whole, places)
    with whole.open_outline() as outline:
        outline.root.clear()
        above = outline.root
        for mark in bookmarks:
            if mark.anchor not in places:
                raise ValueError(MISSING_PLACE % mark.anchor)
            item = pikepdf.OutlineItem(mark.title, places[mark.anchor])
            if mark.level == 1:
                outline.root.append(item)
                above = item.children
            else:
                above.append(item)
