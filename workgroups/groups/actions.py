"""Found working groups (5.2)."""

from workgroups.groups.models import Group

# The standard names three groups and leaves the list open (5.2).
FIRST_GROUPS = (
    ("coordination", "统筹管理小组", "Coordination group", "6.2.1"),
    ("technical", "技术服务小组", "Technical services group", "6.2.2"),
    ("resources", "资源建设小组", "Resource building group", "6.2.3"),
)


def found_first_groups():
    """Make sure the three groups of the standard exist; return how many were new (5.2)."""
    fresh = 0
    for sort, (key, name, name_en, clause) in enumerate(FIRST_GROUPS, start=1):
        defaults = {"name": name, "name_en": name_en, "clause": clause, "sort": sort}
        fresh += Group.objects.get_or_create(key=key, defaults=defaults)[1]
    return fresh
