"""List what can be done with an edition of a report (6.2.1 j)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.verbs import Acts, Verb
from members.people.models import User
from reports.editions import actions, rules


def _of_publishing(edition):
    values = {
        "people": User.objects.filter(is_active=True).count(),
        "missing": len({gap["library"] for gap in edition.snapshot.get("missing", ())}),
        "districts": len(edition.snapshot.get("districts", ())),
    }
    return (
        _(
            "Opens the figures of %(districts)s districts to all %(people)s people who sign in; "
            "%(missing)s libraries are missing in it."
        )
        % values
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
