"""Make returns of which it is known what is wrong with them, so that checks can be counted (6.2.1 j).

Four years of libraries that are small, seasonal, growing, steady, closed for some months, or new. In the last year
there are errors as people make them, and honest surprises that no check should take for one. A seed gives the same.
"""

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp, log
from random import Random
from typing import Any

from members.periods.models import month_before
from members.returns.checks import Case, History, check
from members.returns.checks.rows import Rows
from members.returns.due.expected import Standing

Figures = dict[str, Any]
SEED, LIBRARIES, MONTHS, JUDGED = 7, 240, 48, 12
LAST = "2026-08"
KINDS = ("small", "seasonal", "growing", "steady", "closed", "new")
SUMMER = (0.7, 0.5, 0.9, 0.9, 1.0, 1.1, 2.2, 2.4, 0.9, 0.8, 0.9, 0.8)
# Visits of an ordinary month, from and to.
SIZES = {"small": (12, 90), "seasonal": (600, 9000), "growing": (300, 2500), "new": (300, 2500)}
LARGE = (3000, 150_000)
ERRORS = ("digit dropped", "digit added", "columns swapped", "month repeated", "wrong unit")
SHARE_OF_ERRORS, SHARE_OF_SURPRISES, SHARE_LEFT_STANDING = 0.12, 0.03, 0.2
RIGHT, SURPRISE = "right", "surprise"
LEVELS = {"small": "point", "steady": "district", "closed": "district"}


@dataclass(frozen=True)
class Example:
    """A return of a month with what came before it, and what it is: right, a surprise, or the name of an error."""

    kind: str
    month: str
    figures: Figures
    history: History
    library: int
    label: str

    @property
    def is_wrong(self) -> bool:
        return self.label in ERRORS

    def case(self, rows: Rows, *, knows_months: bool = True) -> Case:
        """Return the case of it; without the months before, it is judged by the last month and the last year alone."""
        year, number = int(self.month[:4]), int(self.month[5:])
        serves = self.figures["N05"] != 0
        standing = Standing(True, serves, serves, not serves, level=LEVELS.get(self.kind, "branch"))
        past = self.history.past(self.library, self.month)
        if not knows_months:
            past = replace(past, recent=(), same=())
        return Case(self.figures, calendar.monthrange(year, number)[1], standing, past, rows=rows)


def examples(seed: int = SEED) -> Iterator[Example]:
    """Give the returns of the last year of each library, with the history as it stood then."""
    dice = Random(seed)
    for number in range(LIBRARIES):
        yield from _of_library(number, KINDS[number % len(KINDS)], dice)


def _of_library(library: int, kind: str, dice: Random) -> Iterator[Example]:
    months = [month_before(LAST, back) for back in range(MONTHS - 1, -1, -1)]
    history, true = History(), Household(kind, dice)
    for place, month in enumerate(months):
        if kind == "new" and place < MONTHS - JUDGED:
            continue
        right, label = true.month(place, month), RIGHT
        before = history.figures.get((library, months[place - 1])) if place else None
        figures = right
        if place >= MONTHS - JUDGED and right["N05"]:
            chance = dice.random()
            if chance < SHARE_OF_ERRORS:
                label = dice.choice(ERRORS)
                figures = _spoilt(right, before or right, label, dice)
                label = label if figures != right else RIGHT
            elif chance < SHARE_OF_ERRORS + SHARE_OF_SURPRISES:
                label, figures = SURPRISE, _surprised(right, dice)
        if place >= MONTHS - JUDGED:
            yield Example(kind, month, figures, History(dict(history.figures)), library, label)
        # What is found is corrected; some errors stay where they are, and the right figure comes after them.
        stays = label == SURPRISE or dice.random() < SHARE_LEFT_STANDING
        history.figures[library, month] = figures if stays else right


class Household:
    """The true figures of a library, month after month."""

    def __init__(self, kind: str, dice: Random) -> None:
        self.kind, self.dice = kind, dice
        least, most = SIZES.get(kind, LARGE)
        self.visits = least * exp(dice.random() * (log(most / least)))
        self.appetite, self.shut_at = dice.uniform(0.3, 0.6), MONTHS - JUDGED - 3 + dice.randint(0, 8)
        self.cards, self.stock = round(self.visits * 2) + 5, round(self.visits * 8) + 300

    def month(self, place: int, code: str) -> Figures:
        dice, number = self.dice, int(code[5:])
        if self.kind == "closed" and self.shut_at <= place < self.shut_at + 4:
            return dict.fromkeys(("V01", "L01", "L02", "L04", "E01", "E02", "R01", "R03", "N05"), 0) | {
                "R04": self.cards,
                "C01": self.stock,
            }
        level = self.visits * dice.uniform(0.9, 1.1)
        level *= SUMMER[number - 1] if self.kind == "seasonal" else 1
        level *= 1.03**place if self.kind == "growing" else 1
        visits = count(level, dice)
        loans = count(level * self.appetite, dice)
        joined, left = count(level * 0.01, dice), count(level * 0.003, dice)
        self.cards += joined - left
        self.stock += count(level * 0.02, dice)
        events = count(max(0.8, level / 2500), dice)
        return {
            "V01": visits,
            "L01": loans,
            "L02": min(loans, count(loans * 0.45, dice)),
            "L04": count(level * self.appetite, dice),
            "R01": joined,
            "R03": left,
            "R04": self.cards,
            "C01": self.stock,
            "E01": events,
            "E02": sum(count(30, dice) for __ in range(events)),
            "N05": calendar.monthrange(int(code[:4]), number)[1] - 4,
        }


def count(mean: float, dice: Random) -> int:
    """Return a count as counts fall: after Poisson where it is small, after Gauss where it is large."""
    if mean > 200:
        return max(0, round(dice.gauss(mean, mean**0.5)))
    found, left = 0, exp(-mean / 4) if mean > 4 else exp(-mean)
    for __ in range(4 if mean > 4 else 1):
        product = dice.random()
        while product > left:
            found, product = found + 1, product * dice.random()
    return found


def _spoilt(right: Figures, before: Figures, label: str, dice: Random) -> Figures:
    code = dice.choice(("V01", "L01", "L04", "E02"))
    value = right[code]
    if label == "columns swapped":
        one, other = dice.choice((("V01", "L01"), ("E01", "E02"), ("R01", "L02")))
        return right | {one: right[other], other: right[one]}
    if label == "month repeated":
        return dict(before)
    changed = {
        "digit dropped": value // 10,
        "digit added": value * 10 + dice.randint(0, 9),
        "wrong unit": value // 10_000 if value >= 10_000 else value * 1000,
    }
    return right | {code: changed[label]}


def _surprised(right: Figures, dice: Random) -> Figures:
    """A festival, or a month with works before the door: true, though nobody has seen it before."""
    factor = dice.choice((1.6, 1.8, 0.6))
    return right | {code: round(right[code] * factor) for code in ("V01", "L01", "L02", "L04", "E02")}


def rates(rows: Rows, seed: int = SEED, *, knows_months: bool = True) -> dict[str, dict[str, float]]:
    """Return {rule: {label: share of such returns about which it says something}}, with “any” for all rules."""
    asked: dict[str, Counter[str]] = defaultdict(Counter)
    there: Counter[str] = Counter()
    for one in examples(seed):
        there[one.label] += 1
        rules = {finding.rule for finding in check(one.case(rows, knows_months=knows_months))}
        for rule in (*rules, *(["any"] if rules else [])):
            asked[rule][one.label] += 1
    return {rule: {label: found[label] / there[label] for label in there} for rule, found in asked.items()}
