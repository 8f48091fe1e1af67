"""Gather the models of the reports."""

from reports.editions.models import Edition

__all__ = ["Edition"]
