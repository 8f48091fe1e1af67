"""Say what the code of a division looks like: digits after GB/T 2260, or what the office uses elsewhere."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Codes stand in addresses of pages, whatever the office uses.
PLAIN = re.compile(r"[-A-Za-z0-9_]{1,12}")


def is_code(code: str) -> bool:
    return bool(PLAIN.fullmatch(code) and re.fullmatch(settings.DIVISION_CODE, code))


def wrong_code() -> str:
    """Return the sentence for a code of another form."""
    return _("The code of a division looks like %(example)s.") % {"example": settings.DIVISION_CODE_EXAMPLE}


def check_code(code: str) -> None:
    """Raise ValidationError for what is no code of a division."""
    if not is_code(code):
        raise ValidationError({"code": wrong_code()})
