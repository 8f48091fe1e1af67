"""Say who may have the file of one district or library made out of a report."""

from django.utils.translation import gettext as _

from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, not_now
from reports.editions.models import Edition


def may_extract(user: User, edition: Edition, code: str, language: str) -> Verdict:
    """Whoever may read an edition has the file of one district or library made (6.2.1 j)."""
    if not Edition.objects.visible_to(user).filter(pk=edition.pk).exists():
        return Denied(_("Only those who may read a report have an excerpt of it made."))
    if not edition.is_finished:
        return not_now(_("The documents of this edition are not ready yet."))
    if edition.excerpts.filter(place=code, language=language).exists():
        return Denied(_("This excerpt has been made already."), overtaken=True)
    return Allowed()
