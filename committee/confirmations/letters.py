"""Tell people of minutes that wait for their answer, of objections, and of addenda (6.2.1 b)."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from committee.bodies.people import invited, keepers
from committee.confirmations.models import Addendum, Confirmation
from committee.meetings.models import Meeting
from committee.meetings.rolls.seats import asked_to_confirm
from committee.meetings.wording.letters import MEETING
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.templatetags.figures import day
from fsul_portal.users import User
from members.people.models import User as Person


def tell_circulated(meeting: Meeting) -> list[Notice]:
    """Ask each of those whose answer is waited for."""

    def body() -> str:
        sentence = _("Please read the minutes, and agree or object by %(day)s. Silence until then counts as agreement.")
        return sentence % {"day": day(meeting.confirm_by)}

    people = Person.objects.filter(pk__in=asked_to_confirm(meeting))
    key = f"circulated:{meeting.version}"
    return _tell(meeting, people, key, lambda: _("Minutes to confirm: %(title)s"), body)


def tell_objection(meeting: Meeting, answer: Confirmation) -> list[Notice]:
    """Tell the office who objects, and to what."""
    people = keepers(meeting.body)
    person = {"person": answer.answered_by}

    def body() -> str:
        return _("%(person)s objects:") % person + "\n" + answer.objection

    return _tell(meeting, people, f"objection:{answer.pk}", lambda: _("Objection to minutes: %(title)s"), body)


def tell_addendum(addendum: Addendum) -> list[Notice]:
    """Tell the body what was corrected in minutes that it has read."""
    people = invited(addendum.meeting.body)
    key = f"addendum:{addendum.pk}"
    return _tell(addendum.meeting, people, key, lambda: _("Addendum to minutes: %(title)s"), lambda: addendum.text)


def _tell(
    meeting: Meeting, people: Iterable[User], key: str, subject: Callable[[], str], body: Callable[[], str]
) -> list[Notice]:
    return tell(
        people,
        key=f"{MEETING}:{meeting.pk}:{key}",
        subject=lambda: subject() % {"title": meeting.title},
        body=body,
        link=meeting.get_absolute_url(),
    )
