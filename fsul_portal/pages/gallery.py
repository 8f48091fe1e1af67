"""Show every component with sample values, at /components/ in DEBUG."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from fsul_portal.grammar.words import Words
from fsul_portal.pages.charts import Point
from fsul_portal.verdicts import Allowed, Denied

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Eleven months and a gap, the last one not complete.
POINTS = [
    Point(f"{number}月", None if number == 4 else 900_000 + 37_000 * (number % 5), whole=number < 12)
    for number in range(1, 13)
]
DISTRICTS = [("禅城区", 52, 52), ("南海区", 118, 120), ("顺德区", 96, 104), ("高明区", 31, 34), ("三水区", None, 38)]


class SampleForm(forms.Form):
    """Hold one field of each kind."""

    name = forms.CharField(label=_("Name of the library"), help_text=_("As it stands on the sign."), max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "—"), ("lending", _("Lending")), ("room", _("Reading room"))]
    )
    moves_on = forms.DateField(
        label=_("Effective day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=0)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    services = forms.MultipleChoiceField(
        label=_("Services"),
        choices=[("lending", _("Lending")), ("room", _("Reading room"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    lease = forms.FileField(label=_("Lease or proof of premises"), help_text=_("PDF, up to 20 MB."), required=False)
    announced = forms.BooleanField(label=_("Readers have been told"))


class SampleFilters(forms.Form):
    """Hold what a list is filtered by."""

    name = forms.CharField(label=_("Name or code"), required=False)
    district = forms.ChoiceField(
        label=_("District"),
        choices=[("", _("All"))] + [(name, name) for name, _arrived, _due in DISTRICTS],
        required=False,
    )
    on = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


def sample_navigation() -> list[dict[str, Any]]:
    floors: list[tuple[Words, list[tuple[Words, str, int | None]]]] = [
        (_("Overview"), [(_("Dashboard"), "home", None), (_("Notices"), "bell", 3)]),
        (_("Members"), [(_("Member libraries"), "library", None), (_("Roles"), "people", None)]),
        (_("Committee"), [(_("Meetings"), "calendar", None)]),
        (_("Working groups"), [(_("Groups"), "group", None), (_("Filings"), "filing", 12)]),
        (_("Reports"), [(_("Returns"), "table", None), (_("Reports"), "report", None)]),
    ]
    return [{"title": title, "items": [sample_item(*item) for item in items]} for title, items in floors]


def sample_item(title: Words, icon: str, count: int | None) -> dict[str, Any]:
    return {"title": title, "url": "#content", "icon": icon, "count": count, "current": icon == "filing"}


def sample_rows() -> list[dict[str, Any]]:
    cells = [(128_450, "reported", 121_340), (0, "reported", 310), (None, "missing", 9_870), (None, "na", None)]
    cells += [(None, "closed", 4_402), (36_120, "partial", 41_008)]
    names = [
        "桂城街道图书馆",
        "智慧家读书驿站",
        "里水镇图书馆",
        "旅图·晓读夜宿（西樵山）",
        "大沥镇图书馆",
        "九江镇图书馆",
    ]
    return [
        {"code": f"NH{n:03}", "name": name, "value": value, "status": status, "base": base, "day": date(2015 + n, n, 5)}
        for n, (name, (value, status, base)) in enumerate(zip(names, cells, strict=True), start=1)
    ]


def sample_timeline() -> list[dict[str, Any]]:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
    moved = [("地址", "南海大道北 12 号", "桂澜北路 8 号"), ("座席", 48, 120), ("对外电话", None, "0757-8888 0000")]
    return [
        {
            "who": "李晓彤",
            "role": "统筹管理小组组长",
            "did": "退回补正",
            "at": at + timedelta(days=3, hours=2),
            "tone": "warning",
        }
        | {"icon": "history", "note": "请补充新址的消防合格材料。"},
        {
            "who": "陈志强",
            "role": "南海区审核人",
            "did": "签署初审意见",
            "at": at + timedelta(days=1),
            "tone": "success",
            "icon": "check",
        },
        {
            "who": "王丽华",
            "role": "南海区填报员",
            "did": "提交了搬迁备案",
            "at": at,
            "tone": "info",
            "icon": "send",
            "changes": moved,
        },
    ]


def sample_stages() -> list[dict[str, Any]]:
    return [
        {"title": "提交", "state": "done", "who": "王丽华", "at": date(2026, 3, 2)},
        {"title": "初审", "state": "done", "who": "陈志强", "at": date(2026, 3, 3)},
        {"title": "统筹小组复核", "state": "current", "note": "还有 2 个工作日"},
        {"title": "审定", "state": "waiting"},
        {"title": "生效", "state": "waiting"},
    ]


def sample_refusal() -> list[dict[str, Any]]:
    return [
        {"title": "提交", "state": "done", "who": "王丽华", "at": date(2026, 3, 2)},
        {
            "title": "初审",
            "state": "returned",
            "who": "陈志强",
            "at": date(2026, 3, 3),
            "note": "新址租约尚未签订。",
        },
        {"title": "统筹小组复核", "state": "waiting"},
    ]


LINKS = [
    {"label": "待复核的备案", "url": "#", "count": 3},
    {"label": "缺报的成员馆", "url": "#", "count": 12},
    {"label": "2025 年度报告", "url": "#"},
]


def sample_values(request: HttpRequest) -> dict[str, Any]:
    wrong = SampleForm({"name": "", "kind": "room", "moves_on": "", "seats": "-1", "reason": "馆舍租约到期"})
    return {
        "navigation": sample_navigation(),
        "unread_notices": 3,
        "user": SimpleNamespace(
            is_authenticated=True, get_full_name="王丽华", get_username="nanhai", library="南海区图书馆"
        ),
        "rows": sample_rows(),
        "months": [f"2026-{month:02}" for month in range(1, 13)],
        "page": Paginator(range(349), 25).get_page(request.GET.get("page", 4)),
        "filters": SampleFilters(request.GET or None),
        "form": SampleForm(prefix="new"),
        "wrong": wrong,
        "timeline": sample_timeline(),
        "stages": sample_stages(),
        "refusal": sample_refusal(),
        "points": POINTS,
        "bars": [{"label": name, "value": value, "total": total} for name, value, total in DISTRICTS],
        "facts": [
            ("馆代码", "NH001"),
            ("简称", "桂城馆"),
            ("上级馆", "南海区图书馆"),
            ("坐标", None),
            ("地址", "桂澜北路 8 号"),
        ],
        "tabs": [
            {"title": "待我处理", "url": "?tab=mine", "current": True, "count": 4},
            {"title": "全部", "url": "?tab=all", "current": False, "count": 128},
            {"title": "已办结", "url": "?tab=done", "current": False},
        ],
        "files": [
            {
                "name": "2025 年度报告（第 1 版）",
                "url": "#files",
                "kind": "PDF",
                "size": 2_412_000,
                "note": "2026年1月12日生成",
            },
            {"name": "2025 年度报告：分馆明细", "url": "#files", "kind": "XLSX", "size": 388_000},
        ],
        "links": LINKS,
        "allowed": Allowed(),
        "denied": Denied(gettext("Nobody accepts a filing of their own.")),
        "log": "读取 349 个成员馆\n汇总 12 个月\n绘制图表 1/2",
        "tones": ["neutral", "info", "success", "warning", "danger"],
        "day": date(2026, 3, 5),
        "at": datetime(2026, 3, 5, 14, 5, tzinfo=SHANGHAI),
    }


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; ?message=1 adds messages on top."""
    if request.GET.get("message"):
        messages.success(request, _("The filing has been handed in."))
        messages.error(request, _("The file could not be read."))
    return render(request, "gallery/gallery.html", sample_values(request))


@login_not_required
@require_safe
def gallery_run(request: HttpRequest) -> HttpResponse:
    """Answer the poll of the sample run: it is done."""
    values = {"title": _("Annual report"), "state": "done", "message": _("Done"), "result_url": "#run"}
    return render(request, "components/_run.html", values)


urlpatterns = [
    path("", gallery, name="gallery"),
    path("run/", gallery_run, name="gallery-run"),
]
