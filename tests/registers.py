"""Find every register of the portal, those that inherit from one which only shares what they have in common too."""

from fsul_portal.registers.register import Register


def registers(of=Register):
    """Yield each heir that has a name of its own."""
    for heir in of.__subclasses__():
        if hasattr(heir, "name"):
            yield heir
        yield from registers(heir)
