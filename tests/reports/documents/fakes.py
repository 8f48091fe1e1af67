"""Make a frozen snapshot which looks like a real one, the same for the same seed."""

import hashlib
import json
import random

from members.indicators.dictionary import FIRST_INDICATORS

DISTRICTS = {
    "440600": ("市本级（中心馆）", "City (central library)", "FS"),
    "440604": ("禅城区", "Chancheng", "CC"),
    "440605": ("南海区", "Nanhai", "NH"),
    "440606": ("顺德区", "Shunde", "SD"),
    "440608": ("高明区", "Gaoming", "GM"),
    "440607": ("三水区", "Sanshui", "SS"),
}
# Least and most of one service point in one month; of any other indicator there are a few.
RANGES = {"V01": (300, 6000), "L01": (100, 4000), "L02": (30, 1500), "L04": (100, 4000), "R01": (0, 60), "R03": (0, 10)}
RANGES |= {"R04": (100, 9000), "C01": (3000, 60000), "E01": (0, 12), "E02": (0, 900), "N05": (20, 28)}
INDICATORS = {one.code: one for one in FIRST_INDICATORS}
TOWNS = (
    "祖庙",
    "石湾",
    "大沥",
    "狮山",
    "桂城",
    "西樵",
    "大良",
    "容桂",
    "北滘",
    "乐从",
    "荷城",
    "杨和",
    "西南",
    "乐平",
    "白坭",
)
KINDS = ("读书驿站", "智能图书馆", "阅读家", "粤书吧", "二十四小时自助图书馆", "智能文化家")
RARE = "𠮷祥社区𡐓头读书驿站"


def snapshot(kind="annual", libraries=350, *, seed=1, provisional=False):
    """Build the frozen snapshot of a report with this many libraries."""
    chance = random.Random(f"{kind} {libraries} {seed}")
    months = _months(kind)
    registry = _registry(chance, libraries)
    cells = {library["code"]: _library_cells(chance, library, kind) for library in registry}
    missing = [_absence(library, cells, months) for library in registry if _is_missing(cells[library["code"]])]
    excluded = [
        _absence(library, cells, months) | {"reason": "suspended all the time"}
        for library in registry
        if cells[library["code"]]["V01"]["status"] == "closed"
    ]
    facts = {
        "kind": kind,
        "period": "2025" if kind == "annual" else "2025-03",
        "edition": 1,
        "provisional": provisional,
        "frozen_at": "2026-01-12T09:30:00+08:00",
        "dictionary": _dictionary(),
        "districts_list": [
            {"code": code, "name": name, "name_en": english} for code, (name, english, _) in DISTRICTS.items()
        ],
        "libraries_list": registry,
        "months": months,
        "system": _totals(chance, registry, cells, months, series=True, kind=kind),
        "districts": {
            code: _totals(chance, [one for one in registry if one["district"] == code], cells, months, kind=kind)
            for code in DISTRICTS
        },
        "libraries": cells,
        "network": _network(registry),
        "missing": missing,
        "excluded": excluded,
        "notes": _notes(chance, registry, months),
    }
    for note in facts["notes"]:
        cells[note["library"]][note["code"]]["note"] = note["note"]
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    return facts | {"hash": digest}


def _months(kind):
    if kind == "annual":
        return [f"2025-{month:02}" for month in range(1, 13)]
    return [f"2024-{month:02}" for month in range(3, 13)] + ["2025-01", "2025-02", "2025-03"]


def _dictionary():
    return [
        {
            "code": code,
            "name": one.name,
            "name_en": one.name_en,
            "unit": one.unit,
            "unit_en": one.unit_en,
            "stock": one.is_stock,
            "additive": one.adds_up,
            "definition": f"统计期内由成员馆如实填报的{one.name}，口径依照联合图书馆业务统计指标说明，不含线上服务。",
            "definition_en": f"{one.name_en} as told by the member libraries; online service is not in it.",
        }
        for code, one in INDICATORS.items()
    ]


def _registry(chance, count):
    heads = [("FS001", "佛山市图书馆", "central", "440600")]
    heads += [
        (f"{prefix}001", f"{name.removesuffix('区')}区图书馆", "district", code)
        for code, (name, _, prefix) in list(DISTRICTS.items())[1:]
    ]
    numbers = dict.fromkeys(DISTRICTS, 1)
    points = []
    for position in range(max(0, count - len(heads))):
        district = chance.choices(list(DISTRICTS)[1:], weights=(20, 35, 25, 8, 12))[0]
        numbers[district] += 1
        level = "branch" if position < count // 11 else "point"
        points.append(
            (f"{DISTRICTS[district][2]}{numbers[district]:03}", _name(chance, level, position), level, district)
        )
    order = list(DISTRICTS)
    rows = sorted((heads + points)[:count], key=lambda row: order.index(row[3]))
    return [
        {"code": code, "name": name, "level": level, "district": district, "district_name": DISTRICTS[district][0]}
        for code, name, level, district in rows
    ]


