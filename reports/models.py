"""Gather the models of the reports."""

from reports.corrections.models import Correction
from reports.editions.excerpts.models import Excerpt
from reports.editions.models import Edition
from reports.editions.workshop.models import PrintedPart
from reports.explorer.models import SavedView
from reports.opendata.models import Openness, Token
from reports.planning.models import PlanPart, ReportPlan

__all__ = [
    "Correction",
    "Edition",
    "Excerpt",
    "Openness",
    "PlanPart",
    "PrintedPart",
    "ReportPlan",
    "SavedView",
    "Token",
]
