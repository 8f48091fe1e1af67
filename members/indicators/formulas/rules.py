"""Say who keeps a formula, and which is none (6.2.1 j)."""

from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict, not_now
from members.indicators.formulas.models import Formula
from members.indicators.formulas.reckoning import objection_to
from members.indicators.models import Indicator
from members.indicators.rules import may_change_indicators


def may_keep_formula(user: User, formula: Formula | None = None) -> Verdict:
    """The keeper of the dictionary keeps a formula that can be read, over codes that there are (6.2.1 j)."""
    verdict = may_change_indicators(user)
    if not verdict or formula is None:
        return verdict
    sentence = objection(formula)
    return not_now(sentence) if sentence else Allowed()


def objection(formula: Formula) -> str:
    """Return why a formula cannot be kept, or ""."""
    others = dict(Formula.objects.exclude(pk=formula.pk).values_list("code", "expression"))
    codes = Indicator.objects.values_list("code", flat=True)
    return objection_to(formula.code, formula.expression, others, codes)
