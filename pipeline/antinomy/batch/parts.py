"""What was labelled of each document so far, kept so that a run can be killed and go on."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from antinomy.codebook import Codebook
from antinomy.ingest.collect import Found
from antinomy.records import CodedSentence, Document
from antinomy.store import CUE_SCHEMA, cue_table, document_table, sentence_table, write_table

ROWS = 4_096
KINDS = ("sentences", "cues", "document")


@dataclass(frozen=True, slots=True)
class Part:
    """The files of one labelled document; complete once the last of them, the document, is there."""

    folder: Path
    key: str

    def path(self, kind: str) -> Path:
        """Return the file of one kind."""
        return self.folder / f"{self.key}.{kind}.parquet"

    def is_complete(self) -> bool:
        """Whether the document was labelled to its end and its files can still be read."""
        try:
            for kind in KINDS:
                pq.read_metadata(self.path(kind))
        except (OSError, pa.ArrowException):
            return False
        return True


def make_key(file_sha256: str, found: Found, metadata: Mapping[str, str], decides: Mapping[str, str]) -> str:
    """Return a key that changes with anything that could change a document's rows.

    Args:
        file_sha256: Hash of the file.
        found: Its path and id.
        metadata: What the sidecar says of it.
        decides: Hashes, versions and settings that hold for the whole run.
    """
    content = json.dumps([file_sha256, found.id, str(found.path), dict(metadata), dict(decides)], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def write_part(
    part: Part,
    document: Document,
    coded: Iterator[CodedSentence],
    codebook: Codebook,
    schema: pa.Schema,
    *,
    advance: Callable[[float, int], None],
) -> None:
    """Write the rows of one document; nothing counts as done before everything is on disk."""
    names = {kind: part.path(kind).with_suffix(".tmp") for kind in KINDS}
    with (
        pq.ParquetWriter(names["sentences"], schema, compression="zstd") as sentences,
        pq.ParquetWriter(names["cues"], CUE_SCHEMA, compression="zstd") as cues,
    ):
        while chunk := list(islice(coded, ROWS)):
            sentences.write_table(sentence_table(chunk, codebook, schema))
            cues.write_table(cue_table(cue for item in chunk for cue in item.cues))
            advance(chunk[-1].sentence.end / len(document.text), len(chunk))
    write_table(document_table([document]), names["document"])
    for kind in KINDS:
        _sync(names[kind])
        os.replace(names[kind], part.path(kind))


def _sync(path: Path) -> None:
    """Wait until a file is on disk: a power cut must not leave a name without its content."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def clear_parts(folder: Path, keep: Iterable[Part]) -> None:
    """Delete what no document of the run needs."""
    wanted = {part.path(kind) for part in keep for kind in KINDS}
    for path in folder.iterdir():
        if path not in wanted and path.suffix in (".parquet", ".tmp"):
            path.unlink()
