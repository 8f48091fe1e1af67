"""Know on what a role can be held; places of higher rooms are found by name, not imported."""

from django.contrib.contenttypes.models import ContentType

from fsul_portal.access.roles import DISTRICT, GROUP, LIBRARY

KINDS = {DISTRICT: ("members", "division"), LIBRARY: ("members", "library"), GROUP: ("workgroups", "group")}


def places(scope):
    """Return all places of a scope."""
    return ContentType.objects.get_by_natural_key(*KINDS[scope]).model_class().objects.all()
