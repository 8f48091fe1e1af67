"""Say who takes a report from the draft to the published edition (6.1 d, 6.2.1 j)."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsul_portal.access.rules import holds
from fsul_portal.approvals.rules import may_write_again
from fsul_portal.remarks.models import Remark
from fsul_portal.templatetags.figures import day
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, Way, closed, not_now
from reports.editions.models import Edition

OFFICE, READERS, SIGN = "reports.publish_reports", "reports.download_reports", "reports.sign_reports"


def may_write(user: User, edition: Edition) -> Verdict:
    """The office writes the texts of a draft, of one that is open to remarks, and of one that was returned (6.1 d)."""
    if not holds(user, OFFICE):
        return Denied(_("Only the coordination office writes the texts of a report."))
    return _in_hand(user, edition)


def may_consult(user: User, edition: Edition) -> Verdict:
    """The office opens the draft of an annual report to the remarks of those who read all reports (6.1 d)."""
    if not holds(user, OFFICE):
        return Denied(_("Only the coordination office opens a draft to remarks."))
    if not edition.is_annual:
        return closed(_("A monthly report goes to review without remarks."))
    return _in_hand(user, edition) and _is_ready(edition)


def may_speak(user: User, edition: Edition) -> Verdict:
    """Those who read all reports make and answer remarks until the draft goes to review, late ones too (6.1 d)."""
    if not holds(user, READERS):
        return Denied(_("Remarks on a draft are made by those who read all reports."))
    if edition.consult_until is None:
        return not_now(_("The draft is not open to remarks."))
    return _in_hand(user, edition)


def may_submit(user: User, edition: Edition) -> Verdict:
    """The office puts a report to review: an annual one when its remarks are in and answered (6.1 d, 6.2.1 j)."""
    if not holds(user, OFFICE):
        return Denied(_("Only the coordination office puts reports to review."))
    verdict = _in_hand(user, edition) and _is_ready(edition)
    return verdict and _remarks_are_answered(edition) if edition.is_annual else verdict


def may_publish(user: User, edition: Edition) -> Verdict:
    """The office publishes what was approved, once its documents name who signed it (6.2.1 j)."""
    if not holds(user, OFFICE):
        return Denied(_("Only the coordination office publishes reports."))
    if edition.published_at:
        return Denied(_("This edition has been published already."), overtaken=True)
    if edition.state != edition.State.ACCEPTED:
        return _is_final(edition) and not_now(_("It has not been approved yet."))
    return _is_newest(edition) and _has_documents(edition)


def waits_for_signature(edition: Edition) -> bool:
    """Say whether an annual report waits for the approval that rests on the committee's decision (6.1 d)."""
    return edition.is_annual and any(turn.permission == SIGN for turn in edition.open_stages())


def may_take_up(user: User, edition: Edition) -> Verdict:
    """The office has documents written whose writing was interrupted (6.2.1 j)."""
    if not holds(user, "reports.build_reports"):
        return Denied(_("Only the coordination office has reports built."))
    if edition.is_finished:
        return Denied(_("The documents of this edition are there."), overtaken=True)
    return Allowed()


def _in_hand(user: User, edition: Edition) -> Verdict:
    if edition.state in (edition.State.ACCEPTED, edition.State.IN_FORCE):
        words = {"state": edition.get_state_display()}
        return closed(_("This edition is %(state)s: what changes is another edition.") % words)
    return may_write_again(user, edition)


def _is_final(edition: Edition) -> Verdict:
    if not edition.provisional:
        return Allowed()
    way = Way(_("The months"), reverse("months:month-list"))
    return not_now(_("This edition is provisional: lock its months first, then build it again."), way)


def _is_ready(edition: Edition) -> Verdict:
    return _is_final(edition) and _is_newest(edition) and _has_documents(edition)


def _is_newest(edition: Edition) -> Verdict:
    later = Edition.objects.filter(kind=edition.kind, period=edition.period, number__gt=edition.number)
    newest = later.order_by("-number").defer("snapshot").first()
    if newest is None:
        return Allowed()
    return closed(_("There is a later edition of this report."), Way(str(newest), newest.get_absolute_url()))


def _has_documents(edition: Edition) -> Verdict:
    return Allowed() if edition.is_finished else not_now(_("The documents of this edition are not ready yet."))


def _remarks_are_answered(edition: Edition) -> Verdict:
    if edition.consult_until is None:
        return not_now(_("Open the draft to the remarks of the committee first."))
    if edition.consult_until >= timezone.localdate():
        words = {"day": day(edition.consult_until), "next": day(edition.consult_until + timedelta(days=1))}
        return not_now(_("Remarks can be made until %(day)s; it goes to review from %(next)s on.") % words)
    left = Remark.objects.of(edition).open().filter(answered_at__isnull=True).count()
    if left:
        sentence = ngettext("%(count)s remark has no answer yet.", "%(count)s remarks have no answer yet.", left)
        return not_now(sentence % {"count": left})
    return Allowed()
