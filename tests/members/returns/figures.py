"""Hold figures to which no check has anything to say."""

from members.indicators.dictionary import FIRST_INDICATORS, with_the_usual

CODES = tuple(one.code for one in FIRST_INDICATORS)
# What the tests of checks reckon with; of any other indicator they take the least that is usual.
CHOSEN = {"V01": 1234, "L01": 567, "L02": 123, "L04": 560, "R01": 12, "R03": 3, "R04": 809, "C01": 4321}
CHOSEN |= {"E01": 4, "E02": 97, "N05": 26}
SOUND = with_the_usual(CHOSEN, min)


def sound(**changes):
    """Return sound figures with changes; None takes one out, and a part is never more than its changed whole."""
    found = {code: value for code, value in (SOUND | changes).items() if value is not None}
    for one in FIRST_INDICATORS:
        whole = found.get(one.part_of)
        if one.code in found and one.code not in changes and isinstance(whole, int):
            found[one.code] = min(found[one.code], whole)
    return found


def table(*rows, columns=("library_code", "period", "V01")):
    """Return a CSV in the documented format."""
    return "\n".join(",".join(str(cell) for cell in row) for row in (columns, *rows)).encode()
