"""Name what the office may set for itself; no standard gives these numbers."""

import environ

env = environ.Env()

__all__ = [
    "CHANNEL_ANSWER_HOURS",
    "DISTRICT_DUE_DAY",
    "DIVISION_CODE",
    "DIVISION_CODE_EXAMPLE",
    "EXCERPTS_KEPT_DAYS",
    "LOCK_DUE_DAY",
    "MEETING_QUORUM",
    "MEETING_WARNINGS",
    "MINUTES_CONFIRM_DAYS",
    "MINUTES_DUE_DAYS",
    "MINUTES_LATEST_DAYS",
    "PROJECT_BULLETIN_DAYS",
    "PROJECT_ESCALATION",
    "PROJECT_LIGHTS",
    "PROJECT_UPDATE_DAY",
    "RETURN_CHECKS",
    "RETURN_DUE_DAY",
    "RETURN_REMINDERS",
    "ROSTER_DUE_DAYS",
    "ROSTER_NUMBERS_KEPT_DAYS",
    "TERM_ENDS_WARNINGS",
    "TURN_PASSED_ON_AFTER",
]

# What the codes of divisions look like (regular expression), and in words for people: by default GB/T 2260 with the
# codes of statistics for towns and below; elsewhere whatever is used there, of letters, digits and hyphens.
DIVISION_CODE = env.str("DIVISION_CODE", default=r"[0-9]{6,12}")
DIVISION_CODE_EXAMPLE = env.str("DIVISION_CODE_EXAMPLE", default="440605, 440605011, 440605011001")
# Of the month after: by when libraries hand in, districts have decided, the office has locked. Once rules are kept
# (`load_defaults`) these count no more.
RETURN_DUE_DAY = env.int("RETURN_DUE_DAY", default=5)
DISTRICT_DUE_DAY = env.int("DISTRICT_DUE_DAY", default=8)
LOCK_DUE_DAY = env.int("LOCK_DUE_DAY", default=12)
# Days before the due day on which those who have not handed in are reminded; negative ones come after it.
RETURN_REMINDERS = (2, 0, -1, -3, -7)
# From where on a return is questioned; no standard gives these numbers, the office may change them.
RETURN_CHECKS = {
    "swing": 0.5,
    "swing_base": 100,
    # With so many months of its own a library is held against what is usual there: how many times its spread a figure
    # may be away, and the least that figures are thought to vary.
    "usual_months": 6,
    "usual": 4,
    "usual_share": 0.1,
    "stock_change": 0.2,
    "loans_per_visit": 5,
    "attendances_per_event": 2000,
    "days_open": 20,
    "same_figures": 3,
    "round_figures": 3,
    # How many times their spread a first figure may be above those of libraries like it.
    "first_spreads": 4,
    # The most of a first month without a question, by level or by a kind that is named; “*” is any other figure.
    "first_figures": {
        "central": {
            "V01": 1_000_000,
            "L01": 1_000_000,
            "R01": 50_000,
            "R04": 3_000_000,
            "C01": 15_000_000,
            "E02": 300_000,
            "*": 100_000_000,
        },
        "district": {
            "V01": 500_000,
            "L01": 500_000,
            "R01": 20_000,
            "R04": 1_000_000,
            "C01": 6_000_000,
            "E02": 100_000,
            "*": 50_000_000,
        },
        "branch": {
            "V01": 100_000,
            "L01": 100_000,
            "R01": 5_000,
            "R04": 200_000,
            "C01": 1_000_000,
            "E02": 30_000,
            "*": 5_000_000,
        },
        "point": {
            "V01": 20_000,
            "L01": 20_000,
            "R01": 1_000,
            "R04": 50_000,
            "C01": 100_000,
            "E02": 10_000,
            "*": 500_000,
        },
    },
    "visits_per_square_metre": 200,
}
# Working days after the due day on which an unanswered turn is told to the deputy, the lead and the chair.
TURN_PASSED_ON_AFTER = (1, 3, 5)
# How many of those with a vote, and of their units, have to be there: none, half, majority or two_thirds.
MEETING_QUORUM = {
    "heads": env.str("MEETING_QUORUM_HEADS", default="half"),
    "units": env.str("MEETING_QUORUM_UNITS", default="half"),
}
# Working days in which the minutes of a meeting are confirmed; silence counts as agreement afterwards.
# Working days after a meeting by which its minutes should be final, and after which the duty is not held.
MINUTES_DUE_DAYS = env.int("MINUTES_DUE_DAYS", default=5)
MINUTES_LATEST_DAYS = env.int("MINUTES_LATEST_DAYS", default=10)
MINUTES_CONFIRM_DAYS = env.int("MINUTES_CONFIRM_DAYS", default=5)
MEETING_WARNINGS = [(6, 30, 1), (10, 31, 2)]  # month, day, meetings that should count by then
# Hours within which a question in a liaison channel is answered.
CHANNEL_ANSWER_HOURS = env.int("CHANNEL_ANSWER_HOURS", default=48)
# Working days after a change of people became known by which its roster is written.
ROSTER_DUE_DAYS = env.int("ROSTER_DUE_DAYS", default=10)
# So many days after somebody has left all rosters his number is erased from the old ones; the name stays.
ROSTER_NUMBERS_KEPT_DAYS = env.int("ROSTER_NUMBERS_KEPT_DAYS", default=180)
# So many days after it was made the file of one district or library goes; whoever asks again has it made anew.
EXCERPTS_KEPT_DAYS = env.int("EXCERPTS_KEPT_DAYS", default=90)
# Days before the last one of a term on which the chair and the office are told of it.
TERM_ENDS_WARNINGS = (60, 30, 7)
# When a key project is red or yellow: working days for which a milestone is overdue, and points by which progress is
# behind the share of time gone by.
PROJECT_LIGHTS = {"red_overdue": 20, "yellow_behind": 10, "red_behind": 25}
# Working days after which an overdue milestone is told to the chair, and to the whole committee.
PROJECT_ESCALATION = (10, 20)
# The day of the month from which on the update of it is asked for.
PROJECT_UPDATE_DAY = 25
# Working days after the end of a quarter by which its bulletin is out.
PROJECT_BULLETIN_DAYS = 15
