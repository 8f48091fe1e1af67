"""Take files in, put newer versions in their place, withdraw them with a reason."""

import hashlib
from contextlib import suppress
from typing import cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from fsul_portal.files.contents import FileRefused, Upload, fit_name, kind_of_content
from fsul_portal.files.models import Attachment, random_name
from fsul_portal.files.rules import may_attach, may_withdraw
from fsul_portal.grammar.text import clean
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Overtaken, require


@transaction.atomic
def attach(thing: Model, file: Upload, *, by: User, replaces: Attachment | None = None) -> Attachment:
    """Keep a file with the record, or raise FileRefused; sent twice it is kept once.

    replaces: the version in whose place it comes.
    """
    # As it is now: whoever closes the record at this moment is waited for.
    thing = type(thing)._base_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    require(may_attach(by, thing))
    name = fit_name(file.name or "")
    if file.size > settings.UPLOAD_LIMIT:
        raise FileRefused(_("The file is bigger than %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT // 1024**2})
    kind = kind_of_content(file, name)
    _scan(file)
    earlier = _standing(thing, replaces) if replaces else None
    facts = {"name": name, "kind": kind.name, "size": file.size, "digest": _digest(file), "attached_by": by}
    twice = None if earlier else Attachment.objects.of(thing).standing().filter(**facts).first()
    if twice:
        return twice
    version = earlier.version + 1 if earlier else 1
    stored = _store(file)
    try:
        kept = Attachment.objects.create(thing=thing, file=stored, replaces=earlier, version=version, **facts)
        record(thing, "attached", by=by, after={"name": name, "version": version, "digest": kept.digest})
    except Exception:
        # A row that was not written leads nobody to the file: it would lie there for ever.
        default_storage.delete(stored)
        raise
    return kept


@transaction.atomic
def withdraw(attachment: Attachment, *, by: User, note: str) -> Attachment:
    """Take a file out of sight; it stays where it is, with the reason."""
    attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    require(may_withdraw(by, attachment))
    attachment.withdrawn_at, attachment.withdrawn_by, attachment.withdrawn_note = timezone.now(), by, clean(note)
    attachment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_note"])
    # The rule has read the record, so it is there.
    thing = cast("Model", attachment.thing)
    record(thing, "file withdrawn", by=by, before={"name": attachment.name}, note=attachment.withdrawn_note)
    return attachment


def _standing(thing: Model, replaces: Attachment) -> Attachment:
    """Return the version that is replaced, locked; two who replace it at once meet here."""
    found: Attachment | None = (
        Attachment.objects.select_for_update(of=("self",)).of(thing).filter(pk=replaces.pk).first()
    )
    if found is None or found.withdrawn_at or Attachment.objects.filter(replaces=found).exists():
        raise Overtaken(_("Somebody else has replaced or withdrawn this file meanwhile."))
    return found


def _scan(file: Upload) -> None:
    """Let the scanner of the house, if it has one, look at the file: what it returns is why the file is refused."""
    if not settings.UPLOAD_SCANNER:
        return
    file.seek(0)
    sentence = import_string(settings.UPLOAD_SCANNER)(file)
    if sentence:
        raise FileRefused(str(sentence))


def _digest(file: Upload) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _store(file: Upload) -> str:
    """Write the file; a full disk leaves no piece of it behind."""
    name = random_name()
    file.seek(0)
    try:
        return default_storage.save(name, file)
    except OSError as problem:
        with suppress(OSError):
            default_storage.delete(name)
        raise FileRefused(
            _("The file could not be kept: %(reason)s. Tell the administrator.") % {"reason": problem.strerror or ""}
        ) from problem
