"""Say by which words a library is found in the days of a spell."""

from typing import Any

from fsul_portal.finding.pinyin import search_words
from members.libraries.finding.kinds import ENGLISH


def words_of_spell(spell: Any) -> str:
    """Return its names and places as they are written and read, its code, address and kind as they stand.

    The telephone is no word by which anybody finds: it is shown to whoever stands before the page.
    """
    places = [division.name for division in (spell.district, spell.town) if division]
    english = [division.name_en for division in (spell.district, spell.town) if division]
    also = (spell.library.code, spell.address, spell.kind, ENGLISH.get(spell.kind, ""), *english)
    return search_words(spell.name, spell.short_name, *places, also=also)
