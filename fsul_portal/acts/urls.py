"""Lead the addresses of a room's acts to its page of acts."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from fsul_portal.acts.verbs import Acts


def act_paths(root: str, acts: Acts, view: Callable[..., HttpResponse]) -> list[URLPattern]:
    """Return a path for each verb below the address of the thing, such as `filings/<int:pk>/`."""
    noun = acts.name.rsplit(":", 1)[-1]
    return [
        path(f"{root}{verb.address or verb.key}/", view, {"verb": verb.key}, name=f"{noun}-{verb.key}")
        for verb in acts.verbs.values()
    ]
