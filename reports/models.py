"""Gather the models of the reports."""

from reports.corrections.models import Correction
from reports.editions.excerpts.models import Excerpt
from reports.editions.models import Edition
from reports.editions.workshop.models import PrintedPart
from reports.explorer.models import SavedView
from reports.opendata.models import Openness, Token

__all__ = ["Correction", "Edition", "Excerpt", "Openness", "PrintedPart", "SavedView", "Token"]
