"""Say what files of returns are, for the pages and commands of the intake (6.2.1 j)."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from fsul_portal.intake.kinds import Intake, register
from members.libraries.models import Spell
from members.periods.models import month_due
from members.returns.due.lists import periods_offered
from members.returns.forms import ReturnUploadForm, TemplateForm
from members.returns.intake.columns import columns_of_files
from members.returns.intake.imports import ReturnPlan
from members.returns.intake.workbooks import SET_ASIDE
from members.returns.rules import may_import


def known_words() -> Iterator[str]:
    """Give the codes and names by which the text of a file is recognised."""
    for pair in Spell.objects.known().order_by().values_list("library__code", "name").iterator(chunk_size=2000):
        yield from pair


def workbook_to_choose(request):
    return {"template_form": TemplateForm(periods_offered(), initial={"period": month_due()})}


RETURNS = register(
    Intake(
        key="returns",
        plan=ReturnPlan,
        columns=columns_of_files,
        may=may_import,
        form=ReturnUploadForm,
        page="returns:return-import",
        title=_("Import returns"),
        lead=_("A table with a column for the code, the period and each indicator; all rows go in, or none."),
        clause="6.2.1 j",
        back=("returns:return-list", _("Returns")),
        known=known_words,
        apart=lambda: SET_ASIDE,
        aside="members/returns/_workbook.html",
        context=workbook_to_choose,
    )
)
