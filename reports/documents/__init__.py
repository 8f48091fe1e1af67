"""Write a frozen snapshot as a document: plain functions of the snapshot, without models and without queries."""

from .json import render_json
from .pdf import DocumentUnavailable, render_pdf
from .workbook import render_xlsx

__all__ = ["DocumentUnavailable", "render_json", "render_pdf", "render_xlsx"]
