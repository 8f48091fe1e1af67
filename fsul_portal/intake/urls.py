"""Give a kind of file its pages, below the address of its room."""

from django.urls import URLPattern, path

from fsul_portal.intake import views


def pages_of(key: str, name: str, address: str) -> list[URLPattern]:
    """Return the pages: choose a file, see what it would do, have its mistakes marked."""
    kind = {"named": key}
    return [
        path(address, views.upload_new, kind, name=name),
        path(f"{address}<str:key>/", views.upload_preview, kind, name=f"{name}-preview"),
        path(f"{address}<str:key>/problems/", views.upload_problems, kind, name=f"{name}-problems"),
    ]
