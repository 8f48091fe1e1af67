"""Lead the addresses of correction slips to their pages."""

from django.urls import path

from reports.corrections import views
from reports.corrections.register import CORRECTIONS

urlpatterns = [
    path("corrections/new/", views.correction_new, name="correction-new"),
    path("corrections/reopen/", views.correction_reopen, name="correction-reopen"),
    path("corrections/<int:pk>/edit/", views.correction_edit, name="correction-edit"),
    *CORRECTIONS.urls("corrections/"),
]
