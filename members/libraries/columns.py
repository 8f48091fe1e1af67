"""Know the columns of the files that come and go: their names, their Chinese headings, and what a cell may say."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets import BadCell, SheetRefused, cells
from members.libraries.models import Division, Library, Spell


@dataclass(frozen=True)
class Column:
    """A column by the name of the file format; `also` holds what people write above it."""

    name: str
    also: tuple[str, ...]
    read: Callable
    required: bool = False
    as_text: bool = True

    @property
    def label(self):
        return self.also[0]


class Words:
    """Read one of a few words, in the code of the file format or in Chinese, and write either."""

    def __init__(self, chinese):
        self.chinese = {str(value): words[0] for value, words in chinese.items()}
        self.choices = {word: str(value) for value, words in chinese.items() for word in (str(value), *words)}

    def __call__(self, value):
        if value is None:
            return None
        return self.choices.get(value) or cells.choice(value, self.choices)


LEVELS = Words(
    {
        Spell.Level.CENTRAL: ("中心馆",),
        Spell.Level.DISTRICT: ("区总馆",),
        Spell.Level.BRANCH: ("分馆",),
        Spell.Level.POINT: ("基层服务点", "服务点"),
    }
)
STATUSES = Words(
    {
        Spell.Status.PREPARING: ("筹建",),
        Spell.Status.TRIAL: ("试运行",),
        Spell.Status.OPEN: ("正常开放", "开放"),
        Spell.Status.LIMITED: ("有限开放",),
        Spell.Status.LENDING_SUSPENDED: ("暂停借阅",),
        Spell.Status.SUSPENDED: ("暂停开放",),
        Spell.Status.EMERGENCY_CLOSED: ("紧急闭馆",),
        Spell.Status.RETIRED: ("停用",),
    }
)
SYSTEMS = Words(
    {
        Spell.Crs.WGS84: ("WGS84", "WGS-84"),
        Spell.Crs.CGCS2000: ("CGCS2000", "2000国家大地坐标系"),
        Spell.Crs.GCJ02: ("GCJ-02", "火星坐标"),
        Spell.Crs.BD09: ("BD-09", "百度坐标"),
    }
)
DIVISION_LEVELS = Words(
    {
        Division.Level.CITY: ("市",),
        Division.Level.DISTRICT: ("区",),
        Division.Level.TOWN: ("镇街", "镇", "街道"),
    }
)
LARGEST_AREA = Decimal("9999999.9")
MOST_SEATS = 1_000_000
CODE_LENGTH = Library._meta.get_field("code").max_length or 0


def library_code(value):
    found = cells.code(value, CODE_LENGTH)
    if found and not (found.isascii() and found[0].isalnum() and found.replace("-", "").isalnum()):
        raise BadCell(_("A code holds letters, digits and hyphens only, and begins with a letter or digit."))
    return found


def division_code(value):
    found = cells.code(value, 12)
    if found and not (found.isascii() and found.isdigit() and len(found) >= 6):
        raise BadCell(_("The code of a division has 6 to 12 digits."))
    return found


def text(field):
    length = getattr(Spell._meta.get_field(field), "max_length", 0)
    return lambda value: cells.text(value, length) if value is not None else ""


def number(places, minimum, maximum):
    """Read a number; what is finer than the registry keeps is rounded by the one who stores it."""

    def read(value):
        if value is None:
            return None
        found = cells.decimal(value, places=places, minimum=minimum, maximum=maximum)
        return int(found) if isinstance(found, Decimal) and places == 0 else found

    return read


LIBRARY_COLUMNS = (
    Column("code", ("馆代码", "代码", "编码"), library_code, required=True),
    Column("name", ("馆名", "名称", "全称"), text("name"), required=True),
    Column("short_name", ("简称",), text("short_name")),
    Column("level", ("级别",), LEVELS, required=True),
    Column("kind", ("类别", "类型"), text("kind")),
    Column("parent_code", ("上级馆代码", "上级馆"), library_code),
    Column("district_code", ("区代码", "行政区代码"), division_code),
    Column("town_code", ("镇街代码",), division_code),
    Column("address", ("地址", "详细地址"), text("address")),
    Column("longitude", ("经度",), number(None, -180, 180), as_text=False),
    Column("latitude", ("纬度",), number(None, -180, 180), as_text=False),
    Column("crs", ("坐标系",), SYSTEMS),
    Column("status", ("运营状态", "运行状态", "状态"), STATUSES),
    Column("opened_on", ("加入日期", "开馆日期"), cells.date, as_text=False),
    Column("closed_on", ("退出日期", "撤销日期"), cells.date, as_text=False),
    Column("area", ("建筑面积", "面积"), number(None, 0, LARGEST_AREA), as_text=False),
    Column("seats", ("阅览座席", "座席"), number(0, 0, MOST_SEATS), as_text=False),
    Column("phone", ("电话", "联系电话"), text("phone")),
)
DIVISION_COLUMNS = (
    Column("code", ("代码", "行政区划代码"), division_code, required=True),
    Column("name", ("名称",), lambda value: cells.text(value, 60), required=True),
    Column("level", ("级别",), DIVISION_LEVELS, required=True),
    Column("parent_code", ("上级代码",), division_code),
    Column("sort", ("排序", "顺序"), number(0, 0, 1_000_000), as_text=False),
)
WORDS = {"level": LEVELS, "status": STATUSES, "crs": SYSTEMS}


def match_headers(headers, columns):
    """Return {column: its place} and the headings which mean none; refuse what cannot be told apart or is missing."""
    known = {cells.folded(word): column for column in columns for word in (column.name, *column.also)}
    places: dict[str, int] = {}
    unread = []
    for place, header in enumerate(headers):
        column = known.get(cells.folded(str(header)))
        if column is None:
            unread.append(header)
        elif column.name in places:
            raise SheetRefused(
                _("The columns “%(one)s” and “%(other)s” mean the same."),
                one=headers[places[column.name]],
                other=header,
            )
        else:
            places[column.name] = place
    missing = [column for column in columns if column.required and column.name not in places]
    if missing:
        raise SheetRefused(
            _("The file lacks the columns %(columns)s."),
            columns="、".join(f"{column.name} ({column.label})" for column in missing),
        )
    return places, unread
