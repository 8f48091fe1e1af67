"""Lead to the rosters, their files and the quarterly checks."""

from django.urls import path

from members.rosters import views
from members.rosters.quarters.register import CHECKS
from members.rosters.register import ROSTERS

urlpatterns = [
    *CHECKS.urls("rosters/checks/"),
    path("rosters/<int:pk>/numbers/", views.roster_numbers, name="roster-numbers"),
    path("rosters/<int:pk>/roster.xlsx", views.roster_xlsx, name="roster-xlsx"),
    path("rosters/<int:pk>/people.vcf", views.roster_vcard, name="roster-vcard"),
    path("rosters/<int:pk>/people/<int:line>.vcf", views.line_vcard, name="roster-line-vcard"),
    *ROSTERS.urls("rosters/"),
]
