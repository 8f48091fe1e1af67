"""Look at the channels and at their settings when the portal starts."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from fsul_portal.notices.channels import channels
from fsul_portal.notices.models import Delivery
from fsul_portal.notices.sending.channel import Channel


@register()
def channels_can_be_used(**__: Any) -> list[CheckMessage]:
    """Refuse a channel whose settings are wrong, or whose name no row can keep."""
    longest = Delivery._meta.get_field("channel").max_length or 0
    found: list[CheckMessage] = []
    for name, channel in channels().items():
        if len(name) > longest:
            found.append(Error(f"The name of the channel {name} is longer than {longest}.", id="notices.E001"))
        found += _faults(channel)
    return found


def read_settings() -> dict[str, Any]:
    """Return the settings of all channels; raise ImproperlyConfigured where one cannot be read."""
    return {setting.name: setting.value for channel in channels().values() for setting in channel.settings}


def _faults(channel: Channel) -> list[CheckMessage]:
    return [
        Error(f"{setting.name}: {sentence}", id="notices.E002")
        for setting in channel.settings
        for sentence in setting.check(setting.value)
    ]
