"""Hold the indicators which the portal starts with; the office changes them in the admin afterwards."""

from members.indicators.models import Indicator

SUM, LAST = Indicator.OverTime.SUM, Indicator.OverTime.LAST

# Days on which one library was open say nothing when they are added to those of another.
NOT_ADDITIVE = {"N05"}

# code, name, English name, unit, English unit, over time, definition, English definition; terms follow ISO 2789.
FIRST_INDICATORS = (
    ("V01", "到馆人次", "Physical visits", "人次", "visits", SUM,
     "统计期内进入馆舍的人次，以门禁计数为准；无门禁的按抽样估算并注明。",
     "Entries to the premises in the period, by gate count; without a gate by sampling, with a note."),
    ("L01", "文献外借册次", "Loans", "册次", "loans", SUM,
     "统计期内外借的文献册（件）次，不含续借。",
     "Items lent in the period, renewals not included."),
    ("L02", "其中：少儿文献外借册次", "of these, children's loans", "册次", "loans", SUM,
     "外借册次中少儿文献的部分。",
     "The part of the loans that are children's items."),
    ("L04", "文献归还册次", "Items returned", "册次", "returns", SUM,
     "统计期内在本馆归还的文献册（件）次，含通还。",
     "Items handed back at this library in the period, wherever they were lent."),
    ("R01", "新增读者证", "New registrations", "个", "cards", SUM,
     "统计期内新办的读者证数。",
     "Reader cards issued in the period."),
    ("R03", "注销读者证", "De-registrations", "个", "cards", SUM,
     "统计期内退证、注销的读者证数。",
     "Reader cards given back or cancelled in the period."),
    ("R04", "有效读者证（期末）", "Registered users (end of period)", "个", "cards", LAST,
     "期末有效的读者证数；等于上期末数加新增减注销。",
     "Reader cards valid at the end of the period: those of the period before, plus new, less cancelled ones."),
    ("C01", "馆藏总量（纸质，期末）", "Physical stock (end of period)", "册", "items", LAST,
     "期末入藏的纸质文献册（件）数，按所有权归属馆统计，不含电子文献。",
     "Physical items held at the end of the period, by owning library, electronic items not included."),
    ("E01", "活动场次", "Events", "场", "events", SUM,
     "统计期内举办的读者活动场次；联合活动由主办馆统计一次。",
     "Events held in the period; a joint event is counted once, by its host."),
    ("E02", "活动参加人次", "Attendances at events", "人次", "attendances", SUM,
     "统计期内参加读者活动的人次。",
     "Attendances at the events of the period."),
    ("N05", "开放天数", "Days open", "天", "days", SUM,
     "统计期内实际开放的天数。",
     "Days on which the library was open in the period."),
)  # fmt: skip


def load_first_indicators():
    """Make sure the indicators which the portal starts with exist; return how many were new (6.2.1 j)."""
    known = set(Indicator.objects.values_list("code", flat=True))
    fields = ("code", "name", "name_en", "unit", "unit_en", "over_time", "definition", "definition_en")
    made = []
    for sort, row in enumerate(FIRST_INDICATORS, start=1):
        one = Indicator(**dict(zip(fields, row, strict=True)), sort=sort)
        if one.code in NOT_ADDITIVE:
            one.over_libraries = Indicator.OverLibraries.NONE
        if one.code not in known:
            made.append(one)
    return len(Indicator.objects.bulk_create(made))
