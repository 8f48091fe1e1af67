"""List the clauses of the standard, number and title in our own words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words


@dataclass(frozen=True)
class Clause:
    number: str
    title: Words

    @property
    def chapter(self) -> str:
        """Return the heading it stands under: `6.2.1` for `6.2.1 e`, `7` for `7.1`."""
        return self.number.split(" ")[0] if " " in self.number else self.number.rsplit(".", 1)[0]


CHAPTERS = {
    "5": _("Bodies and their duties"),
    "6.1": _("Joint meeting of the committee"),
    "6.2.1": _("Coordination group"),
    "6.2.2": _("Technical services group"),
    "6.2.3": _("Resource building group"),
    "6.3": _("Further coordination"),
    "7": _("Requirements of management"),
}

# What the standard says of the bodies themselves: cited, but no duty of its own.
BODIES = (
    Clause("5.1", _("Committee of the union library")),
    Clause("5.2", _("Working groups")),
)

DUTIES = (
    Clause("6.1 a", _("Agree on the institutions at the top of the system")),
    Clause("6.1 b", _("Agree on medium and long-term plans")),
    Clause("6.1 c", _("Push the key projects of city and districts")),
    Clause("6.1 d", _("Guide the annual report of the system")),
    Clause("6.1 e", _("Organise the assessment of member libraries")),
    Clause("6.1 f", _("Settle the main problems of the system")),
    Clause("6.2.1 a", _("Draw up the system of standards")),
    Clause("6.2.1 b", _("Organise the meetings of the committee")),
    Clause("6.2.1 c", _("Pass information down and up")),
    Clause("6.2.1 d", _("Extend the network and its coverage")),
    Clause("6.2.1 e", _("Review and file changes of member libraries and the map")),
    Clause("6.2.1 f", _("Follow up the key projects")),
    Clause("6.2.1 g", _("Coordinate deliveries between libraries")),
    Clause("6.2.1 h", _("Guide the basic work of member libraries")),
    Clause("6.2.1 i", _("Train the staff of member libraries")),
    Clause("6.2.1 j", _("Compile the monthly and annual reports")),
    Clause("6.2.1 k", _("Carry out the assessment of member libraries")),
    Clause("6.2.2 a", _("Draw up technical standards")),
    Clause("6.2.2 b", _("Manage the codes of the system")),
    Clause("6.2.2 c", _("Run the library system from day to day")),
    Clause("6.2.2 d", _("Maintain and upgrade the library system")),
    Clause("6.2.2 e", _("Coordinate the safety of network and data")),
    Clause("6.2.2 f", _("Guide the information technology of member libraries")),
    Clause("6.2.2 g", _("Study readers' needs and renew services by technology")),
    Clause("6.2.2 h", _("Train technical staff")),
    Clause("6.2.3 a", _("Draw up standards of classification, cataloguing and stock")),
    Clause("6.2.3 b", _("Keep the union catalogue")),
    Clause("6.2.3 c", _("Control the quality of records")),
    Clause("6.2.3 d", _("Review and file cataloguing accounts")),
    Clause("6.2.3 e", _("Guide purchasing, processing and stock management")),
    Clause("6.2.3 f", _("Build and share digital resources together")),
    Clause("6.2.3 g", _("Train cataloguers")),
    Clause("6.3.1", _("Answer emergencies together")),
    Clause("6.3.2", _("Promote reading, publicity and local collections together")),
    Clause("6.3.3", _("Cooperate with libraries elsewhere")),
    Clause("7.1", _("Meet at least twice a year")),
    Clause("7.2", _("Keep the rosters of the groups up to date")),
    Clause("7.3", _("Keep standing channels of city and districts")),
    Clause("7.4", _("Coordinate each district library with its branches")),
)

CLAUSES = {clause.number: clause for clause in (*BODIES, *DUTIES)}
