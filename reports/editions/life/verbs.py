"""List what can be done with an edition of a report (6.1 d, 6.2.1 j)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import people_holding
from fsul_portal.acts.forms import VersionForm
from fsul_portal.acts.verbs import Acts, Verb
from fsul_portal.approvals import verbs as matters
from fsul_portal.approvals.rules import may_enter_decision, may_give_opinion, may_recall, may_turn_down
from fsul_portal.grammar.words import Words
from members.people.models import User
from reports.documents.awaited import NOT_REPORTED, STILL_TO_COME, gaps_by_reason
from reports.editions.life import actions
from reports.editions.life.forms import ApproveForm, ConsultForm, DecideForm
from reports.editions.life.rules import READERS, may_consult, may_publish, may_submit
from reports.editions.models import Edition

State = Edition.State


def _of_publishing(edition: Any) -> Words:
    gaps = gaps_by_reason(edition.snapshot)
    missing, to_come = ({gap["library"] for gap in gaps[reason]} for reason in (NOT_REPORTED, STILL_TO_COME))
    values = {
        "people": User.objects.filter(is_active=True).count(),
        "missing": len(missing),
        "to_come": len(to_come - missing),
        "districts": len(edition.snapshot.get("districts", ())),
    }
    return (_AWAITED if values["to_come"] else _ALL_TOLD) % values


_ALL_TOLD = _(
    "Opens the figures of %(districts)s districts to all %(people)s people who sign in; "
    "%(missing)s libraries are missing in it."
)
_AWAITED = _(
    "Opens the figures of %(districts)s districts to all %(people)s people who sign in; %(missing)s libraries are "
    "missing in it, and %(to_come)s may still report in time."
)


def _of_consulting(edition: Any) -> Words:
    people = people_holding(READERS, None).count()
    return _("%(people)s people are told and can make remarks on the draft.") % {"people": people}


def _of_submitting(edition: Any) -> Words:
    seats = ", ".join(str(stage.seat) for stage in edition.stages_ahead())
    return _("It goes to: %(seats)s. Its texts cannot be changed meanwhile.") % {"seats": seats}


CLOSED = _("What was approved does not change; other figures or words need another edition.")

ACTS = Acts(
    "reports:edition",
    (
        Verb(
            key="consult",
            title=_("Open to remarks"),
            named=lambda user, edition: _("Change the day") if edition.consult_until else _("Open to remarks"),
            meaning=_("The committee and the leads of the groups can make remarks on it; each is answered."),
            done=_("The draft is open to remarks."),
            icon="people",
            rule=may_consult,
            act=actions.consult,
            effect=_of_consulting,
            form=ConsultForm,
            way_back=_("The day can be changed as long as the draft is not under review."),
            offered=lambda edition: edition.is_annual and edition.state in Edition.IN_HAND,
        ),
        matters.submit(
            title=_("Put to review"),
            meaning=_("Those who review and sign it are asked."),
            done=_("The report is under review."),
            rule=may_submit,
            act=actions.submit,
            form=VersionForm,
            effect=_of_submitting,
            way_back=_("It can be recalled as long as nobody has answered."),
            offered=lambda edition: edition.state in Edition.IN_HAND,
        ),
        matters.agree(
            rule=may_give_opinion,
            act=actions.agree,
            form=ApproveForm,
            effect=lambda edition: _("With the last consent the documents are written as they will be published."),
            way_back=CLOSED,
        ),
        matters.enter_decision(
            rule=may_enter_decision,
            act=actions.enter_decision,
            form=DecideForm,
            effect=lambda edition: _("The number and the day of the decision stand in the report."),
            way_back=CLOSED,
        ),
        matters.give_back(
            rule=may_turn_down,
            act=actions.give_back,
            effect=lambda edition: _("The office corrects its texts, or has another edition built."),
        ),
        matters.recall(
            rule=may_recall,
            act=actions.recall,
            effect=lambda edition: _("Nobody is asked for an opinion on it any more."),
        ),
        Verb(
            key="publish",
            title=_("Publish"),
            meaning=_("Everybody who signs in can then read and download it."),
            done=_("The report is published."),
            icon="eye",
            tone="primary",
            rule=may_publish,
            act=actions.publish,
            form=VersionForm,
            effect=_of_publishing,
            way_back=_("It cannot be undone; other figures need another edition."),
            offered=lambda edition: edition.published_at is None,
            is_silent=True,
        ),
    ),
)
