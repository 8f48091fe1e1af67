"""Keep the robots of groups, and try whether one posts."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fsul_portal.acts.versions import require_version
from fsul_portal.lives.models import Fault
from fsul_portal.notices.robots.models import GroupRobot
from fsul_portal.notices.robots.rules import may_keep_robots
from fsul_portal.notices.sending.groups import post_to
from fsul_portal.notices.sending.posting import fault_of
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require

# Address and key are not among them: whoever reads the records does not read those.
TOLD = ("name", "maker", "kinds", "is_enabled")


def _facts(robot: GroupRobot) -> dict[str, object]:
    return {name: getattr(robot, name) for name in TOLD}


def _require_address(address: str) -> None:
    if fault := fault_of(address):
        raise Unready([Fault("address", fault)])


@transaction.atomic
def add_robot(*, name: str, maker: str, address: str, secret: str, kinds: Sequence[str], by: User) -> GroupRobot:
    """Let the portal post into a group; a form sent twice adds one."""
    require(may_keep_robots(by))
    _require_address(address)
    try:
        with transaction.atomic():
            robot = GroupRobot.objects.create(
                name=name, maker=maker, address=address, secret=secret, kinds=[*kinds], is_enabled=True
            )
    except IntegrityError as problem:
        raise Unready([Fault("name", _("There is a robot of this group already."))]) from problem
    record(robot, "robot added", by=by, after=_facts(robot))
    return robot


@transaction.atomic
def change_robot(
    robot: GroupRobot,
    *,
    name: str,
    maker: str,
    address: str,
    secret: str,
    kinds: Sequence[str],
    is_enabled: bool,
    by: User,
    version: int | None = None,
) -> GroupRobot:
    """Change a robot; an address or a key that is left empty stays as it is."""
    robot = GroupRobot.objects.select_for_update().get(pk=robot.pk)
    require(may_keep_robots(by))
    require_version(robot, version)
    if address:
        _require_address(address)
    if GroupRobot.objects.filter(name=name).exclude(pk=robot.pk).exists():
        raise Unready([Fault("name", _("There is a robot of this group already."))])
    before = _facts(robot)
    robot.name, robot.maker, robot.kinds, robot.is_enabled = name, maker, [*kinds], is_enabled
    robot.address, robot.secret = address or robot.address, secret or robot.secret
    robot.version += 1
    robot.save(update_fields=[*TOLD, "address", "secret", "version"])
    note = _("The address or the key is another one.") if address or secret else ""
    record(robot, "robot changed", by=by, before=before, after=_facts(robot), note=note)
    return robot


def try_robot(robot: GroupRobot, *, by: User) -> None:
    """Post one line into the group, or raise NotSent with what the robot answered."""
    require(may_keep_robots(by))
    record(robot, "robot tried", by=by)
    post_to(robot, _("The portal can post into this group."))
