"""The ways out of the portal, a module each: its name stands in rows, its `CHANNEL` says the rest.

The portal itself is none of them: a notice stands there, whatever its recipient has chosen.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from fsul_portal.notices.sending.channel import Channel


@cache
def channels() -> dict[str, Channel]:
    """Return the ways out by name; read once, after the models."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").CHANNEL for name in names}
