"""Let mails go to a server that listens on this machine: it takes them, refuses them, or says nothing."""

import socketserver
import threading
import time

import pytest
from django.utils import timezone

from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import ATTEMPTS_ALLOWED, Delivery
from fsul_portal.notices.sending.outbox import send_due

pytestmark = pytest.mark.usefixtures("in_english")


class MailServer(socketserver.ThreadingTCPServer):
    """Speak as much SMTP as it takes; `recipient` is what it answers to RCPT, None is silence."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.recipient, self.taken = "250 OK", []


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 loopback")
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"RCPT" and self.server.recipient is None:
                time.sleep(1)
                return
            if word == b"DATA":
                self.say("354 go on")
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            if word == b"QUIT":
                return self.say("221 bye")
            self.say(self.server.recipient if word == b"RCPT" else "250 OK")
        return None

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def server(settings):
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = "", False, 0.3
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def told(cast):
    tell([cast["office"]], key="k", subject="Month locked")


def try_now():
    Delivery.objects.update(due_at=timezone.now())
    send_due()
    return Delivery.objects.get()


def test_a_server_that_refuses_is_tried_again_and_the_last_reason_stays(server, told):
    server.recipient = "550 5.1.1 no such mailbox"
    states = [try_now().state for __ in range(ATTEMPTS_ALLOWED)]
    assert states == ["waiting"] * 5 + ["failed"]
    assert "no such mailbox" in Delivery.objects.get().problem
    assert server.taken == []


def test_a_server_that_says_nothing_is_tried_again(server, told):
    server.recipient = None
    delivery = try_now()
    assert (delivery.state, delivery.problem) == ("waiting", "Connection unexpectedly closed: timed out")
    server.recipient = "250 OK"
    assert try_now().state == "sent"
    assert len(server.taken) == 1
