"""Say what files of libraries and divisions are, for the pages and commands of the intake (6.2.1 e)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.intake.kinds import Intake, register
from members.libraries.forms import LibraryUploadForm
from members.libraries.intake.columns import DIVISION_COLUMNS, LIBRARY_COLUMNS
from members.libraries.intake.divisions import DivisionPlan
from members.libraries.intake.imports import LibraryPlan
from members.libraries.models import Division, Spell
from members.libraries.rules import may_import_libraries


def known_words():
    """Give the names and codes by which the text of a file is recognised."""
    yield from Division.objects.values_list("name", flat=True)
    for pair in Spell.objects.known().order_by().values_list("library__code", "name").iterator(chunk_size=2000):
        yield from pair


LIBRARIES = register(
    Intake(
        key="libraries",
        plan=LibraryPlan,
        columns=lambda: LIBRARY_COLUMNS,
        may=may_import_libraries,
        form=LibraryUploadForm,
        page="members:import",
        title=_("Import libraries"),
        lead=_("First you see what would change; nothing is written before you confirm."),
        clause="6.2.1 e",
        back=("members:library-list", _("Member libraries")),
        known=known_words,
        aside="members/libraries/_format.html",
    )
)
DIVISIONS = register(
    Intake(
        key="divisions",
        plan=DivisionPlan,
        columns=lambda: DIVISION_COLUMNS,
        may=may_import_libraries,
        known=lambda: Division.objects.values_list("name", flat=True),
    )
)