def _name(chance, level, position):
    if position == 40:
        return RARE
    town = chance.choice(TOWNS)
    if level == "branch":
        return f"{town}街道分馆"
    return f"{town}{chance.choice(('东', '西', '南', '北', '中'))}{chance.randint(1, 90)}号社区{chance.choice(KINDS)}"


def _library_cells(chance, library, kind):
    fate = chance.random()
    months = 12 if kind == "annual" else 1
    size = {"central": 40, "district": 15, "branch": 3, "point": 1}[library["level"]]
    cells = {}
    for code, one in INDICATORS.items():
        times = 1 if one.is_stock else months
        value = chance.randint(*RANGES.get(code, (10, 500))) * (size if one.adds_up else 1) * times
        cells[code] = {"value": value, "status": "reported", "note": ""}
        if fate < 0.02:
            cells[code] = {"value": None, "status": "missing", "note": ""}
        elif fate < 0.04:
            cells[code] = {"value": None, "status": "closed", "note": ""}
        elif fate < 0.07 and kind == "annual":
            cells[code]["status"] = "partial"
        elif fate > 0.9 and code == "L02":
            cells[code] = {"value": None, "status": "na", "note": ""}
    return cells


def _is_missing(cells):
    return cells["V01"]["status"] in ("missing", "partial")


def _absence(library, cells, months):
    whole = cells[library["code"]]["V01"]["status"] != "partial"
    periods = months[-1:] if len(months) == 13 else months if whole else ["2025-02", "2025-03", "2025-07"]
    return {
        "library": library["code"],
        "name": library["name"],
        "district": library["district"],
        "periods": periods,
        "reason": "not reported",
    }


def _totals(chance, registry, cells, months, *, kind, series=False):
    return {code: _total(chance, registry, cells, months, code, kind=kind, series=series) for code in INDICATORS}


def _total(chance, registry, cells, months, code, *, kind, series):
    mine = [(library["code"], cells[library["code"]][code]) for library in registry]
    due = [(library, cell) for library, cell in mine if cell["status"] != "closed"]
    values = [cell["value"] for _, cell in due if cell["value"] is not None]
    missing = [library for library, cell in due if cell["status"] in ("missing", "partial")]
    value = sum(values) if values and INDICATORS[code].adds_up else None
    total = {
        "value": value,
        "additive": INDICATORS[code].adds_up,
        "complete": not missing,
        "expected": len(due),
        "reported": len(due) - len(missing),
        "late": len(due) // 50,
        "missing": missing,
        "last_year": _about(chance, value),
        "last_period": _about(chance, value) if kind == "monthly" else None,
    }
    if series:
        share = value if value is None or INDICATORS[code].is_stock or kind == "monthly" else value // 12
        total["series"] = [{"period": month, "value": _about(chance, share)} for month in months]
        if kind == "monthly":
            total["series"][-1]["value"], total["last_period"] = value, total["series"][-2]["value"]
    return total


def _about(chance, value):
    return None if value is None else int(value * chance.uniform(0.82, 1.12))


def _network(registry):
    def count(key):
        found = {}
        for library in registry:
            found[library[key]] = found.get(library[key], 0) + 1
        return found

    def event(library, day, **more):
        return {"code": library["code"], "name": library["name"], "on": day, **more}

    return {
        "libraries": len(registry),
        "by_level": count("level"),
        "by_district": count("district"),
        "opened": [event(library, "2025-03-11") for library in registry[-4:]],
        "closed": [{"code": "NH900", "name": "桂城旧址读书驿站", "on": "2025-03-20"}],
        "moved": [
            event(library, "2025-03-15", before="桂城街道南海大道北50号", after="桂城街道灯湖东路1号")
            for library in registry[10:12]
        ],
    }


def _notes(chance, registry, months):
    words = ("门禁计数器检修七日，按抽样估算", "暑期延时开放，人次上升", "馆舍局部装修，仅开放一层")
    return [
        {
            "library": library["code"],
            "name": library["name"],
            "period": months[-1] if len(months) == 13 else chance.choice(months),
            "code": chance.choice(("V01", "L01", "E02")),
            "note": chance.choice(words),
        }
        for library in registry[3::25]
    ]
