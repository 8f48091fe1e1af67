"""The filing grammar: a matter is submitted, passes its stages, and is accepted, returned or refused."""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.moves import Moving
from fsul_portal.pairs import together, who
from fsul_portal.records.models import Record

# The record's word for a change of what is asked for; whoever has left one is a writer of the matter.
EDITED = "edited"


class Opinion(models.Model):
    """What one person said at one stage of one matter."""

    class Verdict(models.TextChoices):
        AGREED = "agreed", _("agreed")
        RETURNED = "returned", _("returned for correction")
        REFUSED = "refused", _("refused")

    content_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name=_("kind of thing"))
    object_id = models.BigIntegerField()
    matter = GenericForeignKey()
    round = models.PositiveSmallIntegerField(_("round"))
    stage = models.CharField(_("stage"), max_length=40)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    note = models.TextField(_("opinion"), blank=True)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    given_by = who(verbose_name=_("given by"))

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "round", "stage"], name="opinion_once"),
            together("given"),
        ]
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")

    def __str__(self):
        return f"{self.stage}: {self.get_verdict_display()}"


class Matter(Moving, models.Model):
    """Anything that needs the agreement of others; a duty inherits it and names its stages and places."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("under review")
        RETURNED = "returned", _("returned for correction")
        ACCEPTED = "accepted", _("approved")
        IN_FORCE = "in_force", _("in force")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    MOVES = {
        State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.ACCEPTED, State.RETURNED, State.REFUSED, State.WITHDRAWN},
        State.RETURNED: {State.SUBMITTED, State.WITHDRAWN},
        State.ACCEPTED: {State.IN_FORCE},
        State.IN_FORCE: set(),
        State.REFUSED: set(),
        State.WITHDRAWN: set(),
    }

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    step = models.PositiveSmallIntegerField(_("step"), default=0)
    version = models.PositiveIntegerField(_("version"), default=0)
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    started_by = who(verbose_name=_("started by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = who(verbose_name=_("submitted by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = who(verbose_name=_("decided by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = who(verbose_name=_("withdrawn by"))

    opinions = GenericRelation(Opinion)

    class Meta:
        abstract = True
        constraints = [together("started"), together("submitted"), together("decided"), together("withdrawn")]

    def stages(self):
        """Return the stages this matter has to pass, as a sequence of Stage."""
        raise TypeError(f"{type(self).__name__} names no stages.")

    def places(self, place):
        """Return the things on which the permission of a stage with this `place` may be held."""
        raise TypeError(f"{type(self).__name__} names no places.")

    def writers(self):
        """Return the keys of all who wrote it; none of them reviews it."""
        edited = Record.objects.of(self).filter(verb=EDITED).order_by().values_list("by_id", flat=True)
        return {self.started_by_id, self.submitted_by_id, *edited} - {None}

    def open_stages(self):
        """Return the stages of the current step which have no opinion in this round."""
        if self.state != self.State.SUBMITTED:
            return []
        given = {opinion.stage for opinion in self.opinions.all() if opinion.round == self.round}
        return [stage for stage in self.stages() if stage.step == self.step and stage.key not in given]
