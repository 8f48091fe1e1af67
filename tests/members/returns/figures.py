"""Hold figures to which no check has anything to say."""

CODES = ("V01", "L01", "L02", "L04", "R01", "R03", "R04", "C01", "E01", "E02", "N05")
SOUND = dict(zip(CODES, (1234, 567, 123, 560, 12, 3, 809, 4321, 4, 97, 26), strict=True))


def sound(**changes):
    """Return sound figures with changes; None takes one out."""
    return {code: value for code, value in (SOUND | changes).items() if value is not None}


def table(*rows, columns=("library_code", "period", "V01")):
    """Return a CSV in the documented format."""
    return "\n".join(",".join(str(cell) for cell in row) for row in (columns, *rows)).encode()
