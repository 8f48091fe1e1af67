"""Tell the demo: a year and a half of the system's life, told through the real actions."""

import io
import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from committee.bodies.people import invited
from committee.meetings.replies.actions import reply
from fsul_portal.access.deputies.actions import name_deputy
from fsul_portal.sheets import read_sheet, write_csv
from members.indicators.dictionary import FIRST_INDICATORS, codes
from members.indicators.versions.actions import keep_first
from members.indicators.versions.models import DictionaryVersion
from members.libraries.intake.imports import LibraryPlan
from members.libraries.models import Division, Library, Spell
from members.months import actions as months
from members.periods.models import Period, month_before, period_days
from members.returns import actions as returns
from members.returns.due.completeness import completeness
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from reports.demo import bodies, meetings
from reports.demo import libraries as invented
from reports.demo.cast import seat_people
from reports.demo.clock import at
from reports.demo.figures import Household
from reports.demo.staff import confirm_rosters, open_channels, raise_problems, seat_staff
from reports.demo.steering import set_institutions, set_plans, set_projects
from reports.planning.actions import write_plan
from workgroups.coordination.filings import actions as filings

FIGURES = [one.code for one in FIRST_INDICATORS]
# In the month that is collected now these districts are done; 南海 is still at it, so everybody has something to do.
DONE = ("440600", "440604", "440606", "440607", "440608")
# What those of the committee reply to the meeting that is called, in the order of their accounts.
REPLIES: tuple[dict[str, Any], ...] = (
    {"answer": "attends"},
    {"answer": "attends"},
    {"answer": "deputy", "deputy_name": "欧阳代会（演示）", "deputy_position": "业务部主任"},
    {"answer": "excused", "reason": "当日赴省外参加业务培训"},
)


