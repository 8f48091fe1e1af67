"""Keep the working groups of the committee (5.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import in_own_language


class Group(models.Model):
    """A working group under the committee; more may be founded (5.2)."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    clause = models.CharField(_("clause"), max_length=10, blank=True)
    sort = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort", "key"]
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        permissions = [
            ("decide_filings", "Can decide the filings put to this group"),
            ("issue_papers", "Can issue the papers of the filings of this group"),
            ("approve_corrections", "Can approve corrections of locked figures"),
            ("approve_reports", "Can review annual reports and approve monthly ones"),
        ]

    def __str__(self):
        return in_own_language(self.name, self.name_en)
