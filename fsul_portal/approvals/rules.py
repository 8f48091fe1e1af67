"""Say who may give which opinion: four eyes, the right seat, the right moment."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.approvals.models import Opinion
from fsul_portal.verdicts import Allowed, Denied


def stage_for(user, matter):
    """Return the open stage at which this user sits, or None."""
    for stage in matter.open_stages():
        if holds(user, stage.permission, *matter.places(stage.place)):
            return stage
    return None


def may_give_opinion(user, matter):
    """The holder of the seat whose turn it is gives an opinion, and never on a matter of his own."""
    if matter.state != matter.State.SUBMITTED:
        return Denied(no_longer_awaiting(matter), overtaken=True)
    if user.pk in {matter.submitted_by_id, matter.started_by_id}:
        return Denied(_("Nobody reviews a matter of their own."))
    if any(opinion.given_by_id == user.pk for opinion in _opinions_of_round(matter)):
        return Denied(_("You have already given your opinion at an earlier stage; the next one is for somebody else."))
    if stage_for(user, matter) is None:
        seats = ", ".join(str(stage.seat) for stage in matter.open_stages())
        return Denied(_("It is the turn of: %(seats)s.") % {"seats": seats})
    return Allowed()


def may_write_again(user, matter):
    """Say whether the matter is still in the hands of those who wrote it."""
    if not matter.can_become(matter.State.SUBMITTED):
        return Denied(_("It has been submitted and can no longer be changed."), overtaken=True)
    return Allowed()


def no_longer_awaiting(matter):
    """Return the sentence for those who come too late: what it is now, and who decided."""
    if matter.decided_by_id:
        return _("This is no longer awaiting review: %(person)s has decided; it is %(state)s.") % {
            "person": matter.decided_by,
            "state": matter.get_state_display(),
        }
    return _("This is no longer awaiting review; it is %(state)s.") % {"state": matter.get_state_display()}


def _opinions_of_round(matter):
    return [
        opinion
        for opinion in matter.opinions.all()
        if opinion.round == matter.round and opinion.verdict == Opinion.Verdict.AGREED
    ]
