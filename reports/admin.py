"""Gather the admin pages of the reports."""

from reports.editions.admin import EditionAdmin
from reports.indicators.admin import IndicatorAdmin
from reports.returns.admin import ReturnAdmin

__all__ = ["EditionAdmin", "IndicatorAdmin", "ReturnAdmin"]
