"""Say who keeps a formula, and which is none (6.2.1 j)."""

from django.utils.translation import gettext as _

from fsul_portal.grammar.words import enumerated
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict, not_now
from members.indicators.formulas.arithmetic import codes_in
from members.indicators.formulas.models import Formula
from members.indicators.formulas.reckoning import objection_to
from members.indicators.models import Indicator
from members.indicators.rules import may_change_indicators
from members.indicators.versions.models import DictionaryVersion


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


def objection(formula: Formula) -> str:
    """Return why a formula cannot be kept, or ""; a code means the same in every report that bears it."""
    if is_retired(formula.code):
        return _("%(code)s has been another figure in earlier reports: take a code that is free.") % {
            "code": formula.code
        }
    others = dict(Formula.objects.exclude(pk=formula.pk).values_list("code", "expression"))
    codes = Indicator.objects.values_list("code", flat=True)
    return objection_to(formula.code, formula.expression, others, codes)


def is_retired(code: str) -> bool:
    """Return whether a version of the dictionary knows a formula of this code, although there is none now."""
    known = DictionaryVersion.objects.filter(content__formulas__has_key=code)
    return known.exists() and not Formula.objects.filter(code=code).exists()
