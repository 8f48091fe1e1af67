"""Invent what the libraries of the demo report: plausible, in balance, and the same for the same seed."""

import calendar
from random import Random

from members.indicators.dictionary import with_the_usual

SEASON = (0.96, 0.86, 0.98, 1.05, 1.0, 1.02, 1.2, 1.24, 1.0, 1.02, 0.98, 0.94)
# Visits in an ordinary month, stock, readers.
SIZES = {
    "central": (152000, 2450000, 410000),
    "district": (41000, 820000, 96000),
    "branch": (6200, 62000, 8200),
    "point": (640, 4200, 520),
}


class Household:
    """Keep the stocks of one library from month to month, so that they balance."""

    def __init__(self, level: str, dice: Random) -> None:
        visits, stock, readers = SIZES[level]
        scale = dice.uniform(0.75, 1.3)
        self.dice = dice
        self.visits = visits * scale
        self.stock = int(stock * scale)
        self.readers = int(readers * scale)
        self.appetite = dice.uniform(0.32, 0.55)
        self.trend = 1.0
        self.last: dict[str, int] = {}
        self.last_month = ""

    def month(self, code: str) -> dict[str, int]:
        """Return the figures of the next month: those of this library and its stocks, and what is usual then."""
        dice = self.dice
        year, number = int(code[:4]), int(code[5:])
        self.trend *= 1.003
        visits = max(12, int(self.visits * self.trend * SEASON[number - 1] * dice.uniform(0.95, 1.06)))
        joined, left = int(visits * 0.008) + dice.randint(0, 3), dice.randint(0, 2)
        self.readers += joined - left
        self.stock += int(self.stock * 0.002) + dice.randint(0, 4)
        own = {
            "V01": visits,
            "L01": max(6, int(visits * self.appetite * dice.uniform(0.96, 1.05))),
            "R01": joined,
            "R03": left,
            "R04": self.readers,
            "C01": self.stock,
            "E01": max(1, round(visits / 2600)) + dice.randint(0, 1),
            "N05": calendar.monthrange(year, number)[1] - 4,
        }
        self.last, self.last_month = with_the_usual(own, dice.uniform), code
        return dict(self.last)
