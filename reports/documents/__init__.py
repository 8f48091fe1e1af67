"""Write a frozen snapshot as a document: plain functions of the snapshot, without models and without queries."""

from fsul_portal.printing.press import DocumentUnavailable

from .json import render_json
from .pdf import render_pdf
from .workbook import render_xlsx

__all__ = ["DocumentUnavailable", "render_json", "render_pdf", "render_xlsx"]
