"""List what can be done with every document of the committee: it rests on a decision of the register (6.1 a, 6.1 b)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from committee.decisions.grounds.forms import ground_form
from committee.documents.actions import enter_decision
from fsul_portal.acts.verbs import Verb
from fsul_portal.papers.verbs import verbs

MEANING = _("It rests on a decision of the register; number and day come from there, and each page leads to the other.")


def committee_verbs(clause: str, **words: Any) -> tuple[Verb, ...]:
    """Return the acts of a document of a clause."""
    entered = {"form": ground_form(clause), "act": enter_decision, "meaning": MEANING}
    return verbs(**words, **{"enter-decision": entered})
