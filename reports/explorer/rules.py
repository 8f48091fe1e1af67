"""Say whose figures somebody sees: those of the returns that he reads, else those that are published (6.2.1 j)."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import places_held
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict
from members.divisions.models import Division
from members.returns.due.scope import OF_RETURNS
from members.returns.models import libraries_read_by
from reports.explorer.choices import FAR, Choice
from reports.explorer.models import SavedView


def reads_returns(user: User, choice: Choice) -> bool:
    """Say whether all the returns behind a choice are his to read: of all libraries, of the district, of the library.

    Where they are not, he looks at what is published.
    """
    libraries = libraries_read_by(user)
    if libraries is None:
        return True
    if choice.library:
        return libraries.filter(pk=choice.library.pk).exists()
    return choice.district is not None and _holds(user, choice.district)


def may_look(user: User, choice: Choice, *, reads: bool) -> Verdict:
    """Everybody looks at the published figures of the system and its districts, who reads returns at theirs too.

    What is published knows no single library and no level, and peers are read by who reads all of them. reads: whether
    all the returns behind it are his to read (6.2.1 j).
    """
    if choice.library and not reads:
        return Denied(_("Only who may read the returns of this library sees its figures here."))
    if choice.is_narrowed and not reads:
        return Denied(_("By level and kind only those look who may read the returns of all these libraries."))
    if choice.peers and not _reads_peers(user, choice):
        return Denied(_("The mean of its peers is for those who may read the returns of all of them."))
    return Allowed()


def _reads_peers(user: User, choice: Choice) -> bool:
    if libraries_read_by(user) is None:
        return True
    district = choice.library.district if choice.library and choice.peers != FAR else None
    return district is not None and _holds(user, district)


def _holds(user: User, district: Division) -> bool:
    return any(district.pk in places_held(user, right, Division) for right in OF_RETURNS)


def may_save(user: User) -> Verdict:
    """Whoever comes in saves what he looks at, for himself (6.2.1 j)."""
    return Allowed() if user.is_active else Denied(_("Only who may sign in saves a view."))


def may_rename(user: User, view: SavedView) -> Verdict:
    """Who saved a view gives it another name (6.2.1 j)."""
    return _is_own(user, view)


def may_share(user: User, view: SavedView) -> Verdict:
    """Who saved a view lets colleagues find it (6.2.1 j)."""
    return _may_turn(user, view, to=True, already=_("This view is shared already."))


def may_keep_to_himself(user: User, view: SavedView) -> Verdict:
    """Who saved a view lets nobody else find it any more (6.2.1 j)."""
    return _may_turn(user, view, to=False, already=_("Nobody else finds this view."))


def may_remove(user: User, view: SavedView) -> Verdict:
    """Who saved a view removes it (6.2.1 j)."""
    return _is_own(user, view)


def _may_turn(user: User, view: SavedView, *, to: bool, already: str) -> Verdict:
    own = _is_own(user, view)
    if not own:
        return own
    return Denied(already, overtaken=True) if view.is_shared == to else Allowed()


def _is_own(user: User, view: SavedView) -> Verdict:
    if view.saved_by_id != user.pk:
        return Denied(_("Only who saved a view changes it; save one of your own."))
    if view.removed_at:
        return Denied(_("This view has been removed."), overtaken=True)
    return Allowed()
