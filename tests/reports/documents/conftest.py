"""Print each kind of report once for all tests which only read it."""

import io

import pytest
from pypdf import PdfReader

from reports.documents import render_pdf
from tests.reports.documents.fakes import snapshot

LIBRARIES = 60


@pytest.fixture(scope="session")
def annual():
    return snapshot("annual", LIBRARIES)


@pytest.fixture(scope="session")
def small():
    return snapshot("annual", 14)


@pytest.fixture(scope="session")
def annual_pdf(annual):
    return print_pdf(annual)


@pytest.fixture(scope="session")
def annual_pages(annual_pdf):
    return PdfReader(io.BytesIO(annual_pdf))


@pytest.fixture(scope="session")
def monthly_pages():
    return PdfReader(io.BytesIO(print_pdf(snapshot("monthly", LIBRARIES, provisional=True))))


def print_pdf(facts, **options):
    out = io.BytesIO()
    render_pdf(facts, out, **{"language": "en", **options})
    return out.getvalue()
