"""Keep views of the explorer under a name and an address of their own (6.2.1 j)."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import TOKEN_LENGTH
from fsul_portal.grammar.pairs import together, who
from fsul_portal.users import User

NAME_LENGTH, KEY_LENGTH, QUERY_LENGTH = 60, 8, 500
# Nothing that is read for something else: no 0 and o, no 1 and l.
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_key() -> str:
    return "".join(secrets.choice(SIGNS) for __ in range(KEY_LENGTH))


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """Return one's own views and those that others share; what one sees in them is asked elsewhere."""
        shared = Q(is_shared=True, removed_at__isnull=True)
        return self.filter(Q(saved_by=user) | shared) if user.is_active else self.none()

    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)


class SavedView(models.Model):
    """What somebody looks at in the explorer, under a name: the query, never the figures (6.2.1 j)."""

    key = models.SlugField(max_length=KEY_LENGTH, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    query = models.CharField(_("what is looked at"), max_length=QUERY_LENGTH)
    is_shared = models.BooleanField(_("shared"), default=False)
    version = models.PositiveIntegerField(_("version"), default=0)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    saved_by = who(verbose_name=_("saved by"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = who(verbose_name=_("removed by"))
    form_token = models.CharField(max_length=TOKEN_LENGTH, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(fields=["saved_by", "form_token"], name="view_saved_once"),
            together("saved"),
            together("removed"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reports:view-detail", args=[self.key])
