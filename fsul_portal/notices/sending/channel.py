"""Say what a way out of the portal is: one module of `channels` declares one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import environ
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words
from fsul_portal.users import User

if TYPE_CHECKING:
    from fsul_portal.notices.sending.letter import Letter


class Way(TextChoices):
    """When a channel brings what a person is told."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("not")


def nothing_wrong(value: Any) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class Setting:
    """A setting that a channel needs; check: sentences on what is wrong with its value, without the value itself."""

    name: str
    kind: Literal["str", "int", "list", "dict"] = "str"
    default: Any = ""
    check: Callable[[Any], Iterable[str]] = nothing_wrong

    @property
    def value(self) -> Any:
        """Return what the settings say, else the environment."""
        if hasattr(settings, self.name):
            return getattr(settings, self.name)
        try:
            return getattr(environ.Env(), self.kind)(self.name, default=self.default)
        except ValueError as problem:
            # Without what was written there: it may hold a key.
            raise ImproperlyConfigured(f"{self.name} cannot be read as {self.kind}.") from problem


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way out.

    reaches: whether it leads to a person. send: hand over a letter, or raise; `NotSent` says why in a sentence.
    bundles: whether several notices may go in one letter. most_bytes: of the text of a letter, in UTF-8. way: for
    whoever has not chosen; whatever others may read along is `NEVER` until then.
    """

    title: Words
    reaches: Callable[[User], bool]
    send: Callable[["Letter"], None]
    way: Way
    bundles: bool = True
    most_bytes: int | None = None
    settings: tuple[Setting, ...] = ()

    @property
    def ways(self) -> list[tuple[str, Words]]:
        """Return what a person may choose; what cannot bundle cannot wait for a letter of the day."""
        return [(way.value, way.label) for way in Way if self.bundles or way != Way.DAILY]
