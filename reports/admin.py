"""Gather the admin pages of the reports."""

from reports.editions.admin import EditionAdmin

__all__ = ["EditionAdmin"]
