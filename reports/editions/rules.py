"""Say who may build, publish and download reports."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.verdicts import Allowed, Denied, Way, not_now


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


def may_publish(user, edition):
    """The office publishes a finished edition whose months are all locked (6.2.1 j)."""
    if not holds(user, "reports.publish_reports"):
        return Denied(_("Only the coordination office publishes reports."))
    if edition.published_at:
        return Denied(_("This edition has been published already."), overtaken=True)
    if edition.provisional:
        return not_now(
            _("A provisional edition cannot be published: lock its months first, then build it again."),
            Way(_("The months"), reverse("months:month-list")),
        )
    if not edition.is_finished:
        return not_now(_("The documents of this edition are not ready yet."))
    return Allowed()
