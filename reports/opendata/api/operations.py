"""Read the description of the open data (OpenAPI) as rows for a page (6.2.1 j)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

JSON = "application/json"


@dataclass(frozen=True)
class Value:
    """A parameter, or a field of an answer: what it is in a word, or which values it may have.

    parts: the fields within it.
    """

    name: str
    type: str
    choices: Sequence[str]
    words: str
    is_required: bool = False
    parts: Sequence["Value"] = ()


@dataclass(frozen=True)
class Operation:
    """What can be asked at one address."""

    anchor: str
    method: str
    path: str
    summary: str
    parameters: Sequence[Value]
    fields: Sequence[Value]
    answers: Sequence[tuple[str, str]]
    is_csv: bool


def operations(schema: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield the operations in the order of the description."""
    models = schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            answered = told["responses"].get(200) or told["responses"]["200"]
            content = answered.get("content", {})
            yield Operation(
                anchor=told["operationId"],
                method=method.upper(),
                path=path,
                summary=told.get("summary", ""),
                parameters=[_parameter(one, models) for one in told.get("parameters", ())],
                fields=_fields(content.get(JSON, {}).get("schema", {}), models),
                answers=[(str(status), one["description"]) for status, one in told["responses"].items()],
                is_csv="text/csv" in content,
            )


def _parameter(told: Mapping[str, Any], models: Mapping[str, Any]) -> Value:
    form = told["schema"]
    words = told.get("description") or form.get("description", "")
    return Value(told["name"], _type(form, models), _choices(form, models), words, bool(told.get("required")))


def _fields(form: Mapping[str, Any], models: Mapping[str, Any], above: tuple[str, ...] = ()) -> list[Value]:
    """List the fields of a model; one within itself is not opened again."""
    name, form = _model(form, models)
    if not form or name in above:
        return []
    return [
        Value(
            key,
            _type(one, models),
            _choices(one, models),
            one.get("description", ""),
            parts=_fields(one, models, (*above, name)),
        )
        for key, one in form.get("properties", {}).items()
    ]


def _model(form: Mapping[str, Any], models: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Return name and form of the model that a form leads to, through lists and what may be absent."""
    if "$ref" in form:
        name = form["$ref"].rsplit("/", 1)[-1]
        return name, models[name]
    if "items" in form:
        return _model(form["items"], models)
    for one in form.get("anyOf", form.get("allOf", ())):
        found = _model(one, models)
        if found[1]:
            return found
    return "", form if "properties" in form else {}


def _type(form: Mapping[str, Any], models: Mapping[str, Any]) -> str:
    """Say in a word what a value is."""
    if "anyOf" in form:
        return _(" or ").join(dict.fromkeys(_type(one, models) for one in form["anyOf"]))
    if "$ref" in form:
        return _type(models[form["$ref"].rsplit("/", 1)[-1]], models)
    if form.get("type") == "array":
        return _("list of %(type)s") % {"type": _type(form.get("items", {}), models)}
    return _word(form.get("type", ""), form.get("format", ""))


def _choices(form: Mapping[str, Any], models: Mapping[str, Any]) -> list[str]:
    """List the values of which one is meant, where these are few."""
    if "$ref" in form:
        return _choices(models[form["$ref"].rsplit("/", 1)[-1]], models)
    if "const" in form:
        return [str(form["const"])]
    within = [value for one in form.get("anyOf", ()) for value in _choices(one, models)]
    return within + [str(one) for one in form.get("enum", ()) if one != ""]


def _word(kind: str, form: str) -> str:
    words = {
        "string": pgettext("type", "text"),
        "integer": pgettext("type", "whole number"),
        "number": pgettext("type", "number"),
        "boolean": pgettext("type", "yes or no"),
        "object": pgettext("type", "fields"),
        "null": pgettext("type", "nothing"),
    }
    dates = {"date": pgettext("type", "day"), "date-time": pgettext("type", "moment")}
    return dates.get(form) or words.get(kind, pgettext("type", "anything"))
