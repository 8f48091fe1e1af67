"""Say who may give which opinion: four eyes, the right seat, the right moment."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.approvals.models import Opinion
from fsul_portal.verdicts import Allowed, Denied


def stage_for(user, matter):
    """Return the open stage at which this user sits, or None."""
    return _seat_among(matter.open_stages(), user, matter)


def may_give_opinion(user, matter):
    """The holder of the seat whose turn it is gives an opinion, and never on a matter of his own."""
    if matter.can_become(matter.State.SUBMITTED):
        return Denied(not_with_reviewers(matter), overtaken=True)
    if matter.state != matter.State.SUBMITTED:
        return Denied(no_longer_awaiting(matter), overtaken=True)
    if user.pk in matter.writers():
        return Denied(_("Nobody reviews a matter of their own."))
    if any(opinion.given_by_id == user.pk for opinion in _agreed_in_round(matter)):
        return Denied(_("You have already given your opinion at an earlier stage; the next one is for somebody else."))
    if stage_for(user, matter) is None:
        return _not_the_turn_of(user, matter)
    return Allowed()


def may_write_again(user, matter):
    """Say whether the matter is still in the hands of those who wrote it."""
    if matter.can_become(matter.State.SUBMITTED):
        return Allowed()
    if matter.state == matter.State.SUBMITTED:
        return Denied(_("It has been submitted and can no longer be changed."), overtaken=True)
    return Denied(no_longer_awaiting(matter), overtaken=True)


def is_current(matter, version):
    """Say whether a form speaks of the matter as it is now; `version` is what the form was drawn from."""
    if version == matter.version:
        return Allowed()
    return Denied(_("This was changed while you had the page open; look at it again as it is now."), overtaken=True)


def not_with_reviewers(matter):
    """Return the sentence for reviewers while those who wrote it have the matter in hand."""
    if matter.state == matter.State.DRAFT:
        return _("It has not been submitted yet.")
    return _("%(person)s has returned it for correction; it is with those who wrote it.") % {
        "person": matter.decided_by or _("Somebody")
    }


def no_longer_awaiting(matter):
    """Return the sentence for those who come too late: what it is now, and who decided."""
    if matter.withdrawn_by_id:
        return _("%(person)s has withdrawn it.") % {"person": matter.withdrawn_by}
    if matter.decided_by_id:
        return _("This is no longer awaiting review: %(person)s has decided; it is %(state)s.") % {
            "person": matter.decided_by,
            "state": matter.get_state_display(),
        }
    return _("This is no longer awaiting review; it is %(state)s.") % {"state": matter.get_state_display()}


def _not_the_turn_of(user, matter):
    seats = ", ".join(str(stage.seat) for stage in matter.open_stages())
    turn = _("It is the turn of: %(seats)s.") % {"seats": seats}
    given = {opinion.stage: opinion for opinion in _agreed_in_round(matter)}
    taken = _seat_among([stage for stage in matter.stages() if stage.key in given], user, matter)
    if taken is None:
        return Denied(turn)
    faster = _("%(person)s has already given the opinion of this stage.") % {"person": given[taken.key].given_by}
    return Denied(f"{faster} {turn}", overtaken=True)


def _seat_among(stages, user, matter):
    return next((stage for stage in stages if holds(user, stage.permission, *matter.places(stage.place))), None)


def _agreed_in_round(matter):
    return [
        opinion
        for opinion in matter.opinions.all()
        if opinion.round == matter.round and opinion.verdict == Opinion.Verdict.AGREED
    ]
