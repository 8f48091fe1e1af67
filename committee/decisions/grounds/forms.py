"""Ask on which decision something rests (6.1 a, 6.1 b, 6.1 c, 6.1 d)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.decisions.grounds.actions import deciding_on
from committee.decisions.grounds.rules import may_rest_on
from committee.decisions.models import Decision
from fsul_portal.acts.forms import NoteForm
from fsul_portal.lives.forms import day_field

# So many decisions are offered; an older one is named by its number.
MOST_OFFERED = 30


class GroundField(forms.TypedChoiceField):
    """Offer the decisions in force: those about the thing, then those of its clause, then the newest."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "label": gettext_lazy("Decision"),
            "coerce": _decision,
            "empty_value": None,
            "required": False,
        }
        super().__init__(**usual | options)

    def offer(self, thing: Any, clause: str) -> Decision | None:
        """Fill in what is offered for a thing; return the one that is proposed, where one is about it."""
        decided = deciding_on(thing)
        about = [one for one in decided if may_rest_on(one)]
        self.help_text = " ".join(verdict.sentence for one in decided if not (verdict := may_rest_on(one)))
        others = Decision.objects.of_committee().in_force().exclude(pk__in=[one.pk for one in about])
        same = list(others.filter(clause=clause)[:MOST_OFFERED])
        rest = list(others.exclude(clause=clause)[: MOST_OFFERED - len(same)])
        told = {"clause": clause}
        groups = [(_("About this"), about), (_("Of clause %(clause)s") % told, same), (_("Other decisions"), rest)]
        offered = [(title, [(str(one.pk), str(one)) for one in found]) for title, found in groups if found]
        self.choices = [("", "—"), *offered]
        return about[0] if about else None


def _decision(key: str) -> Decision | None:
    return Decision.objects.filter(pk=key).first()


class GroundForm(NoteForm):
    """Choose the decision; or name it by its number, with its day where it is older than the register."""

    fields: dict[str, Any]
    # The clause of the duty, whose decisions come first.
    clause = ""

    decision = GroundField()
    number = forms.CharField(
        label=gettext_lazy("Number of another decision"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Of a decision that is not in the list, or of one from before the register began."),
    )
    day = day_field(
        gettext_lazy("Day of a decision from before the register"),
        required=False,
        help_text=gettext_lazy("Only for a decision that was taken before there was a register; else it is known."),
    )
    field_order: tuple[str, ...] = ("decision", "number", "day", "note")

    def __init__(self, thing: Any, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        proposed = self.fields["decision"].offer(thing, self.clause)
        if proposed:
            self.initial.setdefault("decision", str(proposed.pk))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") and (cleaned.get("number") or cleaned.get("day")):
            self.add_error("number", _("Choose a decision of the list, or name another one; not both."))
        return cleaned


def ground_form(clause: str) -> type[GroundForm]:
    """Return the form for a duty of a clause."""
    return type("GroundForm", (GroundForm,), {"clause": clause})
