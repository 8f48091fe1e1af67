"""Work with a million small things that are all needed to the end; light, since presses load it too."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

# mallopt(3) of glibc: from which size on a block comes from the system and goes back to it at once.
M_MMAP_THRESHOLD, LARGE = -3, 1024**2


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Let nobody look for garbage among a million small things, all of which are needed to the end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@cache
def give_large_blocks_back() -> bool:
    """Let the allocator keep no block of a megabyte that nobody needs any more; say whether it knows how.

    By itself it learns to keep them: after two documents a process held 50 MB more, since each font is a copy of 25 MB.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return bool(mallopt and mallopt(M_MMAP_THRESHOLD, LARGE))
