"""The lock is all that an installation needs, however old the pip and however new the index."""

import base64
import hashlib
import platform
import re
import sys
import venv
import zipfile
from importlib.metadata import distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ops.places import ROOT
from ops.setup import OLDEST_PIP_FOLDER, install

LOCKS = ("requirements.txt", "requirements-dev.txt")
# Debian 12's Python, beside the one that runs the test: some packages ask an older Python for more.
PYTHONS = {"3.11.2", platform.python_version()}


def write_wheel(folder, name, version, *needs, extra=""):
    """Write the smallest wheel there is; return the line that locks it."""
    home = f"{name}-{version}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    metadata += [f"Provides-Extra: {extra}"] if extra else []
    metadata += [f"Requires-Dist: {need}" for need in needs]
    files = {
        f"{name}.py": "",
        f"{home}/METADATA": "\n".join(metadata) + "\n",
        f"{home}/WHEEL": "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for place, text in files.items():
            wheel.writestr(place, text)
        wheel.writestr(f"{home}/RECORD", "".join(f"{place},{fingerprint(text)}\n" for place, text in files.items()))
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def fingerprint(text):
    """Return what a wheel's RECORD says of a file: its hash and its size."""
    raw = hashlib.sha256(text.encode()).digest()
    return f"sha256={base64.urlsafe_b64encode(raw).rstrip(b'=').decode()},{len(text)}"


@pytest.fixture
def index(tmp_path, monkeypatch):
    """Make a folder the only index there is, for a pip that has no settings of this machine."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.delenv("PIP_CONSTRAINT", raising=False)
    return folder


@pytest.fixture(scope="module")
def oldest_pip(tmp_path_factory):
    """Unpack the oldest pip that we support; run out of its wheel it would be compiled anew at each call."""
    folder = tmp_path_factory.mktemp("oldest-pip")
    [wheel] = OLDEST_PIP_FOLDER.glob("pip-*.whl")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


@pytest.fixture
def bare_python(tmp_path, oldest_pip, monkeypatch):
    """Lend an environment with nothing in it but the path to the oldest pip."""
    venv.create(tmp_path / "venv", with_pip=False)
    monkeypatch.setenv("PYTHONPATH", str(oldest_pip))
    return tmp_path / "venv" / "bin" / "python"


def installed_in(python):
    return sorted(folder.stem for folder in python.parent.parent.glob("lib/python*/site-packages/*.dist-info"))


def lock_of(folder, *lines):
    path = folder / "lock.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_lock_older_than_the_index_installs_with_the_oldest_pip(index, bare_python, tmp_path):
    measure = write_wheel(index, "measure", "1.0", "reader>=1; extra == 'toml'", extra="toml")
    report = write_wheel(index, "report", "1.0", "measure[toml]>=1")
    write_wheel(index, "measure", "1.1", "reader>=1; extra == 'toml'", extra="toml")
    install(lock_of(tmp_path, measure, report), python=bare_python)
    assert installed_in(bare_python) == ["measure-1.0", "report-1.0"]


def test_a_lock_that_lacks_a_package_ends_the_set_up(index, bare_python, tmp_path, capfd):
    report = write_wheel(index, "report", "1.0", "measure>=1")
    with pytest.raises(SystemExit):
        install(lock_of(tmp_path, report), python=bare_python)
    assert "report 1.0 requires measure, which is not installed." in capfd.readouterr().out


def test_a_file_that_is_not_the_locked_one_is_refused(index, bare_python, tmp_path):
    locked = write_wheel(index, "report", "1.0")
    write_wheel(index, "report", "1.0", "measure>=1")
    with pytest.raises(SystemExit):
        install(lock_of(tmp_path, locked), python=bare_python)
    assert installed_in(bare_python) == []


def locked_versions():
    """Return the version of each package in the locks."""
    text = "\n".join((ROOT / lock).read_text("utf-8") for lock in LOCKS)
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)}


def asked_for():
    """Return what the .in files ask for."""
    lines = [line for lock in LOCKS for line in (ROOT / lock).with_suffix(".in").read_text("utf-8").splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def needs_of(distribution, extras, python):
    """Return what a package requires under that Python, with these of its extras."""
    for line in distribution.requires or []:
        need = Requirement(line)
        choices = [{"python_full_version": python, "extra": extra} for extra in ("", *extras)]
        if need.marker is None or any(need.marker.evaluate(choice) for choice in choices):
            yield need


def all_needs(python):
    """Yield every requirement that follows from the .in files, extras of extras included."""
    installed = {canonicalize_name(one.metadata["Name"]): one for one in distributions()}
    waiting, seen = [("requirements.in", need) for need in asked_for()], set()
    while waiting:
        asker, need = waiting.pop()
        yield asker, need
        name, extras = canonicalize_name(need.name), frozenset(need.extras)
        if (name, extras) not in seen and name in installed:
            seen.add((name, extras))
            waiting += [(name, more) for more in needs_of(installed[name], extras, python)]


@pytest.mark.parametrize("python", sorted(PYTHONS))
def test_the_lock_is_complete(python):
    locked = locked_versions()
    unmet = {
        f"{asker} needs {need}"
        for asker, need in all_needs(python)
        if not need.specifier.contains(locked.get(canonicalize_name(need.name), ""), prereleases=True)
    }
    assert unmet == set()


def test_nothing_is_installed_that_is_not_locked():
    own = [one for one in distributions() if str(one.locate_file("")).startswith(sys.prefix)]
    names = {canonicalize_name(one.metadata["Name"]) for one in own}
    assert names - locked_versions().keys() <= {"pip", "setuptools"}
