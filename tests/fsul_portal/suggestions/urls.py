"""Lead to the suggestions, beside all of the portal."""

from fsul_portal.urls import handler500, urlpatterns
from tests.fsul_portal.suggestions import register

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [*register.urlpatterns, *urlpatterns]
