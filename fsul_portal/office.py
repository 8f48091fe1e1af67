"""Name what the office may set for itself; no standard gives these numbers."""

import environ

env = environ.Env()

__all__ = ["MEETING_WARNINGS", "RETURN_CHECKS", "RETURN_DUE_DAY", "TURN_PASSED_ON_AFTER"]

RETURN_DUE_DAY = env.int("RETURN_DUE_DAY", default=5)
# From where on a return is questioned; no standard gives these numbers, the office may change them.
RETURN_CHECKS = {
    "swing": 0.5,
    "swing_base": 100,
    "stock_change": 0.2,
    "loans_per_visit": 5,
    "attendances_per_event": 2000,
    "days_open": 20,
    "same_figures": 3,
    "round_figures": 3,
    # The most V01, L01, R01, R04, C01, E02 of a first month without a question, by level or by a kind that is named.
    "first_figures": {
        "central": (1_000_000, 1_000_000, 50_000, 3_000_000, 15_000_000, 300_000),
        "district": (500_000, 500_000, 20_000, 1_000_000, 6_000_000, 100_000),
        "branch": (100_000, 100_000, 5_000, 200_000, 1_000_000, 30_000),
        "point": (20_000, 20_000, 1_000, 50_000, 100_000, 10_000),
    },
    "visits_per_square_metre": 200,
}
# Working days after the due day on which an unanswered turn is told to the deputy, the lead and the chair.
TURN_PASSED_ON_AFTER = (1, 3, 5)
MEETING_WARNINGS = [(6, 30, 1), (10, 31, 2)]  # month, day, meetings that should count by then
