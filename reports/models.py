"""Gather the models of the reports."""

from reports.corrections.models import Correction
from reports.editions.models import Edition

__all__ = ["Correction", "Edition"]
