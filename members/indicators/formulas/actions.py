"""Keep the formulas of the dictionary, on record (6.2.1 j)."""

from typing import Any

from django.db import transaction

from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.indicators.formulas.models import Formula
from members.indicators.formulas.rules import may_keep_formula, may_restore_formula, may_retire_formula, retired
from members.indicators.versions.actions import keep, keep_first, stated
from members.periods.models import this_month

# Code, names, units, formula, decimals.
FIRST_FORMULAS = (
    ("K01", "人均外借册次", "Loans a head", "册次/人", "loans a person", "L01 / POP", 2),
    ("K02", "人均到馆次数", "Visits a head", "次/人", "visits a person", "V01 / POP", 2),
    ("K03", "注册读者率", "Registration rate", "%", "per cent", "R04 / POP * 100", 2),
    ("K04", "馆藏流通率", "Collection turnover", "次", "loans an item", "L01 / C01", 2),
    ("K05", "场均参加人次", "Attendances an event", "人次/场", "attendances an event", "E02 / E01", 1),
    ("K06", "每平方米到馆人次", "Visits a square metre", "人次/㎡", "visits a m²", "V01 / N03", 2),
    ("K07", "每馆服务人口", "People a library", "人/馆", "persons a library", "POP / N01", 0),
    ("K08", "借还合计", "Loans and returns", "册次", "items", "L01 + L04", 0),
    ("K09", "人均馆藏", "Stock a head", "册/人", "items a person", "C01 / POP", 2),
    ("K10", "书目差错率", "Records with errors", "%", "per cent", "M03 / M02 * 100", 2),
)
FIELDS = ("code", "name", "name_en", "unit", "unit_en", "expression", "decimals")


def load_first_formulas() -> int:
    """Keep the formulas which the portal starts with where there is none; return how many are new."""
    if Formula.objects.exists():
        return 0
    rows = [Formula(**dict(zip(FIELDS, one, strict=True))) for one in FIRST_FORMULAS]
    return len(Formula.objects.bulk_create(rows))


@transaction.atomic
def keep_formula(formula: Formula, *, by: User) -> Formula:
    """Keep a formula, new or changed, from this month on (6.2.1 j)."""
    require(may_keep_formula(by, formula))
    keep_first()
    stored = Formula.objects.select_for_update().filter(pk=formula.pk).first()
    before: dict[str, Any] = stated(stored) if stored else {}
    changed = {name: value for name, value in stated(formula).items() if before.get(name) != value}
    if stored and not changed:
        return stored
    formula.save()
    keep({formula.code: stated(formula)}, this_month(), part="formulas", by=by)
    verb = "formula changed" if stored else "formula made"
    record(formula, verb, by=by, before={name: before.get(name) for name in changed}, after=changed)
    return formula


@transaction.atomic
def retire_formula(formula: Formula, *, by: User) -> None:
    """Take a formula out of the dictionary from this month on; what was reported with it keeps it (6.2.1 j)."""
    stored = Formula.objects.select_for_update().filter(pk=formula.pk).first()
    if stored is None:
        # Somebody else has done it.
        return
    require(may_retire_formula(by, stored))
    keep_first()
    keep({stored.code: None}, this_month(), part="formulas", by=by)
    record(stored, "formula retired", by=by, before=stated(stored))
    stored.delete()


@transaction.atomic
def restore_formula(code: str, *, by: User) -> Formula:
    """Take a retired formula up again as it was last, from this month on; months between do without it (6.2.1 j)."""
    standing = Formula.objects.select_for_update().filter(code=code).first()
    if standing:
        # Somebody else has done it.
        return standing
    formula = next(one for one in retired() if one.code == code)
    require(may_restore_formula(by, formula))
    formula.save()
    keep({code: stated(formula)}, this_month(), part="formulas", by=by)
    record(formula, "formula restored", by=by, after=stated(formula))
    return formula
