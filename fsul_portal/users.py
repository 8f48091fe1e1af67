"""Name the types of people and of their requests; the checker knows them, nothing runs on them."""

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

if TYPE_CHECKING:
    # The checker reads AUTH_USER_MODEL here; an import of `members` would look up from this floor.
    from django.contrib.auth.models import _User as User
    from django_htmx.middleware import HtmxDetails

    class Request(HttpRequest):
        """A request behind LoginRequiredMiddleware: somebody known sent it."""

        user: User
        htmx: HtmxDetails
else:
    User, Request = AbstractBaseUser, HttpRequest

__all__ = ["Request", "User"]
