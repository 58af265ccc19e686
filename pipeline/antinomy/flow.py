"""Files -> coded sentences: ingest, segment, classify and cues, in this order."""

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from antinomy import __version__
from antinomy.classify.artefact import find_model, load_artefact
from antinomy.classify.predict import Classifier
from antinomy.codebook import Codebook, load_codebook
from antinomy.cues.extract import CueExtractor
from antinomy.errors import InputError, Problem, UserError
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.collect import Found, collect_files
from antinomy.ingest.metadata import read_metadata
from antinomy.ingest.registry import read_document
from antinomy.language_model import language_model_hash, parse_texts
from antinomy.records import CodedSentence, Document, Sentence
from antinomy.segment import segment_document

LIBRARIES = ("charset-normalizer", "lxml", "numpy", "onnxruntime", "pypdfium2", "regex", "spacy", "tokenizers")
# Sentences that go through classifier and cue rules together; a window needs its neighbours, so the
# classifier still sees the whole document.
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class LabelSettings:
    """What decides the codes of a file, besides the file.

    Attributes:
        codebook: Path of the study's own codebook; None for antinomy's.
        model: Folder or name of the model; None for the default one.
        read: How files are to be read.
        metadata: Path of the sidecar; None: ``metadata.csv`` beside the inputs, if there is one.
    """

    codebook: Path | None = None
    model: str | None = None
    read: ReadOptions = ReadOptions()
    metadata: Path | None = None


class Labeller:
    """Codebook, classifier and cue rules, loaded once and used for many documents."""

    def __init__(self, settings: LabelSettings) -> None:
        self.settings = settings
        self.codebook: Codebook = load_codebook(settings.codebook)
        self.artefact = load_artefact(find_model(settings.model), self.codebook)
        self._classifier = Classifier(self.artefact, self.codebook)
        self._cues = CueExtractor(self.codebook)

    def provenance(self) -> dict[str, str]:
        """Return what, besides the files, decides every label: names and hashes."""
        return {
            "model": self.artefact.name,
            "model_sha256": self.artefact.sha256,
            "codebook": f"{self.codebook.id} {self.codebook.version}",
            "codebook_sha256": self.codebook.sha256,
            "language_model_sha256": language_model_hash(),
        }

    def decides(self) -> dict[str, str]:
        """Return everything, besides a file and its sidecar, that could change its rows."""
        settings = json.dumps(asdict(self.settings.read), sort_keys=True)
        return {**self.provenance(), **list_versions(), "code_sha256": hash_code(), "settings": settings}

    def read(self, found: Found, metadata: Mapping[str, str]) -> Document:
        """Read one file.

        Raises:
            InputError: If it cannot be read.
        """
        return read_document(found.path, id=found.id, options=self.settings.read, metadata=metadata)

    def label(self, document: Document) -> Iterator[CodedSentence]:
        """Yield the sentences of a document with codes and cues, in order."""
        sentences = list(segment_document(document))
        predictions = self._classifier.predict(sentences)
        speakers = self._name_stakeholders(document)
        date = document.metadata.get("date")
        for first in range(0, len(sentences), CHUNK):
            chunk: Sequence[Sentence] = sentences[first : first + CHUNK]
            cues = self._cues.extract(chunk, document_date=date, parse=parse_texts, speakers=speakers)
            for sentence, found in zip(chunk, cues, strict=True):
                # what an interviewer mentions says nothing about who looks where
                yield CodedSentence(sentence, next(predictions), found if sentence.status == "coded" else ())

    def _name_stakeholders(self, document: Document) -> dict[str, str]:
        """Say for each respondent which stakeholder speaks, from the sidecar's role or the speaker's label."""
        respondents = {turn.speaker for turn in document.turns if turn.role == "respondent" and turn.speaker}
        named = {}
        for speaker in sorted(respondents):
            # the file's role speaks of the one respondent of an interview, not of a focus group
            shared = document.metadata.get("role", "") if len(respondents) == 1 else ""
            for label in (document.metadata.get(f"role:{speaker}", ""), shared, speaker):
                stakeholder = self._cues.speaker_stakeholder(label)
                if stakeholder is not None:
                    named[speaker] = stakeholder
                    break
        return named


@contextmanager
def blame_file(path: Path) -> Iterator[None]:
    """Turn whatever one odd file provokes into an error about it: it must not cost the others.

    Raises:
        InputError: In the place of any exception that is no message to a person and not about the disk.
    """
    try:
        yield
    except (UserError, OSError):
        raise
    except Exception as error:
        raise InputError(
            f"antinomy failed on this file ({type(error).__name__}: {error})",
            where=str(path),
            fix="Save its text as .txt and label that; and please report it.",
        ) from error


def list_versions() -> dict[str, str]:
    """Return the versions of antinomy and of the libraries that have a say in a label."""
    return {"antinomy": __version__, "python": platform.python_version()} | {name: version(name) for name in LIBRARIES}


@cache
def hash_code() -> str:
    """Return a hash over the code and vocabulary of the stages: an edited rule is another rule."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    files = [path for path in sorted(package.rglob("*")) if path.suffix in {".py", ".toml"}]
    for path in files:
        if path.relative_to(package).parts[0] not in {"cli", "report"}:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def label_files(
    paths: Sequence[str | Path], *, settings: LabelSettings | None = None
) -> Iterator[CodedSentence | Problem]:
    """Yield the coded sentences of files, folders and globs, in order.

    A file that cannot be read yields its problems in its place, and the next one goes on.

    Raises:
        UserError: If nothing can be labelled at all: codebook, model or sidecar are wrong.
    """
    chosen = settings or LabelSettings()
    labeller = Labeller(chosen)
    collected = collect_files(paths, skip=[chosen.metadata] if chosen.metadata else [])
    yield from collected.problems
    metadata = read_metadata(collected.found, chosen.metadata)
    for found in collected.found:
        try:
            with blame_file(found.path):
                yield from labeller.label(labeller.read(found, metadata.get(found.id, {})))
        except UserError as error:
            yield from error.problems
