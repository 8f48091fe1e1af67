"""Keep to which groups the portal posts, and what each of them reads."""

from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words
from fsul_portal.notices.kinds import KINDS


class GroupRobot(models.Model):
    """The robot of one group; its address and its key are written once and shown to nobody again."""

    class Maker(models.TextChoices):
        WECOM = "wecom", _("WeCom")
        DINGTALK = "dingtalk", _("DingTalk")
        FEISHU = "feishu", _("Feishu")

    name = models.CharField(_("group"), max_length=60, unique=True)
    maker = models.CharField(_("maker"), max_length=10, choices=Maker.choices)
    address = models.CharField(_("address"), max_length=500, editable=False)
    secret = models.CharField(_("key of the signature"), max_length=200, blank=True, editable=False)
    kinds = models.JSONField(_("kinds of notices"), default=list)
    is_enabled = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        ordering = ["name"]
        verbose_name = _("robot of a group")
        verbose_name_plural = _("robots of groups")
        permissions = [("keep_robots", "Can keep the robots of groups")]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """Return what of the address may be seen."""
        return urlsplit(self.address).hostname or ""

    @property
    def kinds_in_words(self) -> list[Words]:
        return [KINDS[kind] for kind in self.kinds if kind in KINDS]
