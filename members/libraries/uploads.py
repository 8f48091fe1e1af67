"""Keep an uploaded file between its preview and the confirmation, out of everybody's reach but the sender's."""

import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from import_export.tmp_storages import BaseStorage

from fsul_portal.text import clean

SALT = "members.libraries.uploads"
KEPT_SECONDS = 24 * 3600
NAME = re.compile(r"[A-Za-z0-9_-]{32}")
SHOWN_NAME = 120


@dataclass(frozen=True)
class Upload:
    """A kept file: where it lies, what its sender calls it, and what he asked for."""

    path: Path
    name: str
    wishes: dict

    def read(self):
        return self.path.read_bytes()

    def remove(self):
        self.path.unlink(missing_ok=True)


def keep(file, *, by, **wishes):
    """Write the file under a random name and return the token by which its sender finds it again."""
    content = file.read()
    token = {"file": keep_content(content), "by": by.pk, "name": shown_name(file.name), "wishes": wishes}
    return signing.dumps(token, salt=SALT)


def find(token, *, by):
    """Return the upload of a token; None for anybody else, and when it is gone."""
    try:
        said = signing.loads(token, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    path = path_of(said["file"])
    if said["by"] != by.pk or not path.is_file():
        return None
    return Upload(path, said["name"], said["wishes"])


def keep_content(content):
    """Write the bytes under a random name of a private folder, and clear away what nobody came back for."""
    folder = uploads_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    clear_away(folder)
    name = secrets.token_urlsafe(24)
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        kept.write(content)
    return name


def path_of(name):
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return uploads_folder() / name


def uploads_folder():
    return Path(settings.MEDIA_ROOT) / "uploads"


def clear_away(folder):
    oldest = time.time() - KEPT_SECONDS
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def shown_name(name):
    """Make a name fit to be shown: no path, no control characters, not endless."""
    return re.sub(r"[\t\r\n]", " ", clean(Path(name).name))[-SHOWN_NAME:]


class PrivateFolder(BaseStorage):
    """Let the import pages of the admin keep their files in the same folder."""

    def save(self, data):
        self.name = keep_content(data)

    def read(self):
        return path_of(self.name).read_bytes()

    def remove(self):
        path_of(self.name).unlink(missing_ok=True)
