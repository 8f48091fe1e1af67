"""Write the papers of a meeting: its notice and its minutes (6.2.1 b)."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rules import may_call_meetings
from fsul_portal.letters.content import Kind, Labelled, Letter, Paragraph, item, section, typed
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.verdicts import Allowed, not_now

COMMITTEE = "佛山市联合图书馆专业委员会"
WEEKDAYS = "一二三四五六日"
ROLL = (
    ("出席", (RollEntry.Presence.PRESENT, RollEntry.Presence.DEPUTY)),
    ("请假", (RollEntry.Presence.EXCUSED,)),
    ("缺席", (RollEntry.Presence.ABSENT,)),
)


def may_keep_papers(user, meeting):
    """The secretary issues the papers of the meetings (6.2.1 b)."""
    return may_call_meetings(user)


def is_to_come(meeting):
    if meeting.state == Meeting.State.CALLED:
        return Allowed()
    return not_now(_("A notice goes out only while the meeting is still to come."))


def has_final_minutes(meeting):
    if meeting.state == Meeting.State.MINUTED:
        return Allowed()
    return not_now(_("The minutes go out once the chair has signed them."))


def notice(meeting):
    """Write the notice of a meeting (6.2.1 b)."""
    agenda = [item(number, text) for number, text in enumerate(meeting.agenda_items, start=1)]
    parts = [
        Paragraph(f"现定于近期召开{meeting.title}。有关事项通知如下："),
        section(1, "时间：", _moment(meeting.starts_at)),
        section(2, "地点：", meeting.place),
        section(3, "参会人员：", "专业委员会全体委员。"),
        *([section(4, "议程"), *agenda] if agenda else []),
        Paragraph("请妥善安排工作，准时参加会议；因故不能参加的，请提前告知统筹办公室。"),
    ]
    return Letter(
        kind=Kind.NOTICE,
        title=f"关于召开{meeting.title}的通知",
        addressee="各委员",
        body=tuple(parts),
        signers=(COMMITTEE,),
        is_sealed=True,
    )


def minutes(meeting):
    """Write the minutes of a meeting as they were signed (6.2.1 b)."""
    return Letter(
        kind=Kind.MINUTES,
        mark=f"{COMMITTEE}会议纪要",
        number=f"{meeting.year}年第{meeting.number}次",
        title=f"{meeting.title}纪要",
        body=(
            Labelled("时间", _moment(meeting.starts_at)),
            Labelled("地点", meeting.place),
            *typed(meeting.minutes),
            *_roll(meeting),
            Labelled("签发", str(meeting.minutes_final_by or "")),
        ),
        signers=(COMMITTEE,),
        day=timezone.localdate(meeting.minutes_final_at),
    )


def _roll(meeting):
    entries = list(meeting.roll.all())
    for label, presences in ROLL:
        names = "、".join(_named(entry) for entry in entries if entry.presence in presences)
        if names:
            yield Labelled(label, names)


def _named(entry):
    told = [entry.unit, "代" if entry.presence == RollEntry.Presence.DEPUTY else ""]
    beside = "，".join(filter(None, told))
    return f"{entry.name}（{beside}）" if beside else entry.name


def _moment(at):
    at = timezone.localtime(at)
    return f"{at.year}年{at.month}月{at.day}日（星期{WEEKDAYS[at.weekday()]}）{at.hour}:{at.minute:02}"


NOTICE = offered(
    Offer(
        "meeting-notice",
        gettext_lazy("notice of the meeting"),
        "committee.Meeting",
        may_keep_papers,
        is_to_come,
        notice,
    )
)
MINUTES = offered(
    Offer(
        "meeting-minutes",
        gettext_lazy("minutes of the meeting"),
        "committee.Meeting",
        may_keep_papers,
        has_final_minutes,
        minutes,
    )
)
