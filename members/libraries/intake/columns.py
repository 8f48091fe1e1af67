"""List the columns of the files of libraries and divisions; a new fact is one entry here, and its field."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsul_portal.intake.columns import Column, Words
from fsul_portal.sheets import BadCell, cells
from members.divisions.codes import is_code, wrong_code
from members.libraries.finding.kinds import kind_called, kind_title
from members.libraries.models import Division, Library, Spell

# The words stand with the choices of the model and in the catalogue. When one of them changes, the old one comes into
# `formerly`: files of before are read for ever, and a test finds whoever still says it.
LEVELS = Words(Spell.Level, also={Spell.Level.POINT: ("服务点",)})
STATUSES = Words(Spell.Status, also={Spell.Status.OPEN: ("开放",)})
SYSTEMS = Words(
    Spell.Crs,
    also={
        Spell.Crs.WGS84: ("WGS-84",),
        Spell.Crs.CGCS2000: ("2000国家大地坐标系",),
        Spell.Crs.GCJ02: ("火星坐标",),
        Spell.Crs.BD09: ("百度坐标",),
    },
)
DIVISION_LEVELS = Words(Division.Level, also={Division.Level.TOWN: ("镇", "街道")})
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
    if found and not is_code(found):
        raise BadCell(wrong_code())
    return found


def read_kind(value):
    return kind_called(text(40)(value))


def text(length):
    return lambda value: cells.text(value, length) if value is not None else ""


def number(places, minimum, maximum):
    """Read a number; what is finer than the registry keeps is rounded by the one who stores it."""

    def read(value):
        if value is None:
            return None
        found = cells.decimal(value, places=places, minimum=minimum, maximum=maximum)
        return int(found) if isinstance(found, Decimal) and places == 0 else found

    return read


def fact(
    field: str,
    *also: str,
    english: str,
    name: str = "",
    read: Callable[[Any], Any] | None = None,
    show: Callable[[Any], Any] | None = None,
    required: bool = False,
) -> Column:
    """Make the column of a fact; how a cell is read follows from the field where nothing else is said."""
    kept = Spell._meta.get_field(field)
    assert isinstance(kept, models.Field)
    if read is None and not isinstance(kept, models.CharField):
        raise TypeError(f"{field} is no text: say how a cell of it is read, such as number(0, 0, 1000).")
    read = read or text(kept.max_length or 0)
    as_text = isinstance(kept, models.CharField | models.ForeignKey)
    return Column(name or field, also, read, fact=field, required=required, as_text=as_text, english=english, show=show)


LIBRARY_COLUMNS = [
    Column("code", ("馆代码", "代码", "编码"), library_code, required=True, english="Library code"),
    fact("name", "馆名", "名称", "全称", english="Library", required=True),
    fact("short_name", "简称", english="Short name"),
    fact("level", "级别", english="Level", read=LEVELS, required=True),
    fact("kind", "类别", "类型", english="Kind", read=read_kind, show=kind_title),
    fact("parent", "上级馆代码", "上级馆", english="Code of the parent library", name="parent_code", read=library_code),
    fact("district", "区代码", "行政区代码", english="District code", name="district_code", read=division_code),
    fact("town", "镇街代码", english="Town code", name="town_code", read=division_code),
    fact("address", "地址", "详细地址", english="Address"),
    # A latitude up to 180 may be a longitude that stands in the wrong column.
    fact("longitude", "经度", english="Longitude", read=number(None, -180, 180)),
    fact("latitude", "纬度", english="Latitude", read=number(None, -180, 180)),
    fact("crs", "坐标系", english="Reference system", read=SYSTEMS),
    fact("status", "运营状态", "运行状态", "状态", english="Operating state", read=STATUSES),
    Column("opened_on", ("加入日期", "开馆日期"), cells.date, as_text=False, fact="since", english="Joined on"),
    Column("closed_on", ("退出日期", "撤销日期"), cells.date, as_text=False, fact="until", english="Left on"),
    fact("area", "建筑面积", "面积", english="Floor area (m²)", read=number(None, 0, LARGEST_AREA)),
    fact("seats", "阅览座席", "座席", english="Seats", read=number(0, 0, MOST_SEATS)),
    fact("phone", "电话", "联系电话", english="Telephone"),
]
DIVISION_COLUMNS = [
    Column("code", ("代码", "行政区划代码"), division_code, required=True, english="Division code"),
    Column("name", ("名称",), text(60), required=True, english="Division"),
    Column("level", ("级别",), DIVISION_LEVELS, required=True, english="Level"),
    Column("parent_code", ("上级代码",), division_code, english="Code of the division above"),
    Column("sort", ("排序", "顺序"), number(0, 0, 1_000_000), as_text=False, english="Order"),
    Column("name_en", ("英文名称",), text(60), english="English name"),
]
COLUMN_OF = {column.fact: column.name for column in LIBRARY_COLUMNS if column.fact} | {"on": "code"}
