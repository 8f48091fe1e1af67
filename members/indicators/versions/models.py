"""Keep what the dictionary said from a month on, each time it changed (6.2.1 j)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from fsul_portal.templatetags.figures import period as in_words

# Before the first month that anybody reports for.
BEGINNING = "1900-01"


class DictionaryVersion(models.Model):
    """The whole dictionary as it is from a month on; a version never changes, a later one takes its place (6.2.1 j).

    content: {"indicators": {code: what it says}, …}, frozen with its digest.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    since = models.CharField(_("from the month on"), max_length=7)
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    digest = models.CharField(_("digest"), max_length=64)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = who(verbose_name=_("made by"))

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of the dictionary")
        verbose_name_plural = _("versions of the dictionary")
        constraints = [together("made")]

    def __str__(self) -> str:
        words = {"number": self.number, "month": in_words(self.since)}
        if self.since == BEGINNING:
            return _("Version %(number)s, from the beginning") % words
        return _("Version %(number)s, from %(month)s") % words
