"""Hold every answer of the open data against its own description, asked as schemathesis asks (6.2.1 j)."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, reject, settings
from hypothesis.internal.conjecture import providers
from hypothesis.strategies import booleans
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation

from reports.opendata import actions

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j")]
EXAMPLES = 10
# The same requests each time, and as many of them: what fails here fails everywhere.
BOUNDED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=EXAMPLES,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def the_same_wherever_it_runs(monkeypatch):
    """Let Hypothesis draw nothing from whatever modules other tests have loaded: they are others in another run."""
    monkeypatch.setattr(providers, "_get_local_constants", lambda: providers._local_constants)


@pytest.fixture(autouse=True)
def the_connection_stays():
    """Let no request end the transaction that the test is in, as the client of Django's own tests does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def show_token(case, secret):
    """Show the token, unless the case is about what is shown; let go of one whose fault is never sent."""
    about = case.meta.components
    if any(value in ([], {}) for value in (case.query or {}).values()):
        reject()
    if ParameterLocation.HEADER not in about or about[ParameterLocation.HEADER].mode is GenerationMode.POSITIVE:
        case.headers["Authorization"] = f"Bearer {secret}"


def lead_to_something(case):
    """Name an edition that there is, and its first page: what is made up at random is hardly ever there."""
    case.path_parameters.update({"kind": "annual", "period": "2025", "edition": 1} if case.path_parameters else {})
    for name in ("page", "period"):
        case.query.pop(name, None)
    for name, known in (("place", "NH001"), ("indicator", "V01,L01")):
        if case.query.get(name):
            case.query[name] = known


def test_schemathesis_finds_no_answer_that_the_description_forbids(published, reported, person):
    reported("NH001", "2025-03", V01=100)
    published("annual", "2025")
    published("monthly", "2025-03")
    until = timezone.localdate() + timezone.timedelta(days=9)
    secret = actions.issue(by=person("office"), holder="甲", purpose="乙", expires_on=until).secret
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    asked = []

    def hold(operation, mode):
        """Try an operation; of what is allowed half of the requests are led to something that is there."""

        @BOUNDED
        @given(case=operation.as_strategy(generation_mode=mode), is_led=booleans())
        def holds(case, is_led):
            if is_led and mode is GenerationMode.POSITIVE:
                lead_to_something(case)
            show_token(case, secret)
            response = case.call_and_validate()
            asked.append((operation.label, response.status_code))

        holds()

    for found in schema.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            hold(found.ok(), mode)
    labels = {f"GET {path}" for path in schema.raw_schema["paths"]}
    assert {label for label, status in asked if status == 200} == labels
    assert {label for label, status in asked if status == 422} == labels
