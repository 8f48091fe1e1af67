"""Know where a person is signed in, and what he has chosen for himself."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.account.browsers import browser_of
from fsul_portal.grammar.words import Words
from fsul_portal.users import User


class SignedInQuerySet(models.QuerySet["SignedIn"]):
    def open(self, person: User) -> Self:
        """Return where the person is signed in now; what was idle too long ends with its next request."""
        seen_since = timezone.now() - timedelta(minutes=settings.SESSION_IDLE_MINUTES)
        return self.filter(person=person, session__expire_date__gt=timezone.now(), seen_at__gte=seen_since)


class SignedIn(models.Model):
    """One session of a person; it goes with the session itself, and pages name it by its own number."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="signed_in")
    # Without a constraint: a request may note a session which another one ends at the same moment.
    session = models.OneToOneField(Session, models.CASCADE, db_constraint=False, related_name="+")
    agent = models.CharField(_("browser"), max_length=300, blank=True)
    address = models.GenericIPAddressField(_("network address"), null=True)
    since = models.DateTimeField(_("signed in since"))
    seen_at = models.DateTimeField(_("last seen at"))

    objects = SignedInQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return f"{self.person} · {self.browser}"

    @property
    def browser(self) -> Words:
        return browser_of(self.agent)


class Preference(models.Model):
    """What a person has chosen for the portal; whoever has no row has it as it comes."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference")
    language = models.CharField(_("language of the portal"), max_length=10, choices=settings.LANGUAGES, blank=True)
    shortcuts_off = models.JSONField(_("shortcuts that are switched off"), default=list, blank=True)
    tour_steps = models.PositiveSmallIntegerField(_("steps of the tour that are done"), default=0)

    class Meta:
        verbose_name = _("choice for the portal")
        verbose_name_plural = _("choices for the portal")

    def __str__(self) -> str:
        return str(self.person)
