"""The card of decisions and of what follows from them (6.2.1 b)."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.bodies.rules import may_read_meetings
from committee.decisions.follow_up import responsible_of
from committee.decisions.models import Decision
from committee.decisions.register import DECISION_REGISTER
from committee.proposals.suggestions import Suggestion
from fsul_portal.assignments.models import Assignment
from fsul_portal.finding.hits import Find, Hit, hit_of
from fsul_portal.rooms import Card, Entry
from fsul_portal.templatetags.figures import day as in_words


def decision_hit(decision: Decision, words: Sequence[str]) -> Hit:
    """Show a decision with its state."""
    return hit_of(decision, line=decision.get_state_display())


def overdue_actions(day: date) -> Iterator[Suggestion]:
    """Propose the tasks of decisions that are overdue, once for each due day (6.2.1 b)."""
    kind = ContentType.objects.get_for_model(Decision)
    late = Assignment.objects.filter(content_type=kind, state=Assignment.State.OPEN, due_on__lt=day)
    for task in late.select_related("person").prefetch_related("place").with_things():
        told = {"decision": task.thing, "person": responsible_of(task), "day": in_words(task.due_on)}
        reason = _("Due on %(day)s by %(person)s, after the decision: %(decision)s") % told
        title = _("Overdue: %(task)s") % {"task": task.title}
        yield Suggestion(task, title, reason, "6.2.1 b", turn=f"{task.due_on}")


CARD = Card(
    clauses=("6.2.1 b",),
    menu=(
        Entry(
            gettext_lazy("Committee"),
            gettext_lazy("Decisions"),
            "committee:decision-list",
            "stamp",
            12,
            may_read_meetings,
        ),
        Entry(
            gettext_lazy("Committee"),
            gettext_lazy("Follow-up of decisions"),
            "committee:follow-up-list",
            "check",
            13,
            may_read_meetings,
        ),
    ),
    acts={
        "decision ended": pgettext_lazy("act", "recorded that the decision ended"),
        "decision noted": pgettext_lazy("act", "noted a decision"),
        "decision stands": pgettext_lazy("act", "let the decision stand"),
        "decision struck": pgettext_lazy("act", "struck the decision"),
        "effect told": pgettext_lazy("act", "said what came of it"),
        "put to the vote": pgettext_lazy("act", "put it to the vote"),
        "voted": pgettext_lazy("act", "voted"),
    },
    finds=(
        Find(
            Decision,
            DECISION_REGISTER.search,
            "stamp",
            shown=decision_hit,
            listed="committee:decision-list?tab=all&words=",
            sort=32,
        ),
    ),
    offers={"agenda": overdue_actions},
)
