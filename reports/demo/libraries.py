"""Invent the libraries of the demo; towns are real, everything else is made up and says so in its name."""

from datetime import date, timedelta

from members.libraries.models import Division
from reports.demo.cast import FIRST_DAY, LIBRARIES

PREFIXES = {"440604": "CC", "440605": "NH", "440606": "SD", "440608": "GM", "440607": "SS"}
SHARES = {"440604": 20, "440605": 34, "440606": 28, "440608": 8, "440607": 10}
CENTRES = {
    "440604": (113.11, 23.02),
    "440605": (113.10, 23.08),
    "440606": (113.24, 22.83),
    "440608": (112.80, 22.88),
    "440607": (112.90, 23.20),
}
KINDS = ("智能图书馆", "读书驿站", "智能文化家", "粤书吧", "阅读家", "新书借阅点")


def rows(count, dice, today):
    """Yield the rows of so many libraries, the cast's included, in the format of the import."""
    made = [_cast_row(one, dice) for one in LIBRARIES]
    codes = Codes(one.code for one in LIBRARIES)
    branches = {one.town: one.code for one in LIBRARIES if one.level == "branch"}
    towns = list(Division.objects.filter(level=Division.Level.TOWN).select_related("parent"))
    for town in towns:
        if len(made) < count and town.code not in branches:
            branches[town.code] = codes.next(town.parent.code)
            made.append(_branch_row(branches[town.code], town, dice))
    open_towns = [town for town in towns if town.code in branches]
    weights = [SHARES[town.parent.code] for town in open_towns]
    while len(made) < count:
        town = dice.choices(open_towns, weights)[0]
        made.append(_point_row(codes.next(town.parent.code), town, branches[town.code], dice, today))
    return made[: max(count, len(LIBRARIES))]


class Codes:
    """Give out the codes of each district in order, passing over those in use."""

    def __init__(self, used):
        self.used = set(used)
        self.last = dict.fromkeys(PREFIXES.values(), 1)

    def next(self, district):
        prefix = PREFIXES[district]
        while True:
            self.last[prefix] += 1
            code = f"{prefix}{self.last[prefix]:03}"
            if code not in self.used:
                return code


def _cast_row(one, dice):
    district = one.district if one.district in CENTRES else "440604"
    size = {"central": (53000, 2600), "district": (18000, 1400), "branch": (1600, 180), "point": (120, 24)}[one.level]
    return _row(
        one.code,
        one.name,
        one.level,
        one.kind,
        one.parent,
        one.district,
        one.town,
        one.address,
        FIRST_DAY,
        dice,
        district,
        size,
    )


def _branch_row(code, town, dice):
    name = town.name.removesuffix("街道").removesuffix("镇")
    opened = date(dice.randint(2006, 2016), dice.randint(1, 12), 1)
    return _row(
        code,
        f"{name}分馆（演示）",
        "branch",
        "镇街分馆",
        f"{PREFIXES[town.parent.code]}001",
        town.parent.code,
        town.code,
        f"{town.name}演示路{dice.randint(1, 199)}号",
        opened,
        dice,
        town.parent.code,
        (dice.randint(600, 3200), dice.randint(60, 320)),
    )


def _point_row(code, town, parent, dice, today):
    kind = dice.choice(KINDS)
    name = town.name.removesuffix("街道").removesuffix("镇")
    opened = date(2017, 1, 1) + timedelta(days=dice.randint(0, (date(2024, 12, 1) - date(2017, 1, 1)).days))
    row = _row(
        code,
        f"{name}{kind}{code[2:]}（演示）",
        "point",
        kind,
        parent,
        town.parent.code,
        town.code,
        f"{town.name}演示村{dice.randint(1, 99)}号",
        opened,
        dice,
        town.parent.code,
        (dice.randint(40, 260), dice.randint(8, 48)),
    )
    fate = dice.random()
    if fate < 0.02:
        row["opened_on"] = (today - timedelta(days=dice.randint(40, 300))).isoformat()
    elif fate < 0.03:
        row["closed_on"] = (today - timedelta(days=dice.randint(40, 300))).isoformat()
    elif fate < 0.04:
        row["status"] = "suspended"
    return row


def _row(code, name, level, kind, parent, district, town, address, opened, dice, centre, size):
    longitude, latitude = CENTRES[centre]
    return {
        "code": code,
        "name": name,
        "short_name": "",
        "level": level,
        "kind": kind,
        "parent_code": parent,
        "district_code": district,
        "town_code": town,
        "address": address,
        "longitude": f"{longitude + dice.uniform(-0.05, 0.05):.6f}",
        "latitude": f"{latitude + dice.uniform(-0.05, 0.05):.6f}",
        "crs": "WGS84",
        "status": "open",
        "opened_on": opened.isoformat(),
        "closed_on": "",
        "area": str(size[0]),
        "seats": str(size[1]),
        "phone": f"0757-0000{dice.randint(0, 9999):04}",
    }
