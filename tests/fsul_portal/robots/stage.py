"""Keep one robot that reads nothing: what else is told stays as it is."""

from fsul_portal.notices.robots.models import GroupRobot


def things(cast):
    # An address of the own network is never called: trying it says so.
    robot = GroupRobot.objects.create(name="群", maker="wecom", address="https://127.0.0.1:9/send", is_enabled=False)
    return {"robot": robot.pk}
