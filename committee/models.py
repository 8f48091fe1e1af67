"""Gather the models of the committee."""

from committee.agendas.models import Item
from committee.bodies.models import Body, PlannedMeeting
from committee.confirmations.models import Addendum, Confirmation
from committee.decisions.models import Ballot, Decision
from committee.institutions.models import Institution, InstitutionEdition, InstitutionOpinion
from committee.meetings.feeds.models import BodyFeed
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.replies.models import Reply
from committee.meetings.thresholds.models import Threshold
from committee.plans.models import Plan, PlanEdition, PlanIndicator, PlanOpinion, PlanValue
from committee.problems.models import Problem
from committee.projects.bulletins.models import ProjectBulletin
from committee.projects.models import Milestone, Project, ProjectUpdate, Risk
from committee.proposals.models import Proposal
from committee.seats.models import Seat, Term

__all__ = [
    "Addendum",
    "Ballot",
    "Body",
    "BodyFeed",
    "Confirmation",
    "Decision",
    "Institution",
    "InstitutionEdition",
    "InstitutionOpinion",
    "Item",
    "Meeting",
    "Milestone",
    "Plan",
    "PlanEdition",
    "PlanIndicator",
    "PlanOpinion",
    "PlanValue",
    "PlannedMeeting",
    "Problem",
    "Project",
    "ProjectBulletin",
    "ProjectUpdate",
    "Proposal",
    "Reply",
    "Risk",
    "RollEntry",
    "Seat",
    "Term",
    "Threshold",
]
