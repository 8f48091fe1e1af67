"""The figures of a report, added up and frozen."""
