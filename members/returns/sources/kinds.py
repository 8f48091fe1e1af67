"""Say what exports of the library system are, for the pages of the intake (6.2.1 j)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fsul_portal.intake.kinds import Intake, register
from fsul_portal.users import Request
from members.returns.intake.kinds import known_words
from members.returns.rules import may_import
from members.returns.sources.columns import known_columns
from members.returns.sources.forms import ExportUploadForm
from members.returns.sources.imports import SourcePlan
from members.returns.sources.models import ExportSource
from members.returns.sources.rules import may_keep_source


def exports_known(request: Request) -> dict[str, Any]:
    return {"sources": ExportSource.objects.in_use(), "may_keep": may_keep_source(request.user)}


EXPORTS = register(
    Intake(
        key="exports",
        plan=SourcePlan,
        columns=known_columns,
        may=may_import,
        form=ExportUploadForm,
        page="returns:export-import",
        title=_("Import an export of the library system"),
        lead=_("Its figures become drafts that the libraries complete; what was handed in stays as it is."),
        clause="6.2.1 j",
        back=("returns:return-list", _("Returns")),
        known=known_words,
        aside="members/returns/_sources.html",
        context=exports_known,
    )
)
