"""Ask the broker whether it is there."""

import redis
from django.conf import settings


def broker_answers() -> bool:
    """Return whether the broker answers a ping within two seconds."""
    if not settings.REDIS_URL:
        return False
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
