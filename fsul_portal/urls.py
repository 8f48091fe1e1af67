"""Lead each address to its room."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from fsul_portal.access.deputies import views as deputies
from fsul_portal.account import views as account
from fsul_portal.approvals.clocks import views as clocks
from fsul_portal.approvals.ways import views as ways
from fsul_portal.calendar import views as calendar
from fsul_portal.finding import views as finding
from fsul_portal.manual import views as manual
from fsul_portal.notices import views as notices
from fsul_portal.numbers import views as numbers
from fsul_portal.pages import views as pages
from fsul_portal.runs import views as runs

handler400 = "fsul_portal.pages.views.bad_request"
handler500 = "fsul_portal.pages.views.server_error"

urlpatterns = [
    path("", include("reports.dashboard.urls")),
    path("healthz", pages.healthz, name="healthz"),
    path("accounts/login/", pages.Entrance.as_view(), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/password/", account.PasswordChange.as_view(), name="password_change"),
    path("accounts/password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("language/", account.language, name="set_language"),
    path("account/", account.account, name="account"),
    path("account/shortcuts/", account.shortcuts, name="shortcuts"),
    path("account/tour/", account.tour, name="tour"),
    path("account/sessions/end-others/", account.sessions_end_others, name="account-end-others"),
    path("account/sessions/<int:pk>/end/", account.session_end, name="session-end"),
    path("help/", manual.manual, name="help"),
    path("help/<slug:name>/", manual.manual, name="help-page"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notices_read, name="notices-read"),
    path("notices/robots/", include("fsul_portal.notices.robots.urls")),
    path("notices/settings/", notices.notice_settings, name="notice-settings"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice-open"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/again/", runs.run_again, name="run-again"),
    path("working-days/", calendar.working_days, name="working-days"),
    path("working-days/set/", calendar.working_days_set, name="working-days-set"),
    path("numbers/", numbers.number_list, name="number-list"),
    path("numbers/<slug:key>/", numbers.number_pattern, name="number-pattern"),
    path("calendar/", include("fsul_portal.dues.urls")),
    path("search/", finding.search, name="search"),
    path("tasks/", include("fsul_portal.assignments.urls")),
    path("files/", include("fsul_portal.files.urls")),
    path("remarks/", include("fsul_portal.remarks.urls")),
    path("links/", include("fsul_portal.links.urls")),
    path("roles/", pages.roles, name="roles"),
    path("", include("fsul_portal.letters.urls")),
    path("roles/deputies/", deputies.deputy_list, name="deputy-list"),
    path("roles/deputies/<int:pk>/end/", deputies.deputy_end, name="deputy-end"),
    path("roles/hand-over/", deputies.hand_over, name="hand-over"),
    path("ways/", ways.way_list, name="way-list"),
    path("ways/<slug:kind>/", ways.way_edit, name="way-edit"),
    path("waits/", clocks.wait_list, name="wait-list"),
    path("members/", include("members.urls")),
    path("committee/", include("committee.urls")),
    path("workgroups/", include("workgroups.urls")),
    path("reports/", include("members.returns.urls")),
    path("reports/", include("members.chasing.urls")),
    path("reports/", include("members.months.urls")),
    path("reports/", include("members.indicators.urls")),
    path("reports/", include("reports.urls")),
    path("api/", include("reports.opendata.api.urls")),
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns.append(path("components/", include("fsul_portal.pages.gallery")))
