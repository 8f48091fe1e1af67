"""Say who may have reports built and translated; what becomes of them then stands in their life."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.verdicts import Allowed, Denied, not_now


def may_build(user):
    """The office has reports built (6.2.1 j)."""
    if holds(user, "reports.build_reports"):
        return Allowed()
    return Denied(_("Only the coordination office has reports built."))


def may_translate(user, edition):
    """Whoever may read an edition has its English copy made (6.2.1 j)."""
    if not type(edition).objects.visible_to(user).filter(pk=edition.pk).exists():
        return Denied(_("Only those who may read a report have its English copy made."))
    if not edition.is_finished:
        return not_now(_("The documents of this edition are not ready yet."))
    if edition.has_english:
        return Denied(_("The English copy has been made already."), overtaken=True)
    return Allowed()
