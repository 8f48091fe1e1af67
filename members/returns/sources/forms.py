"""Ask what the columns of an export mean, and take one (6.2.1 j)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.intake.codes import Codes
from fsul_portal.intake.forms import UploadForm
from fsul_portal.sheets import cells
from fsul_portal.templatetags.figures import period as in_words
from members.indicators.models import Indicator
from members.libraries.models import Library
from members.periods.models import month_due
from members.returns.due.lists import periods_offered
from members.returns.sources.models import ExportSource

HEADING = "heading_"
SIGNS = ("=", "＝", "→", "\t")


class SourceForm(forms.ModelForm):
    """Hold what the columns and codes of an export mean, and a file on which that is tried."""

    skipped = forms.CharField(
        label=gettext_lazy("Rows that are skipped"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Words in a cell of a row that is no library, one a line, such as 合计."),
    )
    codes = forms.CharField(
        label=gettext_lazy("Codes of libraries"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Only where they differ, one a line: the code of the export = the code here."),
    )
    file = forms.FileField(
        label=gettext_lazy("Try it on a file"),
        required=False,
        help_text=gettext_lazy("CSV or XLSX; nothing is kept of it."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    month = forms.ChoiceField(label=gettext_lazy("Month of the file"), required=False)

    class Meta:
        model = ExportSource
        fields = ("name", "library_heading", "period_heading", "several", "is_used")
        help_texts = {
            "library_heading": gettext_lazy("The heading of the column as the file writes it."),
            "period_heading": gettext_lazy("Empty where the file is of one month, which is then said with the file."),
        }

    def __init__(self, *args: Any, indicators: Iterable[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = list(indicators)
        self.initial["skipped"] = "\n".join(self.instance.skipped)
        self.initial["codes"] = "\n".join(f"{their} = {ours}" for their, ours in self.instance.codes.items())
        for one in self.indicators:
            name = f"{HEADING}{one.code}"
            self.fields[name] = forms.CharField(label=f"{one.code} {one.title}", required=False, max_length=100)
            self.initial[name] = self.instance.headings.get(one.code, "")
        offer_months_of_files(self, "month")
        asked = [f"{HEADING}{one.code}" for one in self.indicators]
        self.order_fields(["name", "library_heading", "period_heading", *asked, "several", "skipped", "codes"])

    def clean_skipped(self) -> list[str]:
        return lines_of_text(self.cleaned_data["skipped"])

    def clean_codes(self) -> dict[str, str]:
        """Read the pairs of codes; the second one is a library that there is."""
        known, found = Codes(Library.objects.values_list("code", flat=True)), {}
        for line in lines_of_text(self.cleaned_data["codes"]):
            their, ours = _pair(line)
            if not their or known.find(ours) not in known.exact:
                raise ValidationError(_("“%(line)s” names no library that there is.") % {"line": line})
            found[their] = known.find(ours)
        return found

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        headings = {one.code: said.get(f"{HEADING}{one.code}") for one in self.indicators}
        # What is not asked for at the moment keeps its column.
        known = {one.code for one in self.indicators}
        kept = {code: heading for code, heading in self.instance.headings.items() if code not in known}
        said["headings"] = kept | {code: heading for code, heading in headings.items() if heading}
        if not said["headings"]:
            raise ValidationError(_("Say of one column at least which indicator it is."))
        every = [said.get("library_heading"), said.get("period_heading"), *said["headings"].values()]
        folded = [cells.folded(each) for each in every if each]
        if len(set(folded)) < len(folded):
            raise ValidationError(_("No column means two things."))
        return said

    def source(self) -> ExportSource:
        """Return the export as it would be kept."""
        source: ExportSource = self.instance
        for name in ("headings", "codes", "skipped"):
            setattr(source, name, self.cleaned_data[name])
        return source


class ExportUploadForm(UploadForm):
    """Take an export, with the month of which it is."""

    source = forms.ModelChoiceField(label=gettext_lazy("Which export"), queryset=ExportSource.objects.in_use())
    period = forms.ChoiceField(label=gettext_lazy("Month of the file"))
    field_order = ["source", "period", "file"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An empty cell of an export says nothing about what somebody else has typed.
        del self.fields["clear_empty"]
        self.order_fields(self.field_order)
        offer_months_of_files(self, "period")

    @property
    def wishes(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"partial": said["partial"], "source": said["source"].pk, "period": said["period"]}


def offer_months_of_files(form: forms.BaseForm, name: str) -> None:
    """Offer the months that are open, the one that is collected now chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(code, in_words(code)) for code in periods_offered() if len(code) == 7]
    form.initial.setdefault(name, month_due())


def lines_of_text(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pair(line: str) -> tuple[str, str]:
    for sign in SIGNS:
        their, found, ours = line.partition(sign)
        if found:
            return their.strip(), ours.strip()
    return "", ""
