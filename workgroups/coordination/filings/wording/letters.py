"""Tell those whom a filing concerns; nobody is told the same thing twice (6.2.1 e)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.rules import people_holding
from fsul_portal.approvals.turns import people_asked
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind
from workgroups.coordination.filings.models import GROUP
from workgroups.coordination.filings.rules import FILE
from workgroups.groups.models import Group

FILING = kind("filing", gettext_lazy("Filings"))


def ask_for_opinions(filing):
    """Tell those whose turn it is."""
    for turn in filing.open_stages():
        _tell(filing, people_asked(turn), f"{turn.key}-{filing.round}", lambda: _("A filing waits for your opinion"))


def tell_outcome(filing, note=""):
    """Tell those who wrote it how it ended; an approval also those who work for the library and its district."""
    people = [filing.started_by, filing.submitted_by]
    if filing.number:
        people += [
            turn.given_by for turn in filing.opinions.select_related("given_by") if turn.given_by != filing.decided_by
        ]
        people += people_holding(FILE, filing.library.district, filing.library)
        people += people_holding("members.sign_changes", filing.library.district)
    outcome = {
        filing.State.RETURNED: lambda: _("A filing was returned for correction"),
        filing.State.REFUSED: lambda: _("A filing was refused"),
    }.get(filing.state, lambda: _("A filing was approved and put on file"))
    _tell(filing, people, f"{filing.state}-{filing.round}" if not filing.number else "approved", outcome, note)


def tell_withdrawn(filing):
    """Tell the leads that what they approved is not going to happen."""
    leads = people_holding("workgroups.decide_filings", Group.objects.get(key=GROUP))
    _tell(filing, leads, "withdrawn", lambda: _("An approved filing was withdrawn"))


def tell_not_carried_out(filing, sentence):
    """Tell the leads that the registry did not take an approved filing."""
    leads = people_holding("workgroups.decide_filings", Group.objects.get(key=GROUP))
    _tell(filing, leads, "not-carried-out", lambda: _("An approved filing could not be carried out"), sentence)


def _tell(filing, people, key, subject, note=""):
    def about():
        facts = filing.library.facts
        return _("%(kind)s · %(library)s · takes effect on %(day)s") % {
            "kind": filing.what.title,
            "library": facts.name if facts else filing.library.code,
            "day": filing.effective_on,
        }

    tell(
        [person for person in people if person],
        key=f"filing-{filing.pk}-{key}",
        kind=FILING,
        subject=lambda: _("%(what)s: %(about)s") % {"what": subject(), "about": filing.number or about()},
        body=lambda: "\n".join(filter(None, [about(), str(note)])),
        link=filing.get_absolute_url(),
    )
