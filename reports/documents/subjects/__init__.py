"""Chapters of a report by subject: conditions, collections, service."""
