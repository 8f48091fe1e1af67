"""Dress the admin in the colours of the portal."""

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

UNFOLD = {
    "SITE_TITLE": _("FSUL coordination portal"),
    "SITE_HEADER": _("Coordination portal"),
    "SITE_SUBHEADER": _("Foshan United Library"),
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("icons/mark.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("icons/mark.svg")},
    ],
    "STYLES": [lambda request: static("css/admin.css")],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "COLORS": {
        "primary": {
            "50": "239 246 255",
            "100": "219 234 254",
            "200": "191 219 254",
            "300": "147 197 253",
            "400": "96 165 250",
            "500": "46 111 190",
            "600": "29 91 168",
            "700": "24 74 138",
            "800": "21 61 113",
            "900": "18 50 92",
            "950": "12 33 61",
        }
    },
}
