"""Print what stands in our own templates, or say in a sentence why this machine cannot."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from fsul_portal.grammar.garbage import give_large_blocks_back, without_garbage_collection
from fsul_portal.printing.fonts import has_chinese_font


class DocumentUnavailable(Exception):
    """Say in a sentence why this machine cannot make the document."""


def require_printer() -> None:
    """Refuse with a sentence where a PDF cannot be made, or would be made of empty boxes."""
    try:
        import weasyprint  # noqa: F401 - where Pango is missing it cannot even be imported
    except OSError as error:
        raise DocumentUnavailable(
            gettext("PDF cannot be made on this machine: the library Pango is not installed.")
        ) from error
    if not has_chinese_font():
        raise DocumentUnavailable(
            gettext("PDF cannot be made on this machine: no Chinese font is installed (fonts-noto-cjk).")
        )


def print_document(
    html: str, identifier: str, *, charts: Mapping[str, str] | None = None, styles: Sequence[str] = (), **how: bool
) -> bytes:
    """Return the PDF of a page of ours; `charts` are the SVG drawings that it shows, by name, `styles` its styles.

    how: `is_bound`, `is_tagged`, as the printer has them.
    """
    from weasyprint.urls import FatalURLFetchingError

    from fsul_portal.printing.printer import print_pages

    give_large_blocks_back()
    try:
        # A third faster: the boxes of a document are many, and none of them is garbage before the end.
        with without_garbage_collection():
            return print_pages(html, charts or {}, identifier, styles=styles, **how)
    except FatalURLFetchingError as error:
        raise DocumentUnavailable(gettext("The document asked for a file which it may not have.")) from error
