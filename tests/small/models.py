"""Gather the smallest duty of each grammar."""

from tests.small.case import Problem
from tests.small.circular import Bulletin, BulletinCopy
from tests.small.event import Course, CourseLine
from tests.small.ledger import Agreement
from tests.small.paper import Standard, StandardEdition, StandardOpinion

__all__ = [
    "Agreement",
    "Bulletin",
    "BulletinCopy",
    "Course",
    "CourseLine",
    "Problem",
    "Standard",
    "StandardEdition",
    "StandardOpinion",
]
