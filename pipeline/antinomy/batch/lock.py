"""One run folder, one process at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from antinomy.errors import OutputError


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold a lock in ``folder``; the system releases it when the process ends, however it ends.

    Raises:
        OutputError: If another process holds it.
    """
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT)
    try:
        try:
            _take(handle)
        except OSError as error:
            raise OutputError(
                "another antinomy is writing this run",
                where=str(folder.parent),
                fix="Wait for it, or name another folder.",
            ) from error
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
