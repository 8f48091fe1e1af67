"""Keep what the libraries suggest to the office."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from fsul_portal.access.rules import holds
from fsul_portal.grammar.moves import Moving
from fsul_portal.grammar.pairs import together, who
from members.libraries.models import Library


class SuggestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        if holds(user, "members.oversee_libraries"):
            return self
        return self.filter(library__in=Library.objects.in_hands_of(user, "members.file_changes"))

    def for_lists(self):
        return self.select_related("library", "made_by")


class Suggestion(Moving, models.Model):
    """One suggestion of a library."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        REVIEWED = "reviewed", "reviewed"
        CLOSED = "closed", "closed"

    MOVES = {State.OPEN: {State.REVIEWED}, State.REVIEWED: {State.CLOSED}, State.CLOSED: set()}

    title = models.CharField("title", max_length=100)
    text = models.TextField("suggestion")
    library = models.ForeignKey(Library, models.PROTECT, related_name="+", verbose_name="library")
    state = models.CharField("state", max_length=10, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField("version", default=0)
    form_token = models.CharField(max_length=40, editable=False)
    made_at = models.DateTimeField("made at", default=timezone.now)
    made_by = who(verbose_name="made by")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        app_label = "suggestions"
        constraints = [
            models.UniqueConstraint(fields=["made_by", "form_token"], name="suggested_once"),
            together("made"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("suggestion-detail", args=[self.pk])
