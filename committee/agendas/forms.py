"""Ask for items of an agenda, for what the minutes say of one, and for proposals (6.2.1 b)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.agendas.lines import lines_of
from committee.agendas.models import Item
from fsul_portal.acts.forms import VersionForm
from fsul_portal.lives.forms import long_text
from fsul_portal.standard import BODIES, DUTIES

LONGEST_AGENDA = 20_000
LONGEST_MINUTES = 50_000


def agenda_field(**options: Any) -> forms.CharField:
    """Ask for an agenda as people type it."""
    return long_text(
        gettext_lazy("Agenda"),
        rows=8,
        longest=LONGEST_AGENDA,
        strip=False,
        help_text=gettext_lazy(
            "One item on each line; a line that begins with a blank belongs under the one above it. “(15 min)” at the "
            "end is its time."
        ),
        **options,
    )


def clause_field() -> forms.ChoiceField:
    """Ask which clause of the standard something belongs to."""
    return forms.ChoiceField(label=gettext_lazy("Clause"), choices=clauses, required=False)


def clauses() -> list[tuple[str, str]]:
    """Return the clauses as choices, in the language of the reader."""
    return [("", "—"), *((one.number, f"{one.number} {one.title}") for one in (*BODIES, *DUTIES))]


class LinesForm(VersionForm):
    """Put items on the agenda of a meeting."""

    lines = agenda_field()

    def clean_lines(self) -> Any:
        lines = lines_of(self.cleaned_data["lines"])
        if not lines:
            raise ValidationError(_("Write something first."))
        return lines


class ItemForm(VersionForm):
    """Change an item and its place."""

    fields: dict[str, Any]

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    above: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label=gettext_lazy("Belongs under"), required=False, empty_label=gettext_lazy("no other item")
    )
    place = forms.IntegerField(
        label=gettext_lazy("Place"),
        min_value=1,
        max_value=200,
        help_text=gettext_lazy("1 is the first among the items beside it."),
    )
    length = forms.IntegerField(label=gettext_lazy("Minutes of time"), min_value=1, max_value=600, required=False)
    speaker = forms.CharField(label=gettext_lazy("Speaker"), max_length=100, required=False)
    reason = long_text(gettext_lazy("What it is about"), required=False)

    def __init__(self, thing: Item, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        facts = {name: getattr(thing, name) for name in ("title", "above", "length", "speaker", "reason")}
        super().__init__(thing, data, initial=facts | {"place": _place(thing)} | (initial or {}))
        tops = Item.objects.standing().filter(meeting=thing.meeting_id, above__isnull=True)
        self.fields["above"].queryset = tops.exclude(pk=thing.pk)


def _place(item: Item) -> int:
    beside = Item.objects.filter(meeting=item.meeting_id, above=item.above_id).order_by("sort", "pk")
    return list(beside.values_list("pk", flat=True)).index(item.pk) + 1


class WriteForm(VersionForm):
    """Write what the minutes say of an item; it begins with the sentence that minutes begin with."""

    text = long_text(
        gettext_lazy("Minutes of this item"),
        rows=14,
        longest=LONGEST_MINUTES,
        strip=False,
        required=False,
        help_text=gettext_lazy("What was heard and discussed. Decisions are noted apart, each with its number."),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[(state, state.label) for state in (Item.State.DEALT, Item.State.LEFT, Item.State.OPEN)],
    )

    def __init__(self, thing: Item, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        # A text that was saved while it was typed belongs to an item whose outcome nobody has said yet.
        state = Item.State.DEALT if thing.state == Item.State.OPEN else thing.state
        self.keeps_at = reverse("committee:item-keep", args=[thing.pk])
        super().__init__(
            thing, data, initial={"text": thing.text or opening(thing), "outcome": state} | (initial or {})
        )

    def clean_text(self) -> str:
        """Keep the text as it is typed, but for the kind of line ends which a browser sends."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Item.State.DEALT and not cleaned.get("text", "").strip():
            self.add_error("text", _("Say what was heard and discussed, or carry the item over."))
        return cleaned


def opening(item: Item) -> str:
    """Return how the minutes of an item begin; they are written in Chinese whoever writes them."""
    return f"会议听取了{item.speaker}关于{item.title}的汇报。" if item.speaker else f"会议研究了{item.title}。"
