"""Say in the language asked for why there is no answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja.errors import ValidationError

Fault = dict[str, str]


class Refused(Exception):
    """Stand for an answer that is a sentence; raised wherever it is found out."""

    def __init__(
        self, status: int, message: str, fields: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.fields, self.headers = status, message, list(fields), dict(headers or {})


def told(request: HttpRequest, refused: Refused) -> JsonResponse:
    """Return the answer that a refusal is."""
    content = {"status": refused.status, "message": refused.message, "fields": refused.fields}
    options = {"ensure_ascii": False}
    return JsonResponse(content, status=refused.status, headers=refused.headers, json_dumps_params=options)


def unknown_parameter(strange: Sequence[str], known: Sequence[str]) -> Refused:
    words = {"known": ", ".join(known)}
    sentence = _("There is no such parameter; there are %(known)s.") % words
    return Refused(422, _wrong(), [{"name": name, "message": sentence} for name in strange])


def of_validation(error: ValidationError) -> Refused:
    """Return what a person reads of parameters that are none."""
    faults = [{"name": str(one["loc"][-1]), "message": _sentence(one)} for one in error.errors]
    return Refused(422, _wrong(), faults)


def _wrong() -> str:
    return _("The request cannot be read as it is; see what is said of each parameter.")


def _sentence(error: Mapping[str, Any]) -> str:
    limits, kind = error.get("ctx", {}), error["type"]
    if kind == "greater_than_equal":
        return _("Give a number from %(least)s on.") % {"least": limits["ge"]}
    if kind == "less_than_equal":
        return _("Give a number of at most %(most)s.") % {"most": limits["le"]}
    if kind == "literal_error":
        return _("Give one of %(choices)s.") % {"choices": limits["expected"]}
    if kind.startswith("int_"):
        return _("Give a whole number.")
    if kind.startswith("bool_"):
        return _("Give true or false.")
    if kind == "string_pattern_mismatch":
        return _("It is not spelled as it should be; see the description.")
    return _("It cannot be read.")
