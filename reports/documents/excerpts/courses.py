"""Draw the months of a district or a library, as they were frozen with the report (6.1 d)."""

from functools import partial
from typing import Any

from ..charts import Courses, Month, course_of, courses_chart
from ..figures import NOT_APPLICABLE, library_text
from ..layout.book import Figure
from ..reading import Reading

MONTHS = "place"


def months_of_place(reading: Reading, place: Any) -> list[Figure]:
    """Return the chart of a place: none where an older edition did not keep its months, or nobody gave a figure."""
    courses = _courses(reading, place)
    if not any(month.value is not None for course in courses.values() for month in course):
        return []
    return [Figure(f"{MONTHS}-{place.code}.svg", partial(courses_chart, reading, courses, place.name))]


def _courses(reading: Reading, place: Any) -> Courses:
    kept = reading.snapshot.get("by_month", {"districts": {}, "libraries": {}})
    if place.library is None:
        return {code: course_of(reading, points) for code, points in kept["districts"].get(place.code, {}).items()}
    found = kept["libraries"].get(place.code, {})
    return {code: [_answered(answer) for answer in answers] for code, answers in found.items()}


def _answered(answer: Any) -> Month:
    """Read what a library gave: a number is whole, since it is its own."""
    if answer is None:
        return Month(None, True, NOT_APPLICABLE, NOT_APPLICABLE)
    number = answer if isinstance(answer, int) else None
    text = library_text({"value": number, "status": "reported" if number is not None else answer})
    return Month(number, True, text, text)
