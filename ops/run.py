"""Set up, then run the whole portal in the foreground until Ctrl-C."""

import fcntl
import http.client
import os
import secrets
import shutil
import socket
import time
from contextlib import suppress
from urllib.parse import urlsplit

from ops import children, supervision
from ops.broker import Embedded
from ops.places import ROOT, VAR, VENV, environment, make_private, say, stop
from ops.setup import set_up

SECONDS_TO_ANSWER = 90

ACCOUNTS = """\
  admin              系统管理员             system administrator
  chair              联席会议主任           chair of the committee
  committee          委员                   committee member
  office             协调办秘书             secretary of the coordination office
  coordination-lead  协调组组长             lead of the coordination group
  technical-lead     技术组组长             lead of the technical group
  resources-lead     资源组组长             lead of the resources group
  nanhai             南海区总馆填报员       editor of the Nanhai district library
  nanhai-reviewer    南海区总馆审核人       signing reviewer of the Nanhai district library
  chancheng          禅城区总馆填报员       editor of the Chancheng district library
  branch             南海区一家分馆         a branch in Nanhai
  observer           观察员                 reads what is published"""


def chosen_port():
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        stop(f"PORT must be a number between 1 and 65535, not {text!r}.")
    return int(text)


def require_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            stop(
                f"Port {port} cannot be used ({error.strerror}). Choose another: make run PORT={port + 1}\n"
                f"端口 {port} 无法使用，请换一个端口：make run PORT={port + 1}"
            )


def hold_folder():
    """Return an open lock: two portals must not write into one var folder."""
    lock = (make_private(VAR / "run") / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stop("The portal already runs from this folder.\n平台已在本目录中运行。")
    return lock


def secret_key():
    """Return the key of this installation; it is made once, and only its owner can read it."""
    path = VAR / "secret_key"
    with suppress(FileExistsError):
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()


def empty_folder(folder):
    """Make the folder anew: what a killed job left half done in it is of no use to the next one."""
    shutil.rmtree(folder, ignore_errors=True)
    return make_private(folder)


def settings_for(port, broker):
    """Return what the programs find in their environment; what the caller has set stays as it is."""
    own = {"DEBUG": "0", "SITE_URL": f"http://127.0.0.1:{port}", "TMPDIR": str(empty_folder(VAR / "tmp"))}
    if broker:
        own["REDIS_URL"] = broker.url
    if not os.environ.get("SECRET_KEY"):
        own["SECRET_KEY"] = secret_key()
    return environment(**{name: value for name, value in own.items() if not os.environ.get(name)})


def health(port, site_url):
    """Return the status and the words of the health page, or None and a reason."""
    site = urlsplit(site_url)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": site.netloc, "X-Forwarded-Proto": site.scheme})
        answer = connection.getresponse()
        return answer.status, answer.read(500).decode(errors="replace").strip()
    except OSError as error:
        return None, str(error)
    finally:
        connection.close()


def end_of_log(name, count=15):
    path = supervision.LOGS / f"{name}.log"
    lines = path.read_text(errors="replace").splitlines()[-count:] if path.exists() else []
    return "\n".join([f"The end of {path.relative_to(ROOT)}:", *(f"  {line}" for line in lines)])


def wait_until_it_answers(supervisor, port, site_url, log_size):
    """Return once the portal answers and all its programs run; else stop with the end of the log that says why not."""
    deadline, broken, words = time.monotonic() + SECONDS_TO_ANSWER, None, ""
    while time.monotonic() < deadline and supervisor.poll() is None and not broken:
        status, words = health(port, site_url)
        said = supervision.said_since(log_size)
        if status == 200 and supervision.all_run(said):
            return
        broken = supervision.broken_program(said)
        time.sleep(0.2)
    if broken:
        stop(f"The portal did not start: {broken} ends again and again.\n{end_of_log(broken)}")
    stop(f"The portal did not start: {words}\n{end_of_log(silent_part(words))}")


def silent_part(words):
    """Return the program whose log tells most where the health page says these words."""
    return "broker" if "broker" in words and (supervision.LOGS / "broker.log").exists() else "web"


def welcome(site_url):
    password = os.environ.get("DEMO_PASSWORD") or "fsul-demo-2026"
    return (
        f"\n平台已启动 · The portal is running:  {site_url}/\n\n"
        f"演示账号，密码均为 {password} · Demo accounts, all with the password {password}\n{ACCOUNTS}\n\n"
        "按 Ctrl-C 停止 · Ctrl-C stops it. 日志 · Logs: var/log/\n"
    )


def supervise(port, broker):
    settings = settings_for(port, broker)
    configuration = supervision.write_configuration(port, broker.choose_server() if broker else None)
    log_size = supervision.size_of_log()
    say("Starting web, worker and beat")
    supervisor = children.start([VENV / "bin" / "supervisord", "-c", configuration], env=settings)
    try:
        wait_until_it_answers(supervisor, port, settings["SITE_URL"], log_size)
        print(welcome(settings["SITE_URL"]), flush=True)
        supervisor.wait()
        stop("The supervisor ended unexpectedly; see var/log/supervisord.log.")
    except KeyboardInterrupt:
        print("\n正在停止 · Stopping …", flush=True)
    finally:
        end(supervisor)


def end(supervisor):
    """Stop everything in good order; a second Ctrl-C stops it at once."""
    try:
        supervisor.terminate()
        supervisor.wait()
    except KeyboardInterrupt:
        print("Stopping at once", flush=True)
    finally:
        children.kill_all()


def run():
    children.heed_signals()
    port = chosen_port()
    require_free(port)
    with hold_folder():
        set_up()
        children.adopt_orphans()
        broker = None if os.environ.get("REDIS_URL") else Embedded()
        try:
            supervise(port, broker)
        finally:
            if broker:
                broker.remove_folder()


if __name__ == "__main__":
    try:
        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
