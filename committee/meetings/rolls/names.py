"""Know one person in several spellings, and ask where a name on a roll may be somebody with an account."""

import re
import unicodedata

from members.people.models import User

BLANKS = re.compile(r"\s+")
CHINESE = re.compile("[\u3400-\u9fff]")
# Names come by copying: with marks that nobody sees, and with whatever dot the sender's keyboard had.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
DOTS = re.compile("[\u2022\u2027\u2219\u22c5\u30fb\u16eb]")


def spelled(words: str) -> str:
    """Return the one spelling of a name: no full-width letters, no blanks between Chinese characters, one dot."""
    plain = DOTS.sub("·", UNSEEN.sub("", unicodedata.normalize("NFKC", words)))
    return BLANKS.sub("" if CHINESE.search(plain) else " ", plain).strip()


def people_by_name():
    """Return those who have an account by their names, as they are spelled here."""
    people: dict[str, list] = {}
    for person in User.objects.filter(is_active=True).exclude(name="").select_related("library"):
        people.setdefault(spelled(person.name).casefold(), []).append(person)
    return people


def unit_of(person: User) -> str:
    """Return the name of the library where somebody works, or ""."""
    if person.library is None:
        return ""
    return person.library.facts.name if person.library.facts else person.library.code


def is_of(person, unit):
    return bool(unit) and spelled(unit_of(person)) == unit
