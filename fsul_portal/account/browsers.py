"""Call a browser and its system by the names that people know."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words

# The first that is found counts: most browsers also bear the names of those they were made from.
BROWSERS: tuple[tuple[str, Words], ...] = (
    ("MicroMessenger", _("WeChat")),
    ("DingTalk", _("DingTalk")),
    ("QIHU", _("360 Browser")),
    ("360SE", _("360 Browser")),
    ("360EE", _("360 Browser")),
    ("MQQBrowser", _("QQ Browser")),
    ("QQBrowser", _("QQ Browser")),
    ("HuaweiBrowser", _("Huawei Browser")),
    ("MiuiBrowser", _("Xiaomi Browser")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("HeadlessChrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: tuple[tuple[str, Words], ...] = (
    ("OpenHarmony", _("HarmonyOS")),
    ("HarmonyOS", _("HarmonyOS")),
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", _("Android")),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(agent: str) -> Words:
    """Return browser and system of a request in words, as far as it says them."""
    found = [str(words) for words in (_first(BROWSERS, agent), _first(SYSTEMS, agent)) if words]
    return " · ".join(found) or _("unknown browser")


def _first(table: tuple[tuple[str, Words], ...], agent: str) -> Words:
    return next((words for sign, words in table if sign in agent), "")
