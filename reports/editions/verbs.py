"""List what can be done with an edition of a report (6.2.1 j)."""

from django.utils.translation import gettext_lazy

from fsul_portal.acts.verbs import Acts, Verb
from members.people.models import User
from reports.documents.awaited import NOT_REPORTED, STILL_TO_COME, gaps_by_reason
from reports.editions import actions, rules


def _of_publishing(edition):
    gaps = gaps_by_reason(edition.snapshot)
    missing, to_come = ({gap["library"] for gap in gaps[reason]} for reason in (NOT_REPORTED, STILL_TO_COME))
    values = {
        "people": User.objects.filter(is_active=True).count(),
        "missing": len(missing),
        "to_come": len(to_come - missing),
        "districts": len(edition.snapshot.get("districts", ())),
    }
    return (_AWAITED if values["to_come"] else _ALL_TOLD) % values


_ALL_TOLD = gettext_lazy(
    "Opens the figures of %(districts)s districts to all %(people)s people who sign in; "
    "%(missing)s libraries are missing in it."
)
_AWAITED = gettext_lazy(
    "Opens the figures of %(districts)s districts to all %(people)s people who sign in; %(missing)s libraries are "
    "missing in it, and %(to_come)s may still report in time."
)

ACTS = Acts(
    "reports:edition",
    (
        Verb(
            key="publish",
            title=gettext_lazy("Publish"),
            meaning=gettext_lazy("Everybody who signs in can then read and download it."),
            done=gettext_lazy("The report is published."),
            icon="eye",
            tone="primary",
            rule=rules.may_publish,
            act=actions.publish,
            effect=_of_publishing,
            way_back=gettext_lazy("It cannot be undone; other figures need another edition."),
            offered=lambda edition: edition.published_at is None,
        ),
    ),
)
