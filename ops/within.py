"""Let a test run end in time: a plugin of pytest that runs first what was changed, and passes over what comes too late.

The moment stands in the environment, since the start of servers and workers counts as well.
"""

import os
import subprocess
import time

import pytest

from ops.places import ROOT

UNTIL = "TESTS_UNTIL"
PASSED_OVER = pytest.StashKey[int]()


def git(*words):
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def changed_files():
    """Return what differs from where this branch began, what is not yet under version control included."""
    began = git("merge-base", "HEAD", "origin/main") or ["HEAD"]
    return [*git("diff", "--name-only", began[0]), *git("ls-files", "--others", "--exclude-standard")]


def mirror_of(name, root=ROOT):
    """Return where the tests of a file lie: itself, or the folder that mirrors the nearest of its own."""
    path = root / name
    if name.startswith("tests/"):
        return path
    mirrors = (root / "tests" / folder.relative_to(root) for folder in path.parents if folder.is_relative_to(root))
    return next((mirror for mirror in mirrors if mirror.is_dir() and mirror != root / "tests"), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    near = {mirror_of(name) for name in changed_files()}
    items.sort(key=lambda item: near.isdisjoint({item.path, *item.path.parents}))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item):
    """Tell pytest that the test is dealt with, once the time is over."""
    if time.time() < float(os.environ[UNTIL]):
        return None
    count(item.config, 1)
    return True


def count(config, more):
    config.stash[PASSED_OVER] = config.stash.get(PASSED_OVER, 0) + more


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["passed_over"] = session.config.stash.get(PASSED_OVER, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    count(node.config, getattr(node, "workeroutput", {}).get("passed_over", 0))


def pytest_terminal_summary(terminalreporter, config):
    passed_over = config.stash.get(PASSED_OVER, 0)
    if passed_over:
        terminalreporter.write_line(
            f"The time is over: {passed_over} tests were not reached; `make test` runs them all."
        )
