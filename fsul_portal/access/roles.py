"""List the roles and what each may do: one table, readable by the people whom it concerns.

Nothing else decides who may: the grants of django-guardian are written from this table alone (access/actions.py),
and only rules ask for them.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words
from fsul_portal.rooms import permission_words

PORTAL, DISTRICT, LIBRARY, GROUP = "portal", "district", "library", "group"


@dataclass(frozen=True)
class Role:
    """A role: where it is held, which permissions it brings, whether it opens the admin, and which role heads it.

    by_seat: it comes and goes with a seat in a body, and nobody gives it by hand. head: whoever holds that role, on the
    same place, on the place around it or on the whole portal, heads the unit and names deputies in it.
    """

    key: str
    title: Words
    scope: str
    permissions: tuple[str, ...]
    opens_admin: bool = False
    summary: Words = field(default="")
    head: str = ""
    by_seat: bool = False

    @property
    def allows(self) -> list[Words]:
        """Say in words what the role may do, each sentence once."""
        return list(dict.fromkeys(permission_words()[name] for name in self.permissions))

    @property
    def held_on(self) -> Words:
        return SCOPES[self.scope]


SCOPES = {
    PORTAL: _("the whole portal"),
    DISTRICT: _("a district"),
    LIBRARY: _("a member library"),
    GROUP: _("a working group"),
}

LEADS_GROUP = (
    "workgroups.decide_filings",
    "workgroups.issue_papers",
    "workgroups.approve_corrections",
    "workgroups.approve_reports",
    "workgroups.take_part",
    "workgroups.keep_meetings",
    "workgroups.sign_minutes",
)
HEADS_COMMITTEE = ("committee.sign_minutes", "committee.keep_seats", "reports.sign_reports", "fsul_portal.see_waits")
OVERSEE = ("members.oversee_libraries", "reports.download_reports")
REGISTRY_IN_ADMIN = ("members.view_library", "members.view_spell", "members.view_division")
FILINGS_IN_ADMIN = ("workgroups.view_filing", "workgroups.view_group")

_TABLE = (
    Role(
        "administrator",
        _("System administrator"),
        PORTAL,
        (
            "members.manage_people",
            "members.add_user",
            "members.change_user",
            "members.view_user",
            "fsul_portal.view_grant",
            "fsul_portal.add_grant",
            "fsul_portal.view_record",
            "fsul_portal.view_run",
            "fsul_portal.view_notice",
            "fsul_portal.view_delivery",
            "fsul_portal.keep_robots",
            "axes.view_accessattempt",
            "axes.delete_accessattempt",
            "axes.view_accesslog",
            "axes.view_accessfailurelog",
            "django_celery_beat.view_periodictask",
            "django_celery_beat.change_periodictask",
            "members.view_indicator",
            *REGISTRY_IN_ADMIN,
        ),
        opens_admin=True,
        summary=_(
            "Accounts, roles, dictionaries and the state of the machine; no decision on anything of the libraries."
        ),
    ),
    Role(
        "chair",
        _("Chair of the committee"),
        PORTAL,
        (*OVERSEE, *HEADS_COMMITTEE),
        summary=_("Sees everything, signs rolls, minutes and annual reports."),
        by_seat=True,
    ),
    Role(
        "deputy-chair",
        _("Deputy chair of the committee"),
        PORTAL,
        (*OVERSEE, *HEADS_COMMITTEE),
        summary=_("Signs like the chair and is told of what the chair has left lying."),
        head="chair",
        by_seat=True,
    ),
    Role(
        "committee-member",
        _("Committee member"),
        PORTAL,
        OVERSEE,
        summary=_("Sees everything, downloads the reports."),
        head="chair",
        by_seat=True,
    ),
    Role(
        "secretary",
        _("Secretary of the coordination office"),
        PORTAL,
        (
            *OVERSEE,
            "members.import_libraries",
            "members.import_returns",
            "members.lock_months",
            "members.set_due_days",
            "reports.build_reports",
            "reports.publish_reports",
            "reports.open_data",
            "committee.keep_meetings",
            "committee.keep_seats",
            "workgroups.issue_papers",
            "fsul_portal.keep_calendar",
            "fsul_portal.keep_numbers",
            "fsul_portal.edit_ways",
            "fsul_portal.see_waits",
            "members.view_user",
            "fsul_portal.view_record",
            "fsul_portal.view_run",
            "members.view_return",
            "reports.view_edition",
            "members.view_indicator",
            "members.change_indicator",
            *REGISTRY_IN_ADMIN,
            *FILINGS_IN_ADMIN,
        ),
        opens_admin=True,
        summary=_("Keeps the registry's imports, the months, the reports, the seats and the meetings."),
        head="chair",
        by_seat=True,
    ),
    Role(
        "group-lead",
        _("Lead of a working group"),
        GROUP,
        LEADS_GROUP,
        opens_admin=True,
        summary=_("Decides what the clauses of the own group bring: filings, corrections, reports."),
        head="chair",
        by_seat=True,
    ),
    Role(
        "group-deputy",
        _("Deputy lead of a working group"),
        GROUP,
        LEADS_GROUP,
        opens_admin=True,
        summary=_("Decides like the lead of the own group."),
        head="group-lead",
        by_seat=True,
    ),
    Role(
        "group-member",
        _("Member of a working group"),
        GROUP,
        ("workgroups.take_part", "workgroups.keep_meetings"),
        summary=_("Takes part in the work of the own group."),
        head="group-lead",
        by_seat=True,
    ),
    Role(
        "group-overseer",
        _("Sight of all libraries for a working group's lead"),
        PORTAL,
        (*OVERSEE, *REGISTRY_IN_ADMIN, *FILINGS_IN_ADMIN),
        opens_admin=True,
        summary=_("Sees everything; comes with the lead of a working group."),
        by_seat=True,
    ),
    Role(
        "district-editor",
        _("Editor of a district library"),
        DISTRICT,
        ("members.file_changes", "members.report_returns", "members.keep_meetings"),
        summary=_("Files changes and enters returns for the libraries of the own district."),
        head="district-reviewer",
    ),
    Role(
        "district-reviewer",
        _("Signing reviewer of a district library"),
        DISTRICT,
        ("members.sign_changes", "members.accept_returns", "members.keep_meetings", "members.sign_minutes"),
        summary=_("Signs filings and accepts returns of the own district."),
        head="chair",
    ),
    Role(
        "library-editor",
        _("Editor of a branch or service point"),
        LIBRARY,
        ("members.file_changes", "members.report_returns"),
        summary=_("Files changes and enters returns for the own library."),
        head="district-reviewer",
    ),
    Role(
        "library-head",
        _("Head of a member library"),
        LIBRARY,
        ("members.certify_returns",),
        summary=_("Certifies the returns of the own library, where their way asks for it; writes none of them."),
        head="district-reviewer",
    ),
    Role(
        "observer",
        _("Observer"),
        PORTAL,
        (),
        summary=_("Reads what is published."),
    ),
)

ROLES: dict[str, Role] = {role.key: role for role in _TABLE}

# What comes with a seat alone.
OF_SEATS = frozenset(key for key, role in ROLES.items() if role.by_seat)
