"""The settings of the portal, with the small duties on which the grammars are tried."""

from fsul_portal.settings import *  # noqa: F403
from fsul_portal.settings import INSTALLED_APPS

# The stories count with the fifth, whatever a new portal begins with.
RETURN_DUE_DAY = 5
INSTALLED_APPS = [*INSTALLED_APPS, "tests.small"]
