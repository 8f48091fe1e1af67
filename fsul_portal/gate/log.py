"""Say how the log is written: each entry on one line, with the number of its request."""

from typing import Any


def logging_settings(level: str) -> dict[str, Any]:
    """Return what Django asks for as LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_number": {"()": "fsul_portal.gate.middleware.RequestNumberFilter"}},
        "formatters": {
            "line": {
                "()": "fsul_portal.gate.middleware.OneLineFormatter",
                "format": "{asctime} {levelname} {request_number} {client_address} {name}: {message}",
                "style": "{",
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["request_number"], "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"axes": {"level": "ERROR"}},
    }
