"""Tell what the committee of the demo steers: institutions, plans and key projects (6.1 a, 6.1 b, 6.1 c, 6.2.1 f).

Everything here is invented.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from committee.decisions.actions import ask_in_writing, vote, voters
from committee.decisions.models import Decision
from committee.documents.actions import enter_decision
from committee.institutions.actions import propose_institution
from committee.plans import actions as plans
from committee.plans.actions import propose_plan
from committee.projects import actions as projects
from committee.projects.bulletins.actions import give_bulletin
from committee.projects.bulletins.models import quarter_before
from fsul_portal.papers import actions as papers
from members.libraries.models import Library
from members.periods.models import month_before, period_days
from reports.demo.clock import at

CHARTER = (
    "一、总则。为规范佛山市联合图书馆体系的组织与运行，制定本章程。\n"
    "二、组织。体系设专业委员会，下设统筹管理、技术服务、资源建设三个工作小组。\n"
    "三、成员。中心馆、区总馆、分馆和基层服务点为体系成员，权利义务由本章程和各项制度规定。\n"
    "四、经费。各成员馆业务经费由本级承担，体系公共项目经费由中心馆统筹。"
)
RULE_OF_MEETINGS = (
    "一、会议种类。联席会议分为例会和专题会。例会每年不少于两次，一般在三月和十一月召开。\n"
    "二、会前。统筹办公室于会前十个工作日发出通知，汇总议题和材料。\n"
    "三、会中。到会委员超过半数方可议决；因故不能到会的，应书面委托本单位人员参加。\n"
    "四、会后。纪要于会后五个工作日内印发，议定事项列入督办。"
)
SERVICE = "一、通借通还。任一成员馆借出的图书可在任一成员馆归还。\n二、时限。归还图书三个工作日内回到所属馆。"
ASSESSMENT = (
    "一、范围。对区总馆、分馆和基层服务点每年考评一次。\n"
    "二、方法。按服务效能、资源建设、管理协作三类指标评分。\n"
    "三、结果。考评结果公示五个工作日后公布。"
)
PLAN = (
    "一、总体目标。五年内建成覆盖全市镇街、服务均等的联合图书馆体系。\n"
    "二、服务效能。到馆人次和外借册次稳步增长，通借通还时限达标。\n"
    "三、保障措施。各级馆落实经费和人员，专委会按年度监测，期中开展评估。"
)
# Goal, code of a reported indicator, name, unit, source, base, target.
INDICATORS = (
    ("服务效能", "V01", "", "", "", 6_000_000, 9_000_000),
    ("服务效能", "L01", "", "", "", 2_500_000, 3_600_000),
    ("均等覆盖", "", "镇街服务覆盖率", "%", "统筹办公室统计", 92, 100),
    ("通借通还", "", "图书回馆时限达标率", "%", "物流配送记录", 85, 98),
)
# Title, leading unit, who is responsible, budget, days from today, progress, milestones (title, days, reached).
PROJECTS = (
    (
        "统一自动化平台升级",
        "FS001",
        "technical-lead",
        86,
        (-200, 160),
        58,
        (("完成需求确认", -150, True), ("完成数据迁移", -40, True), ("全市上线", 120, False)),
    ),
    (
        "图书物流中转站建设",
        "NH001",
        "coordination-lead",
        120,
        (-220, 140),
        48,
        (("选址与租约", -160, True), ("完成改造", -9, False), ("投入运行", 90, False)),
    ),
    (
        "地方文献数字化",
        "SD001",
        "resources-lead",
        64,
        (-260, 100),
        35,
        (("完成目录整理", -190, True), ("完成首批扫描", -60, False), ("上线发布", 60, False)),
    ),
    ("读者证一卡通", "FS001", "technical-lead", 30, (-360, -20), 100, (("各区开通", -60, True),)),
)
# So many days ago the committee decided on these.
DECIDED_BEFORE = 350
# Who says what of the rule of assessment, and what became of it; the last one waits for its answer.
OPINIONS = (
    ("committee", "二", "建议按馆舍面积分档评分", "partly", "按层级分档，面积列为参考指标"),
    ("nanhai-reviewer", "三", "公示期建议由三天改为五个工作日", "accepted", ""),
    ("resources-lead", "二", "资源建设指标应区分纸质与数字资源", "", ""),
)


def set_institutions(people):
    """Leave two in force, one that was replaced, one put to decision, one under consultation and one to be drafted."""
    today = timezone.localdate()
    proposed = {"by": people["committee"], "in_charge": "统筹办公室"}
    _in_force(people, 700, "佛山市联合图书馆章程", "charter", CHARTER, **proposed)
    old = _in_force(people, 690, "联席会议例会制度（试行）", "meetings", RULE_OF_MEETINGS, **proposed)
    # The first of them that the register of decisions knows.
    rule = ("修订联席会议例会制度", "同意修订后的联席会议例会制度，原试行制度同时废止。", "6.1 a")
    decision = decide_in_writing(people, today - timedelta(days=300), *rule)
    facts: dict[str, Any] = {"replaces": old, "decision": decision} | proposed
    _in_force(people, 300, "联席会议例会制度", "meetings", RULE_OF_MEETINGS, **facts)
    service = _consulted(people, 30, "图书通借通还服务规范", "service", SERVICE, **proposed)
    papers.submit(service, by=people["office"])
    rule = _consulted(people, 12, "成员馆考评办法", "assessment", ASSESSMENT, days=25, **proposed)
    for name, clause, text, outcome, reason in OPINIONS:
        opinion = papers.speak(rule, by=people[name], clause=clause, text=text, edition=rule.edition.number)
        if outcome:
            papers.answer_one(rule, by=people["office"], opinion=opinion.pk, outcome=outcome, reason=reason)
    with at(_moment(today - timedelta(days=3))):
        propose_institution(title="数字资源联合采购管理办法", kind="resources", basis="专委会年度工作要点", **proposed)


def set_plans(people):
    """Leave a plan in force in its second year, with values of the first, and one that is being drafted (6.1 b)."""
    year = timezone.localdate().year
    facts: dict[str, Any] = {"by": people["committee"], "kind": "long", "first_year": year - 1, "last_year": year + 3}
    begun = timezone.localdate().replace(year=year - 1, month=1, day=20)
    with at(_moment(begun - timedelta(days=60))):
        plan = propose_plan(title="佛山市联合图书馆体系发展规划", **facts)
        plan = papers.write(plan, by=people["office"], text=PLAN)
        for goal, code, title, unit, source, base, target in INDICATORS:
            named: dict[str, Any] = {"goal": goal, "code": code, "title": title, "unit": unit, "source": source}
            years: dict[str, Any] = {"base_year": year - 2, "base": base, "target": target}
            plan = plans.add_indicator(plan, by=people["office"], **named, **years)
        plan = papers.consult(plan, by=people["office"], until=begun - timedelta(days=30))
        papers.speak(plan, by=people["nanhai-reviewer"], text="建议增加数字阅读指标", edition=plan.edition.number)
        opinion = plan.unanswered().get()
        papers.answer_one(plan, by=people["office"], opinion=opinion.pk, outcome="not", reason="纳入专项规划")
    with at(_moment(begun)):
        plan = papers.submit(plan, by=people["office"])
        number = f"专委会议定〔{begun.year}〕2号"
        plan = enter_decision(plan, by=people["chair"], number=number, day=begun)
        plan = papers.issue(plan, by=people["office"], in_force_on=begun)
        plan = papers.enter_into_force(plan)
    with at(_moment(begun.replace(year=year, month=2))):
        for title, value in (("镇街服务覆盖率", 94), ("图书回馆时限达标率", 88)):
            indicator = plan.indicators.get(title=title)
            facts_of_year: dict[str, Any] = {"year": year - 1, "value": value, "source": "统筹办公室年度统计"}
            plan = plans.enter_value(plan, by=people["office"], indicator=indicator.pk, **facts_of_year)
    draft = propose_plan(
        title="数字阅读专项规划", by=people["committee"], kind="special", first_year=year + 1, last_year=year + 3
    )
    papers.write(draft, by=people["office"], text="一、目标。数字阅读服务覆盖全部成员馆。")


def decide_in_writing(people, day, title, text, clause):
    """Let the committee decide in writing on a day, everybody with a vote for it (6.2.1 b)."""
    with at(_moment(day)):
        facts = {"title": title, "text": text, "closes_on": day, "clause": clause}
        decision = ask_in_writing(**facts, by=people["office"])
        for person in voters(day):
            vote(decision, choice="for", by=person)
    return Decision.objects.get(pk=decision.pk)


def set_projects(people):
    """Leave a project of each light, one that was accepted, one that is proposed, and the bulletin of last quarter."""
    today = timezone.localdate()
    decided = today - timedelta(days=DECIDED_BEFORE)
    names = "、".join(title for title, *__ in PROJECTS)
    decision = decide_in_writing(people, decided, "确定重点项目", f"将以下项目列为重点项目：{names}。", "6.1 c")
    for title, lead, manager, budget, days, progress, milestones in PROJECTS:
        starts, ends = (today + timedelta(days=count) for count in days)
        begun = starts + timedelta(days=14)
        facts = {"lead": Library.objects.get(code=lead), "manager": people[manager], "budget": budget}
        facts |= {"scope": "city" if lead == "FS001" else "district", "aim": f"{title}，提升全市服务水平"}
        with at(_moment(decided - timedelta(days=10))):
            project = projects.propose_project(
                title=title, units="各区总馆", starts_on=starts, ends_on=ends, by=people["committee"], **facts
            )
        with at(_moment(decided)):
            project = projects.decide(project, by=people["chair"], decision=decision)
        with at(_moment(begun)):
            for name, due, __ in milestones:
                due_on = today + timedelta(days=due)
                project = projects.add_milestone(project, by=people["office"], title=name, due_on=due_on)
            project = projects.begin_project(project, by=people[manager])
        _follow_up(people, project, people[manager], progress, milestones)
    facts |= {"scope": "district", "aim": "覆盖全部镇街", "units": "各镇街分馆"}
    span: dict[str, Any] = {"starts_on": today + timedelta(days=30), "ends_on": today + timedelta(days=400)}
    projects.propose_project(title="镇街智能图书馆建设", by=people["nanhai-reviewer"], **facts | span)
    give_bulletin(quarter=quarter_before(today), by=people["office"], summary="各项目总体推进，迟缓的已督促。")


def _follow_up(people, project, manager, progress, milestones):
    """Tell how a project went: an update for each of the last months, milestones as they were reached."""
    today = timezone.localdate()
    months = sorted({month_before(f"{today:%Y-%m}", back) for back in (1, 2, 3)})
    for month, share in zip(months, (0.6, 0.8, 1), strict=True):
        told: dict[str, Any] = {
            "progress": int(progress * share),
            "done": "按计划推进，完成阶段测试",
            "ahead": "组织各区试用",
        }
        with at(_moment(min(today, period_days(month)[1]))):
            project = projects.update(project, by=manager, month=month, spent=progress * share / 2, **told)
    for name, due, is_done in milestones:
        if is_done:
            day = today + timedelta(days=due)
            facts = {"milestone": project.milestones.get(title=name).pk, "done_on": day, "evidence": "验收单"}
            project = projects.reach_milestone(project, by=manager, **facts)
    if progress == 100:
        projects.accept(project, by=people["chair"], outcome="各项指标达到设计要求，同意验收")
    elif progress < 50:
        projects.add_risk(project, by=manager, text="设备到货延期", level="high", measure="改由备选供应商供货")


def _consulted(people, days_ago, title, kind, text, *, days=10, **facts):
    day = timezone.localdate() - timedelta(days=days_ago)
    with at(_moment(day)):
        paper = propose_institution(title=title, kind=kind, basis="《联合图书馆体系建设规范》", **facts)
        paper = papers.write(paper, by=people["office"], text=text)
        return papers.consult(paper, by=people["office"], until=day + timedelta(days=days))


def _in_force(people, days_ago, title, kind, text, decision=None, **facts):
    paper = _consulted(people, days_ago + 40, title, kind, text, **facts)
    day = timezone.localdate() - timedelta(days=days_ago)
    with at(_moment(day)):
        paper = papers.submit(paper, by=people["office"])
        typed: dict[str, Any] = {"number": f"专委会议定〔{day.year}〕{1 + (day.month > 6)}号", "day": day}
        ground = {"decision": decision} if decision else typed
        paper = enter_decision(paper, by=people["chair"], **ground)
        paper = papers.issue(paper, by=people["office"], in_force_on=day)
        return papers.enter_into_force(paper)


def _moment(day):
    return timezone.make_aware(datetime.combine(day, time(10)))
