"""Save a form while somebody types into it (6.2.1 j)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.users import User
from fsul_portal.verdicts import Overtaken
from members.returns.actions import ReturnRefused, save_draft, submit
from members.returns.forms import ReturnForm
from members.returns.models import Return

SAVED, PARTLY, OVERTAKEN, REFUSED = "saved", "partly", "overtaken", "refused"


@dataclass(frozen=True, slots=True)
class Kept:
    """What has become of what was typed; `sentence` says why it is not saved."""

    one: Return
    state: str
    at: datetime
    sentence: str = ""
    unread: int = 0

    @property
    def is_saved(self) -> bool:
        return self.state in (SAVED, PARTLY)


def keep(form: ReturnForm, *, by: User) -> Kept:
    """Save what can be read of a form as a draft; a box that cannot be read keeps what is stored (6.2.1 j)."""
    one, now = form.one, timezone.now()
    form.is_valid()
    if "version" in form.errors or form.non_field_errors():
        sentence = " ".join(map(str, form.non_field_errors()))
        return Kept(one, REFUSED, now, sentence or _("Open the page anew: it was sent without its version."))
    typed, version = form.typed, form.cleaned_data["version"]
    try:
        kept = save_draft(one.library, one.period, typed.figures, typed.notes, by=by, version=version)
    except Overtaken as refusal:
        return Kept(one, OVERTAKEN, now, str(refusal))
    return Kept(kept, PARTLY if form.errors else SAVED, now, unread=len(form.errors))


def hand_in_many(ticked: Iterable[tuple[Return, int]], *, by: User) -> tuple[list[Return], list[tuple[Return, str]]]:
    """Hand each (return, version) in, in a transaction of its own; return those handed in, and the rest with why."""
    gone, left = [], []
    for one, version in ticked:
        try:
            gone.append(submit(one, by=by, version=version))
        except (ReturnRefused, PermissionDenied) as refusal:
            left.append((one, str(refusal)))
    return gone, left
