"""Say in words whether enough were there (6.2.1 b, 7.1)."""

from django.utils.translation import gettext as _

from committee.meetings.rolls.quorum import RULES, Quorum


def in_words(reached: Quorum) -> str:
    """Return the quorum as a sentence: who was there, of how many, and by which rule."""
    told = {
        "there": reached.there,
        "due": reached.due,
        "units": reached.units_there,
        "units_due": reached.units_due,
        "heads_rule": RULES[reached.rule[0]].title,
        "units_rule": RULES[reached.rule[1]].title,
    }
    if reached.is_reached:
        return _("Quorate: %(there)s of %(due)s with a vote, %(units)s of %(units_due)s units.") % told
    return (
        _(
            "Not quorate: %(there)s of %(due)s with a vote (asked for: %(heads_rule)s), %(units)s of %(units_due)s "
            "units (asked for: %(units_rule)s). The meeting does not count, and its decisions are not in force."
        )
        % told
    )
