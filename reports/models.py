"""Gather the models of the reports."""

from reports.editions.models import Edition
from reports.indicators.models import Indicator
from reports.returns.models import Period, Return

__all__ = ["Edition", "Indicator", "Period", "Return"]
