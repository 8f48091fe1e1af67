"""Write the supervisor's configuration: which programs make up the running portal."""

import os
import re
import shlex
from collections import Counter

from ops.places import ROOT, VAR, VENV, make_private

CONFIGURATION = VAR / "run" / "supervisord.conf"
LOGS = VAR / "log"
LOG = LOGS / "supervisord.log"
# While the portal starts nothing ends by itself. Three times is no accident of a slow machine any more.
ENDS_OF_A_BROKEN_PROGRAM = 3


def percent(text):
    return str(text).replace("%", "%%")


def section(title, values):
    return "\n".join([f"[{title}]", *(f"{name}={percent(value)}" for name, value in values.items())]) + "\n"


def program(name, command, priority, *, patience):
    """Describe a program that is started again whenever it ends; it gets `patience` seconds to stop by itself."""
    values = {
        "command": shlex.join(str(word) for word in command),
        "directory": ROOT,
        "priority": priority,
        "autorestart": "true",
        "startsecs": 2,
        "startretries": 20,
        "stopwaitsecs": patience,
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": LOGS / f"{name}.log",
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": 3,
    }
    return section(f"program:{name}", values)


def web(port):
    options = ["--workers", "2", "--threads", "4", "--graceful-timeout", "10", "--preload"]
    # No query and no referrer: what people search for does not belong in a log.
    line = "%(t)s %({portal.client_address}e)s %(m)s %(U)s %(s)s %(M)sms"
    options += ["--access-logfile", "-", "--access-logformat", line]
    # The control socket would be made in the home folder.
    options += ["--no-control-socket", "--worker-tmp-dir", str(VAR / "run")]
    return [VENV / "bin" / "gunicorn", "fsul_portal.wsgi:application", "--bind", f"127.0.0.1:{port}", *options]


def celery(*words):
    return [VENV / "bin" / "celery", "-A", "fsul_portal", *words, "--loglevel", "INFO"]


def portal(port):
    # A job that is still running when the patience ends is delivered again at the next start.
    # Pages go before it: whoever looks at one waits, and nobody waits for a report with folded hands.
    worker = ["nice", "-n", "5", *celery("worker", "--concurrency", "2", "--without-gossip", "--without-mingle")]
    # Beat is a program of its own: inside the worker it would outlive a killed worker and fire twice.
    beat = celery("beat", "--pidfile=")
    return [
        program("web", web(port), 10, patience=15),
        program("worker", worker, 20, patience=20),
        program("beat", beat, 30, patience=10),
    ]


def write_configuration(port, broker):
    """Write the configuration of all programs; `broker` starts the embedded one, None where REDIS_URL names another."""
    make_private(LOGS)
    make_private(CONFIGURATION.parent)
    own = {
        "nodaemon": "true",
        "silent": "true",
        "directory": ROOT,
        "umask": "077",
        "logfile": LOG,
        "pidfile": VAR / "run" / "supervisord.pid",
    }
    if os.geteuid() == 0:
        own["user"] = "root"
    # A group is stopped as one: first the portal, whose last words still go through the broker, then the broker.
    parts = [section("supervisord", own), section("group:portal", {"programs": "web,worker,beat", "priority": 10})]
    if broker:
        parts.append(program("broker", broker, 1, patience=15))
    parts += portal(port)
    CONFIGURATION.write_text("\n".join(parts))
    return CONFIGURATION


def size_of_log():
    return LOG.stat().st_size if LOG.exists() else 0


def said_since(size):
    """Return what the supervisor wrote since its log had this size."""
    if not LOG.exists():
        return ""
    with LOG.open("rb") as log:
        log.seek(size)
        return log.read().decode(errors="replace")


def all_run(words):
    """Tell by the supervisor's words whether every program that it started still runs."""
    last = {name: event for event, name in re.findall(r" (spawned|success|exited): '?(\w+)", words)}
    return set(last.values()) == {"success"}


def broken_program(words):
    """Return the program that ended again and again by the supervisor's words, or None."""
    ends = Counter(re.findall(r" exited: (\w+) ", words))
    return next((name for name, times in ends.items() if times >= ENDS_OF_A_BROKEN_PROGRAM), None)
