"""Keep beside a row the words by which it is found."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


def _nothing(row: Any) -> str:
    return ""


class SearchWords(Text):
    """A text made of the other fields of its row whenever it is written, as `auto_now` makes a time.

    of: what makes it; along: the rows it leads to for that. A change that names its fields (`update_fields`) names this
    one as well. To a migration it is a text like others.
    """

    def __init__(
        self, *args: Any, of: Callable[[Any], str] = _nothing, along: Sequence[str] = (), **options: Any
    ) -> None:
        self.of, self.along = of, along
        super().__init__(*args, **options | {"editable": False, "default": ""})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, __, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        words = self.of(model_instance)
        setattr(model_instance, self.attname, words)
        return words
