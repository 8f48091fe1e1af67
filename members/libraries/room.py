"""The card of the registry of member libraries (6.2.1 e)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.finding.hits import Find
from fsul_portal.rooms import Card, Entry
from members.libraries.finding.matches import first_named_ever, library_hit, with_course
from members.libraries.models import Library
from members.libraries.rules import may_import_libraries

CARD = Card(
    clauses=("6.2.1 e",),
    menu=(
        Entry(_("Members"), _("Member libraries"), "members:library-list", "library", 10, key="l"),
        Entry(_("Members"), _("Imports"), "members:import", "upload", 20, may_import_libraries),
    ),
    acts={
        "opened": pgettext_lazy("act", "opened"),
        "closed": pgettext_lazy("act", "closed"),
        "corrected": pgettext_lazy("act", "corrected"),
    },
    permissions={
        "members.view_library": _("Looks at the registry in the admin"),
        "members.view_spell": _("Looks at the registry in the admin"),
        "members.oversee_libraries": _("Sees the drafts of all libraries"),
        "members.import_libraries": _("Takes the registry in from files"),
    },
    finds=(
        Find(
            Library,
            (),
            "library",
            along=with_course,
            shown=library_hit,
            listed="members:library-list?q=",
            order=("code",),
            condition=first_named_ever,
            sort=10,
        ),
    ),
)
