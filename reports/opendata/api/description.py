"""Describe the open data (OpenAPI) in the language of whoever reads the description, and show it as a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema

from reports.opendata.api.door import Bearer
from reports.opendata.api.operations import operations
from reports.opendata.api.refusals import Refused, of_validation, told
from reports.opendata.api.schemas import Problem
from reports.opendata.models import Openness

SPOKEN = ("summary", "description")
STATUSES = {
    200: _("What was asked for."),
    400: _("The request cannot be read."),
    401: _("No token, or one that does not stand."),
    404: _("There is no such thing among what is published."),
    405: _("Nothing is written here: ask by GET."),
    422: _("The request cannot be read as it is; see what is said of each parameter."),
    429: _("Too many requests in this minute."),
}
REFUSALS: dict[int, type[Schema]] = {status: Problem for status in (400, 401, 404, 422, 429)}
CSV = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


class DescriptionPage(DocsBase):
    """Show the description as a page of ours: nothing is asked of anybody outside, and no script draws it."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        context = {
            "info": schema["info"],
            "operations": list(operations(schema)),
            "plan": self.get_openapi_url(api, kwargs),
        }
        return render(request, "reports/opendata/description.html", context)


class OpenData(NinjaAPI):
    """The open data; its words stand in the catalogue like those of every page."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["info"] = {key: gettext(value) for key, value in schema["info"].items()}
        for path in schema["paths"].values():
            for operation in path.values():
                _speak(operation)
                operation["tags"] = [gettext("Published figures")]
                for status, response in operation["responses"].items():
                    response["description"] = gettext(STATUSES[int(status)])
        for model in schema["components"]["schemas"].values():
            # What our own types say of themselves is for those who read the code.
            model.pop("description", None)
            _speak(model.get("properties", {}))
        if Openness.objects.filter(is_open=True).exists():
            # A token may still be shown, and then counts for itself.
            for path in schema["paths"].values():
                for operation in path.values():
                    operation["security"] = [{}, *operation["security"]]
        return schema


def _speak(part: Any) -> None:
    """Put every summary and description within a part into the language that is active."""
    if isinstance(part, list):
        for one in part:
            _speak(one)
    elif isinstance(part, dict):
        part.pop("title", None)
        for key, value in part.items():
            if key in SPOKEN and isinstance(value, str) and value:
                part[key] = gettext(value)
            else:
                _speak(value)


API = OpenData(
    title=_("Open data of the Foshan United Library"),
    version="1.0",
    description=_("Published figures, what they mean, and the libraries that they speak of."),
    urls_namespace="api",
    auth=Bearer(),
    docs=DescriptionPage(),
)


@API.exception_handler(Refused)
def refused(request: HttpRequest, problem: Any) -> HttpResponse:
    return told(request, problem)


@API.exception_handler(ValidationError)
def misread(request: HttpRequest, problem: Any) -> HttpResponse:
    return told(request, of_validation(problem))
