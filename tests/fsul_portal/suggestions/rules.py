"""Say who suggests, reviews and closes."""

from fsul_portal.access.rules import holds
from fsul_portal.verdicts import Allowed, Denied
from members.libraries.models import Library
from members.libraries.rules import speaks_for


def may_make(user):
    if Library.objects.in_hands_of(user, "members.file_changes").exists():
        return Allowed()
    return Denied("Suggestions are made by the editors of the libraries.")


def may_make_for(user, library):
    return Allowed() if speaks_for(user, library, "members.file_changes") else Denied("It is not in your hands.")


def may_review(user, suggestion):
    if suggestion.made_by_id == user.pk:
        return Denied("Nobody reviews a suggestion of their own.")
    return _may_answer(user, suggestion, suggestion.State.REVIEWED)


def may_close(user, suggestion):
    return _may_answer(user, suggestion, suggestion.State.CLOSED)


def _may_answer(user, suggestion, state):
    if not holds(user, "members.oversee_libraries"):
        return Denied("Only those who oversee the system answer suggestions.")
    if not suggestion.can_become(state):
        return Denied(f"It is {suggestion.get_state_display()} already.", overtaken=True)
    return Allowed()
