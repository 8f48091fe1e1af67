"""Ask which libraries of which day, and for files."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.finding.matches import having, words_of
from fsul_portal.intake.forms import UploadForm
from members.libraries.finding.kinds import kind_title
from members.libraries.finding.matches import ON_ROW
from members.libraries.models import Division, Spell

ALL = [("", _("all"))]
# By which head of the list one orders.
ORDERS = {
    "code": "library__code",
    "name": "name",
    "level": "level_rank",
    "kind": "kind",
    "district": "district__sort",
    "town": "town__sort",
    "parent": "parent__code",
    "status": "status",
}


def day_input():
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LibraryFilter(forms.Form):
    """Choose libraries of a day; what cannot be understood is told and left out."""

    q = forms.CharField(label=_("Name, place, code or pinyin"), max_length=60, required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    town = forms.ChoiceField(label=_("Town"), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=ALL + Spell.Level.choices, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    status = forms.ChoiceField(label=_("Operating state"), choices=ALL + Spell.Status.choices, required=False)
    day = forms.DateField(label=_("As of"), widget=day_input(), required=False)
    parent = forms.SlugField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        divisions = list(Division.objects.exclude(level=Division.Level.TOWN))
        towns = list(Division.objects.filter(level=Division.Level.TOWN))
        self.follow_district(divisions, towns)
        district = next((one for one in divisions if one.code == self.data.get("district")), None)
        if district and district.level == Division.Level.DISTRICT:
            towns = [town for town in towns if town.parent_id == district.pk]
        under: dict[int | None, tuple[str, list]] = {division.pk: (division.title, []) for division in divisions}
        for town in towns:
            under.setdefault(town.parent_id, ("", []))[1].append((town.code, town.title))
        kinds = Spell.objects.known().exclude(kind="").order_by("kind").values_list("kind", flat=True).distinct()
        self.offer("district", [(division.code, division.title) for division in divisions])
        self.offer("town", [group for group in under.values() if group[1]])
        self.offer("kind", [(kind, kind_title(kind)) for kind in kinds])

    def follow_district(self, divisions, towns):
        """Let go of a town that does not lie in the district: whoever chooses another district chose it before."""
        above = {one.pk: one.code for one in divisions}
        lies_in = {town.code: above.get(town.parent_id) for town in towns}
        district, town = self.data.get("district"), self.data.get("town")
        if district in set(lies_in.values()) and lies_in.get(town, district) != district:
            self.data = {key: value for key, value in self.data.items() if key != "town"}

    def offer(self, name, choices):
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ALL + choices

    @property
    def chosen(self):
        """Return what was understood, without what was left empty."""
        self.is_valid()
        return {field: value for field, value in self.cleaned_data.items() if value}

    @property
    def day_asked(self):
        return self.chosen.get("day") or timezone.localdate()

    def spells(self):
        """Return the spells that match, in the office's order."""
        chosen = self.chosen
        spells = Spell.objects.as_of(self.day_asked)
        for field in ("level", "kind", "status"):
            if field in chosen:
                spells = spells.filter(**{field: chosen[field]})
        for field in ("district", "town", "parent"):
            if field in chosen:
                spells = spells.filter(**{f"{field}__code": chosen[field]})
        return having(self.ordered(spells), ON_ROW, words_of(chosen.get("q", "")))

    def ordered(self, spells):
        """Order by the head that was clicked, else as the office does."""
        asked = self.data.get("order", "")
        field = ORDERS.get(asked.removeprefix("-"))
        if field is None:
            return spells.in_office_order()
        return spells.order_by(f"-{field}" if asked.startswith("-") else field, "library__code")


class DayForm(forms.Form):
    """Ask for a day; today when nothing, or nothing sensible, is said."""

    day = forms.DateField(label=_("As of"), widget=day_input(), required=False)

    @property
    def day_asked(self):
        self.is_valid()
        return self.cleaned_data.get("day") or timezone.localdate()


class LibraryUploadForm(UploadForm):
    """Take a file of libraries, and the day from which its changes hold."""

    on = forms.DateField(
        label=_("Changes hold from"),
        help_text=_("The day from which changed facts are true. New libraries belong from their own first day."),
        widget=day_input(),
        initial=timezone.localdate,
    )

    @property
    def wishes(self):
        return super().wishes | {"on": self.cleaned_data["on"].isoformat()}
