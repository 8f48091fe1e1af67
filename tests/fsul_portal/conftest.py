"""Lend the tests of long work a broker, and threads a database."""

from contextlib import contextmanager

import pytest
from celery import Celery
from kombu.exceptions import OperationalError as BrokerAway

from fsul_portal.celery import app as portal
from tests.english import in_english
from tests.hands import many_hands

__all__ = ["in_english", "many_hands"]


@contextmanager
def broker_at(url):
    """Let everything that is published go to this broker."""
    app = Celery("tests", broker=url, set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = url
    app.set_default()
    app.set_current()
    try:
        yield app
    finally:
        app.close()
        portal.set_default()
        portal.set_current()


def messages_waiting(app):
    """Take everything out of the queue and return how many messages there were."""
    with app.connection_for_read() as connection, connection.channel() as channel:
        return channel.queue_purge("celery") or 0


@pytest.fixture
def broker(in_english):
    """Keep what is published in memory; `messages_waiting(broker)` counts it."""
    with broker_at("memory://") as app:
        with app.connection_for_write() as connection:
            app.amqp.queues["celery"].bind(connection.channel()).declare()
        messages_waiting(app)
        yield app


@pytest.fixture
def no_broker(in_english):
    """Let every attempt to publish meet a closed door."""
    with broker_at("redis://127.0.0.1:1/0") as app:
        with pytest.raises(BrokerAway):
            app.send_task("nobody.hears", retry=False)
        yield app
