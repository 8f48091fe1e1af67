"""Keep how a person has arranged a list: its columns, and its filters under a name."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fsul_portal.users import User

if TYPE_CHECKING:
    from fsul_portal.registers.register import Register

NAME_LENGTH = 60


class KeptViewQuerySet(models.QuerySet["KeptView"]):
    def of(self, person: User, register: "Register") -> Self:
        return self.filter(person=person, register=register.name)


class KeptView(models.Model):
    """What one person keeps of one list: without a name its columns, under a name a filter."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    register = models.CharField(_("register"), max_length=80)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    query = models.CharField(_("what is kept"), max_length=1000, blank=True)

    objects = KeptViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("kept view of a list")
        verbose_name_plural = _("kept views of lists")
        constraints = [models.UniqueConstraint(fields=["person", "register", "name"], name="kept_once_under_a_name")]

    def __str__(self) -> str:
        return self.name
