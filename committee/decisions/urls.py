"""Lead to the decisions, and to what follows from them."""

from committee.decisions.register import DECISION_REGISTER, FOLLOW_UP

urlpatterns = [
    *DECISION_REGISTER.urls("decisions/"),
    *FOLLOW_UP.urls("follow-up/"),
]