class Story:
    """Hold the dice, the clock and the people; each method is one act."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.today = timezone.localdate()
        self.due_month = month_before(f"{self.today:%Y-%m}")
        self.households = {}

    def open_libraries(self, count):
        rows = invented.rows(count, self.dice, self.today)
        table = write_csv(list(rows[0]), [list(row.values()) for row in rows])
        sheet = read_sheet(io.BytesIO(table), name="libraries.csv")
        plan = LibraryPlan(sheet.headers, [(row.number, row.cells.line) for row in sheet.rows])
        if plan.problems:
            raise ValueError(plan.problems[:3])
        plan.write(by=None, note="演示数据")

    def seat_people(self):
        # The term began before the first meeting of the story.
        since = self.today.replace(year=self.today.year - 2, month=3, day=1)
        self.people = seat_people(settings.DEMO_PASSWORD, since=since)
        seat_staff(settings.DEMO_PASSWORD, self.people)
        confirm_rosters(self.people)
        open_channels(self.people)
        raise_problems(self.people)

    def report_year(self, year):
        """Hand in the figures of a year before the portal began, as one row a library."""
        months = [f"{year}-{number:02}" for number in range(1, 13)]
        first_day, last_day = period_days(str(year))
        rows = []
        for library, spell in self._serving(first_day, last_day):
            if spell.since <= first_day:
                monthly = [self._household(library, spell.level).month(month) for month in months]
                rows.append([library.code, str(year), *self._year_figures(monthly)])
        self._take_in(rows, f"{year}.csv")

    def report_month(self, month, districts=None):
        """Hand in a month through the import of the office; `districts` narrows it to some."""
        first_day, last_day = period_days(month)
        rows = []
        for library, spell in self._serving(first_day, last_day):
            figures = self._household(library, spell.level).month(month)
            figures["N05"] = min(figures["N05"], (last_day - max(first_day, spell.since)).days + 1)
            if districts is None or spell.district.code in districts:
                rows.append([library.code, month, *(figures[code] for code in FIGURES)])
        self._take_in(rows, f"{month}.csv")

    def lock_month(self, month):
        period = Period.objects.get(code=month)
        months.lock(period, by=self.people["office"], acknowledged=completeness(period).missing)

    def done_districts(self):
        return DONE

    def work_on_month(self, month):
        """Let 南海 be in the middle of it: its own library accepted, a branch waiting, one returned, others missing."""
        nanhai, reviewer = self.people["nanhai"], self.people["nanhai-reviewer"]
        period = returns.hold(month)
        for code in ("NH001", "NH002", "NH003"):
            library = Library.objects.get(code=code)
            figures = self.figures_of(library, month)
            handed_in = returns.hand_in(library, period, figures, self._explain(library, period, figures), by=nanhai)
            if code == "NH001":
                returns.accept(handed_in, by=reviewer, note="数据与门禁记录一致")
            if code == "NH003":
                returns.give_back(handed_in, by=reviewer, note="请核对活动场次")

    def figures_of(self, library, month):
        household = self._household(library, library.facts.level)
        return household.last if household.last_month == month else household.month(month)

    def hold_meetings(self):
        """Hold two meetings last year and one this year; a second one is called."""
        last, this = self.today.year - 1, self.today.year
        held = ((last, 3, 20, meetings.SPRING), (last, 11, 14, meetings.AUTUMN), (this, 3, 18, meetings.SPRING))
        for year, month, day, topics in held:
            begins = timezone.make_aware(datetime(year, month, day, 9, 30))
            # In the first weeks of a year its first meeting lies ahead.
            if begins + timedelta(days=2) < timezone.now():
                meetings.hold(self.people, begins, topics)
        coming = timezone.make_aware(datetime.combine(self.today + timedelta(days=19), time(9, 30)))
        if coming.year == this:
            self._reply(meetings.call(self.people, coming))
        bodies.meet(self.people)

    def steer(self):
        """Lay down what the committee steers; what is older than the register of decisions has a typed number."""
        set_institutions(self.people)
        set_plans(self.people)
        set_projects(self.people)

    def plan_report(self):
        """Let the office propose the annual report of this year; the chair has not set it yet."""
        keep_first()
        year, office = self.today.year, self.people["office"]
        parts = (
            ("成员馆概况", office, date(year + 1, 1, 20)),
            ("服务效能", self.people["coordination-lead"], date(year + 1, 2, 10)),
            ("文献资源", self.people["resources-lead"], date(year + 1, 2, 10)),
        )
        outline = "一、成员馆概况\n二、保障条件与文献资源\n三、服务效能\n四、大事记"
        newest = DictionaryVersion.objects.defer("content")[0]
        write_plan(year, outline=outline, dictionary=newest, parts=parts, by=office)

    def _reply(self, meeting):
        """Let some of the committee say whether they come; the last of them has not replied yet."""
        for person, told in zip(invited(meeting.body), REPLIES, strict=False):
            reply(meeting, by=person, **told)

    def file_changes(self):
        """Leave a filing at every desk: carried out, approved for later, signed, waiting, returned, overdue twice."""
        acts = (
            *(self._carried_out, self._approved, self._signed, self._waiting, self._returned),
            *(self._unsigned_for_weeks, self._undecided_for_weeks),
        )
        soon = self.today + timedelta(days=21)
        for library, act in zip(self._points("440605", len(acts)), acts, strict=False):
            act(library, soon)

    def name_deputy(self):
        """Let the lead of the coordination group be away for a fortnight, with the lead of another group as deputy."""
        lead, days = self.people["coordination-lead"], (self.today + timedelta(days=2), self.today + timedelta(days=16))
        name_deputy(lead, self.people["technical-lead"], first_day=days[0], last_day=days[1], by=lead)

    def _carried_out(self, library, soon):
        self._sign_and_decide(self._move(library, self.today - timedelta(days=10), "新址租约已签，旧址腾退"))

    def _approved(self, library, soon):
        self._sign_and_decide(self._move(library, soon, "村居改造，迁至新建服务中心"))

    def _signed(self, library, soon):
        filing = self._suspend(library, soon, "空调与电路改造")
        filings.agree(filing, by=self.people["nanhai-reviewer"], note="情况属实，同意")

    def _waiting(self, library, soon):
        self._move(library, soon, "原址面积不足，迁往社区公园")

    def _returned(self, library, soon):
        filing = self._suspend(library, soon, "设备检修")
        filings.give_back(filing, by=self.people["nanhai-reviewer"], note="请补充读者公告的日期")

    def _unsigned_for_weeks(self, library, soon):
        with at(self._days_ago(24)):
            self._move(library, soon, "租约到期，迁往同村新馆舍")

    def _undecided_for_weeks(self, library, soon):
        with at(self._days_ago(33)):
            filing = self._suspend(library, soon, "消防整改")
        with at(self._days_ago(31)):
            filings.agree(filing, by=self.people["nanhai-reviewer"], note="情况属实")

    # How the acts are done ---------------------------------------------------------------------------------------

    def _days_ago(self, days):
        return timezone.make_aware(datetime.combine(self.today - timedelta(days=days), time(10)))

    def _serving(self, first_day, last_day):
        spells = Spell.objects.overlapping(first_day, last_day).exclude(status__in=Spell.NOT_SERVING)
        return [(spell.library, spell) for spell in spells.select_related("library", "district").in_office_order()]

    def _household(self, library, level):
        if library.pk not in self.households:
            self.households[library.pk] = Household(level, random.Random(f"{library.code}:{self.dice.random()}"))
        return self.households[library.pk]

    def _year_figures(self, monthly):
        stocks = codes("is_stock")
        return [monthly[-1][code] if code in stocks else sum(month[code] for month in monthly) for code in FIGURES]

    def _take_in(self, rows, name):
        table = write_csv(["library_code", "period", *FIGURES], rows)
        plan = import_returns(io.BytesIO(table), name=name)
        if plan.problems:
            raise ValueError(plan.problems[:3])

    def _explain(self, library, period, figures):
        """Answer each question of the checks, as an editor has to."""
        return {
            finding.code: "已核对，属实"
            for finding in returns.findings_of(Return(library=library, period=period, figures=figures))
        }

    def _points(self, district, count):
        spells = Spell.objects.as_of().filter(
            district__code=district, level=Spell.Level.POINT, status=Spell.Status.OPEN
        )
        return [spell.library for spell in spells.select_related("library").order_by("library__code")[:count]]

    def _move(self, library, day, reason):
        facts = library.facts
        town = Division.objects.filter(parent=facts.district).exclude(pk=facts.town_id).first()
        requested = {
            "town": town.code,
            "address": f"{town.name}演示新路{self.dice.randint(1, 99)}号",
            "longitude": str(facts.longitude),
            "latitude": str(facts.latitude),
            "crs": facts.crs,
        }
        return self._file("move", library, day, reason, requested)

    def _suspend(self, library, day, reason):
        asked = {"status": "suspended"}
        return self._file("suspension", library, day, reason, asked, resumes_on=day + timedelta(days=30))

    def _file(self, kind, library, day, reason, requested, **more):
        asked = {"effective_on": day, "reason": reason, "requested": requested, **more}
        filing = filings.begin(kind, library, by=self.people["nanhai"], asked=asked)
        return filings.submit(filing, by=self.people["nanhai"], checked=True)

    def _sign_and_decide(self, filing):
        filing = filings.agree(filing, by=self.people["nanhai-reviewer"], note="同意")
        return filings.agree(filing, by=self.people["coordination-lead"], note="同意，准予备案")
