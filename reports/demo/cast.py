"""Name the people and the first libraries of the demo; the tests play with the same cast.

Everything here is invented: the libraries' names are made of real towns' names, the people do not exist.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from committee.seats import actions as seats
from committee.seats.models import Seat
from fsul_portal.access.actions import grant
from members.bodies import actions as bodies
from members.libraries.actions import open_library
from members.libraries.models import Division, Library
from members.people.models import User
from workgroups.groups import actions as groups
from workgroups.groups.models import Group

FIRST_DAY = date(2005, 1, 1)
# So long before today its term has begun; nobody is told of a seat that he has had for long.
BEFORE = timedelta(days=90)
YEARS_OF_A_TERM = 5


@dataclass(frozen=True)
class CastLibrary:
    code: str
    name: str
    level: str
    kind: str
    parent: str
    district: str
    town: str
    address: str


@dataclass(frozen=True)
class Person:
    """A person of the cast; each role is (role, place), the place a division's, library's or group's key.

    post: of his seat on the committee. leads: the key of the group that he leads.
    """

    username: str
    name: str
    library: str
    position: str
    roles: tuple[tuple[str, str], ...] = ()
    post: str = ""
    leads: str = ""


LIBRARIES = (
    CastLibrary("FS001", "佛山市中心图书馆（演示）", "central", "中心馆", "", "440600", "", "演示路1号"),
    CastLibrary("CC001", "禅城区总馆（演示）", "district", "区总馆", "FS001", "440604", "440604012", "祖庙演示街2号"),
    CastLibrary("NH001", "南海区总馆（演示）", "district", "区总馆", "FS001", "440605", "440605011", "桂城演示街3号"),
    CastLibrary("SD001", "顺德区总馆（演示）", "district", "区总馆", "FS001", "440606", "440606005", "大良演示街4号"),
    CastLibrary("GM001", "高明区总馆（演示）", "district", "区总馆", "FS001", "440608", "440608004", "荷城演示街5号"),
    CastLibrary("SS001", "三水区总馆（演示）", "district", "区总馆", "FS001", "440607", "440607001", "西南演示街6号"),
    CastLibrary("NH002", "桂城分馆（演示）", "branch", "镇街分馆", "NH001", "440605", "440605011", "桂城演示路7号"),
    CastLibrary("NH003", "大沥分馆（演示）", "branch", "镇街分馆", "NH001", "440605", "440605125", "大沥演示路8号"),
    CastLibrary(
        "NH004", "千灯湖读书驿站（演示）", "point", "读书驿站", "NH002", "440605", "440605011", "桂城演示路9号"
    ),
    CastLibrary("CC002", "祖庙分馆（演示）", "branch", "镇街分馆", "CC001", "440604", "440604012", "祖庙演示路10号"),
)

PEOPLE = (
    Person("admin", "陈管理", "FS001", "系统管理员", (("administrator", ""),)),
    Person("chair", "梁主任", "FS001", "专委会主任委员", post="chair"),
    Person("committee", "黄委员", "SD001", "专委会委员", post="member"),
    Person("office", "何秘书", "FS001", "统筹办公室秘书", (("district-reviewer", "440600"),), post="secretary"),
    Person("central", "邓填报", "FS001", "中心馆业务员", (("district-editor", "440600"),)),
    Person("coordination-lead", "李统筹", "FS001", "统筹管理小组组长", leads="coordination"),
    Person("technical-lead", "张技术", "FS001", "技术服务小组组长", leads="technical"),
    Person("resources-lead", "吴资源", "FS001", "资源建设小组组长", leads="resources"),
    Person("nanhai", "关南海", "NH001", "业务部馆员", (("district-editor", "440605"),)),
    Person(
        "nanhai-reviewer",
        "麦审核",
        "NH001",
        "分管副馆长",
        (("district-reviewer", "440605"), ("library-head", "NH001")),
    ),
    Person("chancheng", "霍禅城", "CC001", "业务部馆员", (("district-editor", "440604"),)),
    Person("branch", "冯分馆", "NH002", "分馆馆员", (("library-editor", "NH002"),)),
    Person("observer", "观察员", "", "市文化部门", (("observer", ""),)),
)


def open_libraries(libraries=LIBRARIES, *, since=FIRST_DAY):
    """Enter the libraries of the cast through the registry's own action."""
    for one in libraries:
        facts = {
            "name": one.name,
            "level": one.level,
            "kind": one.kind,
            "parent": Library.objects.filter(code=one.parent).first(),
            "district": Division.objects.get(code=one.district),
            "town": Division.objects.filter(code=one.town).first(),
            "address": one.address,
        }
        open_library(one.code, facts, since=since, reason="演示数据")


def seat_people(password, people=PEOPLE, *, since=None):
    """Create the accounts of the cast, give each the roles of the table, and seat those who have a seat.

    since: when the term began; three months ago unless said otherwise.
    """
    seated = {}
    for one in people:
        user = User(
            username=one.username,
            name=one.name,
            position=one.position,
            email=f"{one.username}@example.org",
            library=Library.objects.filter(code=one.library).first(),
        )
        user.set_password(password)
        user.save()
        for role, place in one.roles:
            grant(role, to=user, on=_place(place))
        seated[one.username] = user
    seat_committee(seated, people, since or timezone.localdate() - BEFORE)
    return {name: User.objects.get(pk=user.pk) for name, user in seated.items()}


def seat_committee(seated, people, since):
    """Let the administrator seat the first committee, and its secretary fill the groups, as on any new portal."""
    posts = [one for one in people if one.post]
    if not posts:
        return
    admin = seated["admin"]
    term = seats.prepare_term(number=1, first_day=since, last_day=_years_later(since), by=admin)
    for one in posts:
        capacity = Seat.Capacity.HEAD if one.post == "secretary" else Seat.Capacity.IN_CHARGE
        seats.nominate(term=term, person=seated[one.username], post=one.post, capacity=capacity, by=admin)
    term = seats.record_letter(term, letter_number="佛图学〔2024〕1号", letter_day=since, by=admin)
    seats.begin_term(term, since=since, by=admin)
    office = User.objects.get(pk=seated["office"].pk)
    for one in people:
        if one.leads:
            group = Group.objects.get(key=one.leads)
            lead = groups.put_forward(group=group, person=seated[one.username], post="lead", by=office)
            bodies.seat(bodies.approve(lead, by=office), since=since, by=office)


def _years_later(day):
    return day.replace(year=day.year + YEARS_OF_A_TERM, day=min(day.day, 28)) - timedelta(days=1)


def _place(key):
    """Return the thing a key of the table speaks of."""
    if not key:
        return None
    if key.isdigit():
        return Division.objects.get(code=key)
    return Library.objects.filter(code=key).first() or Group.objects.get(key=key)
