"""List what can be done with a term and with a seat (5.1)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committee.seats import actions, rules
from committee.seats.forms import BeginTermForm, LetterForm, TermDaysForm
from committee.seats.models import Seat, Term
from fsul_portal.acts.verbs import Acts, Verb, in_states
from members.bodies.verbs import verbs

State = Term.State


def of_recording(term: Term) -> str:
    """Count who is approved by the letter."""
    count = term.seats.filter(state=Seat.State.NOMINATED).count()
    return ngettext("%(count)s nomination is approved.", "%(count)s nominations are approved.", count) % {
        "count": count
    }


def of_beginning(term: Term) -> str:
    """Count who takes a seat, and who goes."""
    coming = term.seats.filter(state=Seat.State.APPROVED).count()
    running = Term.objects.all().running()
    leaving = running.seats.seated().count() if running else 0
    told = {"coming": coming, "leaving": leaving}
    return _("%(coming)s take their seats, %(leaving)s seats of the term before end; roles and notices follow.") % told


TERM_ACTS = Acts(
    "committee:term",
    (
        Verb(
            key="letter",
            title=gettext_lazy("Record the society's letter"),
            meaning=gettext_lazy("The letter approves all who are nominated for this term."),
            done=gettext_lazy("The letter is recorded."),
            icon="stamp",
            rule=rules.may_record_letter,
            act=actions.record_letter,
            form=LetterForm,
            effect=of_recording,
            way_back=gettext_lazy("What is approved can be put away, one by one, as long as the seat is not taken."),
            offered=in_states(State.PREPARED, State.RUNNING),
        ),
        Verb(
            key="begin",
            title=gettext_lazy("Let the term begin"),
            meaning=gettext_lazy("All who are approved take their seats, and those of the term before go."),
            done=gettext_lazy("The term has begun."),
            icon="flag",
            tone="primary",
            rule=rules.may_begin_term,
            act=actions.begin_term,
            form=BeginTermForm,
            effect=of_beginning,
            way_back=gettext_lazy("It cannot be undone; single seats can be ended and filled anew."),
            offered=in_states(State.PREPARED),
        ),
        Verb(
            key="change",
            title=gettext_lazy("Change the days"),
            meaning=gettext_lazy("Put the days of the term right, or let it last longer."),
            done=gettext_lazy("The term is changed."),
            icon="edit",
            rule=rules.may_change_term,
            act=actions.change_term,
            form=TermDaysForm,
            effect=lambda term: _("%(term)s gets other days; nobody's seat changes.") % {"term": term},
            way_back=gettext_lazy("It can be changed again; the record says what it was."),
            offered=in_states(State.PREPARED, State.RUNNING),
            is_silent=True,
        ),
    ),
)

SEAT_ACTS = Acts(
    "committee:seat",
    verbs(
        approve={"form": LetterForm, "title": gettext_lazy("Record the society's letter")},
        take={"rule": rules.may_seat_in_term, "act": actions.seat, "title": gettext_lazy("Take the seat")},
    ),
)
