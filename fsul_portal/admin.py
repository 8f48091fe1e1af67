"""Show the parts of the portal in the admin."""

from fsul_portal.access import admin as access
from fsul_portal.notices import admin as notices
from fsul_portal.records import admin as records
from fsul_portal.runs import admin as runs

__all__ = ["access", "notices", "records", "runs"]
