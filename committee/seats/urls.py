"""Lead to the terms and seats of the committee."""

from committee.seats.register import SEATS, TERMS

urlpatterns = [*SEATS.urls("seats/"), *TERMS.urls("terms/")]
