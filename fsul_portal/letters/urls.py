"""Lead to the pages of papers."""

from django.urls import path

from fsul_portal.letters import views

urlpatterns = [
    path("documents/draft/<slug:paper>/<int:pk>/", views.document_draft, name="document-draft"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/pdf/", views.document_pdf, name="document-pdf"),
    path("documents/<int:pk>/docx/", views.document_docx, name="document-docx"),
    path("documents/<int:pk>/issue/", views.document_issue, name="document-issue"),
    path("documents/<int:pk>/stamp/", views.document_stamp, name="document-stamp"),
    path("documents/<int:pk>/withdraw/", views.document_withdraw, name="document-withdraw"),
    path("check/", views.check, name="check"),
    path("check/<str:code>/", views.check_code, name="check-code"),
]
