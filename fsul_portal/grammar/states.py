"""Give each state one look: a tone and an icon, so that it is told apart without colour as well."""

from typing import NamedTuple


class Look(NamedTuple):
    """How a state is drawn beside its word."""

    tone: str
    icon: str


# By the name of the state, for all models; no two states of one model may look the same.
STATES = {
    # Not begun, or in somebody's own hands.
    "proposed": Look("neutral", "flag"),
    "planned": Look("neutral", "calendar"),
    "nominated": Look("neutral", "flag"),
    "prepared": Look("neutral", "edit"),
    "draft": Look("neutral", "edit"),
    "drafted": Look("neutral", "edit"),
    "queued": Look("neutral", "clock"),
    "waiting": Look("neutral", "clock"),
    "due": Look("neutral", "clock"),
    "noted": Look("neutral", "edit"),
    "written": Look("neutral", "edit"),
    # Under way.
    "open": Look("info", "flag"),
    "submitted": Look("info", "eye"),
    "decided": Look("info", "stamp"),
    "under_way": Look("info", "play"),
    "consulted": Look("info", "people"),
    "assigned": Look("info", "user"),
    "asked": Look("info", "send"),
    "called": Look("info", "bell"),
    "announced": Look("info", "bell"),
    "held": Look("info", "meeting"),
    "running": Look("info", "refresh"),
    "approved": Look("info", "stamp"),
    "sending": Look("info", "refresh"),
    # As it should be.
    "accepted": Look("success", "check"),
    "answered": Look("success", "send"),
    "done": Look("success", "check"),
    "solved": Look("success", "check"),
    "standing": Look("success", "check"),
    "seated": Look("success", "user"),
    "in_force": Look("success", "shield"),
    "checked": Look("success", "eye"),
    "confirmed": Look("success", "check"),
    "reviewed": Look("success", "eye"),
    "minuted": Look("success", "stamp"),
    "set": Look("success", "stamp"),
    "stamped": Look("success", "stamp"),
    "issued": Look("success", "send"),
    "sent": Look("success", "send"),
    "dealt": Look("success", "check"),
    "taken": Look("success", "check"),
    "signed": Look("success", "stamp"),
    # Somebody has to act once more.
    "returned": Look("warning", "left"),
    "corrected": Look("warning", "edit"),
    "void": Look("warning", "warning"),
    # Against what was wanted.
    "lost": Look("danger", "close"),
    "refused": Look("danger", "close"),
    "missing": Look("danger", "warning"),
    "failed": Look("danger", "warning"),
    # Over.
    "closed": Look("neutral", "lock"),
    "renewed": Look("neutral", "refresh"),
    "replaced": Look("neutral", "refresh"),
    "ended": Look("neutral", "stop"),
    "left": Look("neutral", "right"),
    "over": Look("neutral", "stop"),
    "dropped": Look("neutral", "remove"),
    "repealed": Look("neutral", "stop"),
    "cancelled": Look("neutral", "stop"),
    "withdrawn": Look("neutral", "remove"),
    "off": Look("neutral", "remove"),
    "struck": Look("neutral", "remove"),
}

PLAIN = Look("neutral", "dot")
# What is no state but a word on a coloured ground tells its tone by these.
ICONS_OF_TONES = {"neutral": "dot", "info": "info", "success": "check", "warning": "warning", "danger": "close"}


def look_of(state: str) -> Look:
    return STATES[state]
