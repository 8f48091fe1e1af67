"""Lead to the problems of the system."""

from committee.problems.register import PROBLEMS

urlpatterns = [*PROBLEMS.urls("problems/")]
