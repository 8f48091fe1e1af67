"""Bring people in who are not of the cast: what they hold changes no table of what the cast may do."""

from members.libraries.models import Library
from members.people.models import User


def guest(name, code="CC001"):
    """Return the account of somebody who works at a library and holds nothing yet."""
    library = Library.objects.get(code=code) if code else None
    return User.objects.get_or_create(username=name, defaults={"name": f"来宾{name}", "library": library})[0]
