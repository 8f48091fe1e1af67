"""Find out which system packages are missing, and install those."""

import ctypes
import glob
import importlib.util
import os
import shutil
import subprocess
import sys

from ops.places import say, stop


def has_library(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(name):
    return shutil.which(name) is not None


def has_chinese_font():
    if has_program("fc-list"):
        listing = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=False).stdout
        return "Noto Sans CJK SC" in listing
    return bool(glob.glob("/usr/share/fonts/**/NotoSansCJK-Regular.*", recursive=True))


def postgresql_folder():
    """Return the folder of the newest installed PostgreSQL's programs, or None."""
    folders = glob.glob("/usr/lib/postgresql/*/bin")
    complete = [folder for folder in folders if all(os.path.exists(f"{folder}/{name}") for name in ("initdb", "psql"))]
    return max(complete, key=lambda folder: float(folder.split("/")[-2]), default=None)


# Debian package: how to tell that it is there, by use rather than by name, so that other systems can do as well.
TO_RUN = {
    "python3-venv": lambda: importlib.util.find_spec("ensurepip") is not None,
    "libpango-1.0-0": lambda: has_library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": lambda: has_library("libpangoft2-1.0.so.0"),
    # Not needed for a correct PDF, but without it one with Chinese text takes forty times as long to write.
    "libharfbuzz-subset0": lambda: has_library("libharfbuzz-subset.so.0"),
    "fonts-noto-cjk": has_chinese_font,
}
TO_TEST = {
    "postgresql": lambda: postgresql_folder() is not None,
    "redis-server": lambda: has_program("redis-server"),
    "chromium": lambda: has_program("chromium"),
    "gettext": lambda: has_program("msgfmt") and has_program("xgettext"),
    "poppler-utils": lambda: has_program("pdftotext") and has_program("pdfdetach"),
    # Opens the DOCX that we write; the smallest package which can, 84 MB to fetch and 259 MB on disk.
    "libreoffice-writer-nogui": lambda: has_program("soffice"),
}


def missing(needs):
    return [package for package, is_there in needs.items() if not is_there()]


def as_root():
    """Return the words before a command that make it run as root, or None where nothing does."""
    if os.geteuid() == 0:
        return []
    if not has_program("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def apt(prefix, *words):
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", *words]
    return (
        subprocess.run(command, stdin=None if "-n" not in prefix else subprocess.DEVNULL, check=False).returncode == 0
    )


def explain(packages):
    names = " ".join(packages)
    stop(
        f"These system packages are missing, and neither apt-get nor sudo can be used here: {names}\n"
        f"缺少以下系统软件包，而此处无法使用 apt-get 或 sudo：{names}\n"
        f"An administrator can install them with:  apt-get install --no-install-recommends {names}"
    )


def install_missing(needs):
    packages = missing(needs)
    if not packages:
        return
    prefix = as_root()
    if prefix is None or not has_program("apt-get"):
        explain(packages)
    say(f"Installing system packages: {' '.join(packages)}")
    install = ["install", "-y", "--no-install-recommends", *packages]
    # A bare machine has no package lists yet, and old lists name files that are gone.
    if not apt(prefix, *install):
        apt(prefix, "update")
        apt(prefix, *install)
    still = missing(needs)
    if still:
        stop(f"apt-get could not install: {' '.join(still)}. Its own message stands above.")
