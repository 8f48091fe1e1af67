"""Say who keeps a formula, and which is none (6.2.1 j)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fsul_portal.grammar.words import enumerated
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, not_now
from members.indicators.formulas.arithmetic import codes_in
from members.indicators.formulas.models import Formula
from members.indicators.formulas.reckoning import objection_to
from members.indicators.models import Indicator
from members.indicators.rules import may_change_indicators
from members.indicators.versions.models import DictionaryVersion


@dataclass(frozen=True)
class Known:
    """What the dictionary has: its formulas by their codes, and the codes of indicators."""

    formulas: dict[str, str]
    codes: list[str]


def known_now() -> Known:
    formulas = dict(Formula.objects.values_list("code", "expression"))
    return Known(formulas, list(Indicator.objects.values_list("code", flat=True)))


def may_keep_formula(user: User, formula: Formula | None = None) -> Verdict:
    """The keeper of the dictionary keeps a formula that can be read, over codes that there are (6.2.1 j)."""
    verdict = may_change_indicators(user)
    if not verdict or formula is None:
        return verdict
    sentence = objection(formula)
    return not_now(sentence) if sentence else Allowed()


def may_retire_formula(user: User, formula: Formula) -> Verdict:
    """The keeper of the dictionary takes a formula out of which no other one is reckoned (6.2.1 j)."""
    verdict = may_change_indicators(user)
    if not verdict:
        return verdict
    above = [one.code for one in Formula.objects.exclude(pk=formula.pk) if formula.code in codes_in(one.expression)]
    if above:
        words = {"code": formula.code, "others": enumerated(above)}
        return not_now(_("%(others)s is reckoned from %(code)s: change that first.") % words)
    return Allowed()


def may_restore_formula(user: User, formula: Formula, known: Known | None = None) -> Verdict:
    """The keeper of the dictionary takes a retired formula up again, if what it is reckoned from is there (6.2.1 j).

    known: what is in the dictionary, where somebody asks of many.
    """
    verdict = may_change_indicators(user)
    if not verdict:
        return verdict
    known = known or known_now()
    if formula.code in known.formulas:
        return Denied(_("%(code)s is not retired.") % {"code": formula.code}, overtaken=True)
    sentence = objection_to(formula.code, formula.expression, known.formulas, known.codes)
    return not_now(sentence) if sentence else Allowed()


def objection(formula: Formula) -> str:
    """Return why a formula cannot be kept, or ""; a code means the same in every report that bears it."""
    if is_retired(formula.code):
        sentence = _(
            "%(code)s has been another figure in earlier reports: restore that one, or take a code that is free."
        )
        return sentence % {"code": formula.code}
    others = dict(Formula.objects.exclude(pk=formula.pk).values_list("code", "expression"))
    codes = Indicator.objects.values_list("code", flat=True)
    return objection_to(formula.code, formula.expression, others, codes)


def is_retired(code: str) -> bool:
    """Return whether a version of the dictionary knows a formula of this code, although there is none now."""
    known = DictionaryVersion.objects.filter(content__formulas__has_key=code)
    return known.exists() and not Formula.objects.filter(code=code).exists()


def retired() -> list[Formula]:
    """Return the formulas that the dictionary had and has no longer, each as it was last; they have no rows."""
    found: dict[str, Formula] = {}
    now = set(Formula.objects.values_list("code", flat=True))
    versions = DictionaryVersion.objects.order_by("number").values_list("content__formulas", flat=True)
    for formulas in versions.iterator():
        for code, said in (formulas or {}).items():
            if code not in now:
                found[code] = Formula(**said)
    return [found[code] for code in sorted(found)]
