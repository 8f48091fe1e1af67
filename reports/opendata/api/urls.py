"""Lead to the open data, each view through its door."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path

from reports.opendata.api import views
from reports.opendata.api.description import API
from reports.opendata.api.door import View, count_line, through_the_door

app_name = "api"
FOR_EVERYBODY = ("api-root", "openapi-json", "openapi-view")


def _led(pattern: URLPattern) -> URLPattern:
    view = views.index if pattern.name == "api-root" else pattern.callback
    if pattern.name in FOR_EVERYBODY:
        view = _counted(view)
    return URLPattern(pattern.pattern, through_the_door(view), pattern.default_args, pattern.name)


def _counted(view: View) -> View:
    """Return a view that asks for no token; whoever reads it is counted all the same."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **key: Any) -> HttpResponseBase:
        count_line(request)
        return view(request, *args, **key)

    return read


urlpatterns = [
    *(_led(pattern) for pattern in API.urls[0] if isinstance(pattern, URLPattern)),
    re_path(r"^.*$", through_the_door(views.nowhere), name="nowhere"),
]
