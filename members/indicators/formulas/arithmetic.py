"""Read a formula over codes, and reckon it; nothing but numbers, codes, + - * / and brackets is understood.

Python's own parser reads it and these few kinds of its nodes are walked: nothing is ever executed.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

OPERATIONS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
# People write these for the signs of the keyboard.
WRITTEN = str.maketrans("×÷−－＋（）／＊", "*/--+()/*")
LONGEST = 200
DEEPEST = 40


class BadFormulaError(ValueError):
    """Say in a sentence why a formula means nothing."""


class NoValueError(ValueError):
    """Say in a sentence why a formula has no value here."""


def parsed(expression: str) -> ast.expr:
    """Return a formula as it is walked; BadFormulaError where it holds anything else than it may."""
    if len(expression) > LONGEST:
        raise BadFormulaError(_("A formula has at most %(most)s characters.") % {"most": LONGEST})
    try:
        found = ast.parse(expression.translate(WRITTEN).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadFormulaError(_("The formula cannot be read: look for a sign or a bracket too many.")) from error
    _look_at(found)
    return found


def _look_at(node: ast.expr, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise BadFormulaError(_("The formula is nested too deeply."))
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        _look_at(node.left, depth + 1)
        _look_at(node.right, depth + 1)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        _look_at(node.operand, depth + 1)
    elif not isinstance(node, ast.Name) and not (isinstance(node, ast.Constant) and type(node.value) is int):
        raise BadFormulaError(_("A formula holds codes, whole numbers, the signs + − × ÷ and brackets only."))


def codes_in(expression: str) -> list[str]:
    """Return the codes of which a formula speaks, each once, as they come."""
    return list(dict.fromkeys(node.id for node in ast.walk(parsed(expression)) if isinstance(node, ast.Name)))


def value_of(expression: str, known: Mapping[str, int | Fraction | None]) -> Fraction:
    """Return the value of a formula; NoValueError where a code has no figure or something is divided by nothing."""
    return _reckon(parsed(expression), known)


def _reckon(node: ast.expr, known: Mapping[str, int | Fraction | None]) -> Fraction:
    if isinstance(node, ast.BinOp):
        left, right = _reckon(node.left, known), _reckon(node.right, known)
        if isinstance(node.op, ast.Div) and right == 0:
            raise NoValueError(_("It would be divided by nothing."))
        return OPERATIONS[type(node.op)](left, right)
    if isinstance(node, ast.UnaryOp):
        return -_reckon(node.operand, known)
    if isinstance(node, ast.Constant):
        return Fraction(int(str(node.value)))
    code = ast.unparse(node)
    value = known.get(code)
    if value is None:
        raise NoValueError(_("There is no figure of %(code)s.") % {"code": code})
    return Fraction(value)


def written(value: Fraction, decimals: int) -> Decimal:
    """Round a value half up, as people round."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
