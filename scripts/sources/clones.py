"""A git clone, a commit and a path -> the text of a file, and of that the turns of a document."""

import os
import subprocess
from pathlib import Path

from antinomy.errors import InputError
from sources.cleaning import join_turns
from sources.documents import SourceDocument
from sources.formats import FORMATS

# a clone that left files behind must not fetch them now
OFFLINE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
SECONDS = 60


def build_text(document: SourceDocument, clones: Path) -> str:
    """Return the text of a document, made from the clone of its repository in ``clones``.

    Raises:
        InputError: If clone, commit or file is missing, or the file is laid out otherwise.
    """
    text = read_file(document, clones)
    try:
        if document.start is not None:
            text = text[text.index(document.start) + len(document.start) :]
        if document.stop is not None:
            text = text[: text.index(document.stop)]
        turns = FORMATS[document.format](text)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _say(document, f"the file is not laid out as {document.format!r}") from error
    return join_turns(turns, words=document.words)


def read_file(document: SourceDocument, clones: Path) -> str:
    """Return the pinned file, decoded, without carriage returns.

    Raises:
        InputError: If clone, commit or file is missing, or git is.
    """
    folder = find_clone(document.repository, clones)
    if folder is None:
        raise _say(document, f"there is no clone of {document.repository}")
    command = ["git", f"--git-dir={folder}", "show", f"{document.commit}:{document.path}"]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS, env={**os.environ, **OFFLINE})
    except FileNotFoundError as error:
        raise InputError("git is not installed", where="git", fix="Install it.") from error
    except subprocess.SubprocessError as error:
        raise _say(document, "the clone lacks this version of the file") from error
    return done.stdout.decode("utf-8", "replace").replace("\r", "")


def find_clone(repository: str, clones: Path) -> Path | None:
    """Return the git directory of ``owner/name``: ``owner+name`` or ``owner/name`` in ``clones``, bare or not."""
    for name in (repository.replace("/", "+"), repository):
        for folder in (clones / name / ".git", clones / name):
            if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
                return folder
    return None


def _say(document: SourceDocument, what: str) -> InputError:
    fix = f"Fetch {document.repository} at {document.commit}: {document.path}"
    return InputError(what, where=document.file, fix=fix)
