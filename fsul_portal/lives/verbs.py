"""Let a duty take the acts of its grammar in words of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.verbs import Verb

CANNOT_BE_UNDONE = _("It cannot be undone.")


def in_words(verbs: Iterable[Verb], words: Mapping[str, Mapping[str, Any]]) -> tuple[Verb, ...]:
    """Return the verbs with what the duty says otherwise, by their keys: `{"renew": {"title": _("Recertify")}}`."""
    verbs = tuple(verbs)
    unknown = set(words) - {verb.key for verb in verbs}
    if unknown:
        raise KeyError(*unknown)
    return tuple(replace(verb, **words.get(verb.key, {})) for verb in verbs)
