"""Bytes or a writer -> a file that is either whole or not there."""

from collections.abc import Callable
from pathlib import Path

from antinomy.errors import OutputError


def save_file(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` and return it.

    Raises:
        OutputError: If the place cannot be written.
    """
    return save_through(path, lambda unfinished: unfinished.write_bytes(content))


def save_through(path: Path, write: Callable[[Path], object]) -> Path:
    """Let ``write`` fill a file beside ``path`` and put it in place when it is whole.

    Raises:
        OutputError: If the place cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        try:
            write(unfinished)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        fix = "Close the file if it is open elsewhere, and check that the folder can be written to."
        raise OutputError(f"the file cannot be written ({error.strerror})", where=str(path), fix=fix) from error
    return path
