"""Say who may call, hold and minute the meetings of a body (6.2.1 b, 7.1)."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committee.bodies.rules import keeps, may_keep, may_sign, signs
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rolls.seats import asked_to_confirm
from fsul_portal.records.models import Record
from fsul_portal.templatetags.figures import day
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, Way, closed, not_now


def may_revise(user, meeting):
    """The secretary changes time, place and agenda until the meeting is held."""
    return _keeps_what_is_called(user, meeting)


def may_cancel(user, meeting):
    """The secretary cancels a meeting that has not been held."""
    return _keeps_what_is_called(user, meeting)


def may_write_roll(user: User, meeting: Meeting) -> Verdict:
    """The secretary writes the roll until it is signed."""
    return _keeps_what_is_called(user, meeting)


def may_sign_roll(user: User, meeting: Meeting) -> Verdict:
    """The chair or the secretary signs the roll of a meeting that took place (7.1)."""
    if not (signs(user, meeting.body) or keeps(user, meeting.body)):
        return _signs_no_roll(meeting)
    if not meeting.can_become(Meeting.State.HELD):
        return _too_late(meeting)
    if meeting.starts_at > timezone.now():
        return not_now(_("The meeting has not begun; its roll is signed afterwards."))
    if not any(entry.presence in RollEntry.ATTENDED for entry in meeting.roll.all()):
        sentence = _("Nobody is on the roll as present; a meeting without anybody does not count.")
        return not_now(sentence, _way(user, meeting, may_write_roll, _("Write the roll"), "meeting-roll"))
    unsaid = sum(not entry.presence for entry in meeting.roll.all())
    if unsaid:
        sentence = ngettext(
            "Of %(count)s person on the roll it is not said whether he came.",
            "Of %(count)s people on the roll it is not said whether they came.",
            unsaid,
        )
        return not_now(
            sentence % {"count": unsaid}, _way(user, meeting, may_write_roll, _("Write the roll"), "meeting-roll")
        )
    return Allowed()


def may_write_minutes(user: User, meeting: Meeting) -> Verdict:
    """The secretary writes the minutes between the signed roll and the final signature."""
    verdict = may_keep(user, meeting.body)
    if verdict and meeting.state == Meeting.State.CALLED:
        sentence = _("The minutes are written once the roll is signed.")
        return not_now(sentence, _way(user, meeting, may_sign_roll, _("Sign the roll"), "meeting-roll-sign"))
    if verdict and meeting.state != Meeting.State.HELD:
        return _too_late(meeting)
    if verdict and meeting.circulated_at:
        url = reverse("committee:meeting-minutes-call-back", args=[meeting.pk])
        return not_now(
            _("The minutes are being confirmed; call them back first."), Way(_("Call the minutes back"), url)
        )
    return verdict


def may_send_agenda(user: User, meeting: Meeting) -> Verdict:
    """The secretary sends the agenda of a meeting that has not begun."""
    verdict = _keeps_what_is_called(user, meeting)
    if verdict and meeting.starts_at <= timezone.now():
        return not_now(_("The meeting has begun; nobody is invited any more."))
    return verdict


def may_sign_minutes(user, meeting):
    """The chair signs the minutes, and never minutes which he wrote himself (7.1)."""
    if not (verdict := may_sign(user, meeting.body)):
        return verdict
    if meeting.state == Meeting.State.CALLED:
        sentence = _("Minutes are signed once the roll is signed.")
        return not_now(sentence, _way(user, meeting, may_sign_roll, _("Sign the roll"), "meeting-roll-sign"))
    if not meeting.can_become(Meeting.State.MINUTED):
        return _too_late(meeting)
    if not meeting.has_minutes:
        return not_now(_("There are no minutes to sign yet."))
    if _has_written(user, meeting):
        return Denied(_("Nobody signs minutes which he wrote, not even a part of them."))
    return is_confirmed(meeting)


def is_confirmed(meeting: Meeting) -> Verdict:
    """Minutes are ready to be signed when all who are asked have answered, or their time is over."""
    if not meeting.circulated_at or meeting.confirm_by is None:
        return not_now(_("The minutes are circulated for confirmation first."))
    if meeting.confirm_by < timezone.localdate():
        return Allowed()
    answers = meeting.confirmations.filter(circulated_at=meeting.circulated_at)
    missing = set(asked_to_confirm(meeting)) - set(answers.values_list("answered_by", flat=True))
    if missing:
        sentence = ngettext(
            "%(count)s person has not answered yet; silence until %(day)s counts as agreement.",
            "%(count)s people have not answered yet; silence until %(day)s counts as agreement.",
            len(missing),
        )
        return not_now(sentence % {"count": len(missing), "day": day(meeting.confirm_by)})
    return Allowed()


def _signs_no_roll(meeting: Meeting) -> Denied:
    if meeting.body.is_committee:
        return Denied(_("Only the chair of the committee or the secretary signs the roll."))
    told = {"body": meeting.body, "keeper": meeting.body.sort_of.keeper, "signer": meeting.body.sort_of.signer}
    return Denied(_("Rolls of %(body)s are signed by %(keeper)s or by %(signer)s.") % told)


def _has_written(user, meeting):
    if meeting.minutes_written_by_id == user.pk or meeting.items.filter(written_by=user).exists():
        return True
    of_meeting = Record.objects.of(meeting).filter(verb="minutes written", by=user)
    items = list(meeting.items.values_list("pk", flat=True))
    kind = {"content_type__app_label": "committee", "content_type__model": "item"}
    of_items = Record.objects.filter(**kind, object_id__in=items, verb="item written", by=user)
    return of_meeting.exists() or of_items.exists()


def _keeps_what_is_called(user: User, meeting: Meeting) -> Verdict:
    verdict = may_keep(user, meeting.body)
    if verdict and meeting.state != Meeting.State.CALLED:
        return _too_late(meeting)
    return verdict


def _way(user: User, meeting: Meeting, rule: Callable[[User, Meeting], Verdict], title: str, view: str) -> Way | None:
    """Lead to the step that is missing, but only whoever may take it."""
    return Way(title, reverse(f"committee:{view}", args=[meeting.pk])) if rule(user, meeting) else None


def _too_late(meeting: Meeting) -> Denied:
    sentences = {
        Meeting.State.HELD: _("The roll is signed; the meeting can no longer be changed."),
        Meeting.State.MINUTED: _("The minutes are final; nothing of this meeting changes any more."),
        Meeting.State.CANCELLED: _("The meeting was cancelled."),
    }
    return closed(sentences[Meeting.State(meeting.state)])
