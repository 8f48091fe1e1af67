"""Lead to the institutions and rules."""

from django.urls import path

from committee.institutions.register import INSTITUTIONS
from fsul_portal.papers.views import opinions_of

urlpatterns = [
    *INSTITUTIONS.urls("institutions/"),
    path("institutions/<int:pk>/opinions.xlsx", opinions_of(INSTITUTIONS), name="institution-opinions"),
]
