"""Lead to what is proposed for an agenda."""

from committee.proposals.register import PROPOSALS

urlpatterns = [*PROPOSALS.urls("proposals/")]
