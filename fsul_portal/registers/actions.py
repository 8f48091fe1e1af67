"""Keep and let go of what a person has arranged on a list; it is his own, so nothing is put on record."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fsul_portal.registers.models import KeptView
from fsul_portal.users import User

if TYPE_CHECKING:
    from fsul_portal.registers.register import Register

MOST_FILTERS = 20


def choose_columns(register: "Register", keys: Sequence[str], *, by: User) -> None:
    """Keep which columns a person wants to see; none brings the usual ones back."""
    if keys:
        KeptView.objects.update_or_create(
            person=by, register=register.name, name="", defaults={"query": " ".join(keys)}
        )
    else:
        KeptView.objects.of(by, register).filter(name="").delete()


def keep_filter(register: "Register", name: str, query: str, *, by: User) -> KeptView | None:
    """Keep a filter under a name; the same name again replaces it, and one too many is not taken."""
    others = KeptView.objects.of(by, register).exclude(name__in=["", name])
    if others.count() >= MOST_FILTERS:
        return None
    return KeptView.objects.update_or_create(person=by, register=register.name, name=name, defaults={"query": query})[0]


def drop_filter(register: "Register", name: str, *, by: User) -> None:
    KeptView.objects.of(by, register).filter(name=name).exclude(name="").delete()
