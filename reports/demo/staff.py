"""Name the people of the districts who sit in the committee and the groups of the demo, beside the cast (5.1, 5.2).

Everything here is invented: the people do not exist.
"""

from datetime import timedelta

from django.utils import timezone

from committee.problems.actions import raise_problem
from committee.seats import actions as seats
from committee.seats.models import Seat, Term
from fsul_portal.cases import actions as cases
from members.bodies import actions as bodies
from members.bodies.models import UPPER_LEVELS
from members.libraries.models import Division, Library, Spell
from members.people.models import User
from members.rosters.quarters.actions import ask_units, confirm
from workgroups.channels import actions as channels
from workgroups.groups import actions as groups
from workgroups.groups.models import Group

# User name, name, library, position, post on the committee ("" for none), groups.
STAFF = (
    ("central-deputy", "苏副馆", "FS001", "分管副馆长", "deputy", ()),
    ("chancheng-head", "罗禅", "CC001", "分管副馆长", "member", ()),
    ("gaoming-head", "谭高明", "GM001", "业务部主任", "member", ()),
    ("sanshui-head", "陆三水", "SS001", "分管副馆长", "member", ()),
    ("chancheng-staff", "区嘉仪", "CC001", "业务部副主任", "", ("coordination", "resources")),
    ("chancheng-tech", "邝志明", "CC001", "技术部馆员", "", ("technical",)),
    ("nanhai-staff", "关颖", "NH001", "总分馆部主管", "", ("coordination", "resources")),
    ("nanhai-tech", "潘伟", "NH001", "技术部馆员", "", ("technical",)),
    ("shunde-staff", "欧阳敏", "SD001", "业务部馆员", "", ("coordination", "resources")),
    ("shunde-tech", "黎俊", "SD001", "技术部馆员", "", ("technical",)),
    ("gaoming-staff", "谢文", "GM001", "业务部馆员", "", ("coordination", "resources")),
    ("sanshui-staff", "钱静", "SS001", "业务部馆员", "", ("coordination", "resources")),
    ("sanshui-tech", "曾凡", "SS001", "技术部馆员", "", ("technical",)),
)
REVIEWER = "nanhai-reviewer"
PROBLEMS = (
    ("自助借还机夜间离线", "近两周夜间多次离线，次日上午恢复"),
    ("自助借还机夜间无法还书", "读者反映夜间还书失败"),
)
QUESTIONS = (
    ("读者证遗失后可以在任一成员馆补办吗", "可以，凭有效身份证件在任一成员馆办理。"),
    ("跨馆归还的图书由谁负责送回", "由物流配送送回，各馆登记即可。"),
)
# Numbers that nobody has.
PHONE = "138000000{:02}"
SHARES = {"technical": ("6.2.2 b", "6.2.2 c"), "coordination": ("6.2.1 e", "6.2.1 j"), "resources": ("6.2.3 b",)}


def seat_staff(password, people):
    """Fill the committee and the groups from the districts; 高明 has sent nobody for technical services yet."""
    office, since = people["office"], Term.objects.get().first_day
    staff = {
        name: _account(name, *facts, phone=PHONE.format(number), password=password)
        for number, (name, *facts, __, ___) in enumerate(STAFF, start=1)
    }
    sitting = [(staff[name], post) for name, *__, post, ___ in STAFF if post] + [(people[REVIEWER], "member")]
    for person, post in sitting:
        facts = {"term": Term.objects.get(), "person": person, "post": post, "capacity": Seat.Capacity.IN_CHARGE}
        seat = bodies.approve(
            seats.nominate(**facts, by=office), by=office, letter_number="佛图学〔2024〕1号", letter_day=since
        )
        seats.seat(seat, by=office, since=since)
    found = {group.key: group for group in Group.objects.all()}
    for name, *__, keys in STAFF:
        for key in keys:
            forward = groups.put_forward(
                group=found[key], person=staff[name], post="member", clauses=SHARES[key], by=office
            )
            bodies.seat(bodies.approve(forward, by=office), by=office, since=since)


def _account(username, name, library, position, *, phone, password):
    person = User(username=username, name=name, position=position, phone=phone, email=f"{username}@example.org")
    person.library = Library.objects.get(code=library)
    person.set_password(password)
    person.save()
    return person


def confirm_rosters(people):
    """Let the units say that their people are right; 高明 has not answered yet."""
    for check in ask_units(timezone.localdate()):
        if check.unit.code != "GM001":
            confirm(check, by=people["office"])


def open_channels(people):
    """Enter the channels of the city and the districts with their members; one point of 高明 is in none (7.3)."""
    office, now = people["office"], timezone.now()
    serving = Spell.objects.as_of().exclude(status__in=Spell.NOT_SERVING).in_office_order()
    heads = serving.filter(level__in=UPPER_LEVELS).values_list("library__code", flat=True)
    city = channels.open_channel(name="市级业务联络群", owner=office, by=office)
    channels.take_in(city, text="\n".join(heads), by=office)
    for district in Division.objects.filter(level=Division.Level.DISTRICT):
        codes = list(serving.filter(district=district).values_list("library__code", flat=True))
        channel = channels.open_channel(name=f"{district.name}总分馆联络群", district=district, by=office)
        if text := "\n".join(codes[:-1] if district.code == "440608" and len(codes) > 1 else codes):
            channels.take_in(channel, text=text, by=office)
    for text, answer in QUESTIONS:
        asked_at = now - timedelta(days=3)
        question = channels.enter_question(channel=city, text=text, asked_at=asked_at, by=office)
        channels.answer(question, answer=answer, replied_at=asked_at + timedelta(hours=5), by=office)


def raise_problems(people):
    """Leave a problem that is being worked on, one like it that waits, and one that was settled (6.1 f)."""
    office, branch = people["office"], people["branch"]
    library = Library.objects.get(code="NH002")
    for title, text in PROBLEMS:
        problem = raise_problem(title=title, kind="system", text=text, library=library, by=branch)
        cases.give_to(problem, to=people["technical-lead"], by=office, note="请技术服务小组核实")
    facts = {"kind": "delivery", "text": "跨馆归还的图书积压三天以上", "by": people["nanhai"]}
    settled = raise_problem(title="物流配送班次不足", library=Library.objects.get(code="NH001"), **facts)
    settled = cases.give_to(settled, to=people["coordination-lead"], by=office)
    settled = cases.solve(settled, by=people["coordination-lead"], solution="周末增加一个班次", cause="周末归还量增加")
    cases.close(cases.review(settled, by=office, finding="按月核对积压量"), by=people["nanhai"])
