"""Inputs and settings -> a run folder: parquet files, run.json, and whatever else was asked for."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from antinomy import __version__
from antinomy.batch.lock import lock_folder
from antinomy.batch.parts import Part, clear_parts, make_key, write_part
from antinomy.batch.progress import Progress
from antinomy.codebook import Codebook
from antinomy.errors import InputError, OutputError, Problem, UserError, escape_unprintable
from antinomy.flow import Labeller, blame_file, list_versions
from antinomy.ingest.collect import Found
from antinomy.store import (
    CUE_SCHEMA,
    DOCUMENT_GROUP,
    DOCUMENT_SCHEMA,
    ROW_GROUP,
    concat_tables,
    sentence_schema,
)

PARTS = ".parts"
TABLES = ("sentences", "cues", "documents")


@dataclass(slots=True)
class RunState:
    """What a run has come to so far."""

    started: str
    inputs: list[dict[str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    failures: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended: how many files were labelled, which failed, what else should be known."""

    labelled: int
    failures: tuple[Problem, ...]
    warnings: tuple[str, ...]
    counts: Mapping[str, int]


def prepare_folder(out: Path) -> None:
    """Make sure that the run can be written before any work is done.

    Raises:
        OutputError: If the folder cannot be made or written, or holds something other than a run.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        foreign = [path.name for path in out.iterdir()]
        if foreign and not (out / PARTS).is_dir() and not (out / "run.json").is_file():
            raise OutputError(
                f"the folder holds other files ({foreign[0]}, …)", where=str(out), fix="Name a new or empty folder."
            )
        (out / PARTS).mkdir(exist_ok=True)
        probe = out / PARTS / "probe.tmp"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise OutputError(
            f"the folder cannot be written ({error.strerror})", where=str(out), fix="Choose another place with --out."
        ) from error


def run_labelling(
    found: Sequence[Found],
    metadata: Mapping[str, Mapping[str, str]],
    out: Path,
    *,
    labeller: Labeller,
    settings: Mapping[str, object],
    problems: Sequence[Problem] = (),
    notes: Sequence[str] = (),
    progress: Progress,
) -> RunResult:
    """Label files into a run folder; files that are already labelled there are not labelled again.

    Args:
        found: The files, in the order of their rows.
        metadata: Document id -> what the sidecar says.
        out: The run folder, prepared.
        labeller: Codebook, model and rules.
        settings: What the person asked for, as it is to stand in ``run.json``.
        problems: Failures met while collecting the files.
        notes: What else was met while collecting them.
        progress: Where to report.
    """
    state = RunState(datetime.now(UTC).isoformat(timespec="seconds"), failures=list(problems), warnings=list(notes))
    schema = sentence_schema(labeller.codebook, labeller.provenance())
    with lock_folder(out / PARTS):
        for file in found:
            try:
                _label_file(file, metadata.get(file.id, {}), out, state, labeller, schema, progress)
            except OutputError:
                raise
            except UserError as error:
                state.failures += error.problems
                for problem in error.problems:
                    progress.fail(problem)
        return _finish(state, out, labeller, schema, settings)


def _label_file(
    file: Found,
    metadata: Mapping[str, str],
    out: Path,
    state: RunState,
    labeller: Labeller,
    schema: pa.Schema,
    progress: Progress,
) -> None:
    """Label one file into its part, unless that is there already.

    Raises:
        InputError: If the file cannot be labelled, for whatever reason that lies in it.
        OutputError: If the part cannot be written.
    """
    sha256 = hash_input(file.path)
    part = Part(out / PARTS, make_key(sha256, file, metadata, labeller.decides()))
    reused = part.is_complete()
    advance = progress.begin_file(file.path.stat().st_size, reused=reused)
    try:
        if not reused:
            with blame_file(file.path):
                document = labeller.read(file, metadata)
                if document.sha256 != sha256:
                    raise InputError("the file changed while it was read", where=str(file.path), fix="Label it again.")
                write_part(part, document, labeller.label(document), labeller.codebook, schema, advance=advance)
    except OSError as error:
        fix = "Make room or choose another place, and start again: it goes on where it stopped."
        raise OutputError(f"the run cannot be written ({error.strerror or error})", where=str(out), fix=fix) from error
    advance(1.0, 0)
    state.parts.append(part)
    state.inputs.append({"document": file.id, "path": escape_unprintable(str(file.path)), "sha256": sha256})


def hash_input(path: Path) -> str:
    """Return the sha256 of a file.

    Raises:
        InputError: If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})", where=str(path), fix="Check path and permissions."
        ) from error


def _finish(
    state: RunState,
    out: Path,
    labeller: Labeller,
    schema: pa.Schema,
    settings: Mapping[str, object],
) -> RunResult:
    schemas = {"sentences": schema, "cues": CUE_SCHEMA, "documents": DOCUMENT_SCHEMA}
    for name in TABLES:
        kind = "document" if name == "documents" else name
        target = out / f"{name}.parquet"
        waiting = out / PARTS / f"{name}.tmp"
        size = DOCUMENT_GROUP if name == "documents" else ROW_GROUP
        concat_tables((part.path(kind) for part in state.parts), waiting, schemas[name], rows_per_group=size)
        os.replace(waiting, target)
    counts = count_rows(out, labeller.codebook, len(state.parts), len(state.failures))
    warnings = (*state.warnings, *_notes(out), *_warn_of_codes(labeller))
    run = {
        "antinomy": __version__,
        "versions": list_versions(),
        "started": state.started,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "codebook": {
            "id": labeller.codebook.id,
            "version": labeller.codebook.version,
            "sha256": labeller.codebook.sha256,
        },
        "model": {
            "name": labeller.artefact.name,
            "version": labeller.artefact.config["version"],
            "sha256": labeller.artefact.sha256,
            "codes": list(labeller.artefact.labels),
        },
        "test_scores": labeller.artefact.read_test_scores(),
        "language_model_sha256": labeller.provenance()["language_model_sha256"],
        "inputs": state.inputs,
        "settings": dict(settings),
        "failures": [_describe(problem) for problem in state.failures],
        "warnings": list(warnings),
        "counts": counts,
    }
    write_json_atomically(out / "codebook.json", labeller.codebook.as_dict())
    write_json_atomically(out / "run.json", run)
    clear_parts(out / PARTS, state.parts)
    return RunResult(len(state.parts), tuple(state.failures), warnings, counts)


def _describe(problem: Problem) -> dict[str, str]:
    return {key: escape_unprintable(value) for key, value in asdict(problem).items()}


def count_rows(out: Path, codebook: Codebook, documents: int, failed: int) -> dict[str, int]:
    """Count sentences of a finished run by what became of them."""
    totals = {"documents": documents, "failed": failed, "sentences": 0, "coded": 0, "with_code": 0}
    dimensions = [dimension.id for dimension in codebook.dimensions]
    for batch in pq.ParquetFile(out / "sentences.parquet").iter_batches(columns=["status", *dimensions]):
        totals["sentences"] += batch.num_rows
        totals["coded"] += pc.sum(pc.equal(batch["status"], "coded")).as_py() or 0
        lengths = [pc.list_value_length(batch[dimension]) for dimension in dimensions]
        used = sum(length.to_numpy(zero_copy_only=False) for length in lengths)
        totals["with_code"] += int((used > 0).sum())
    totals["cues"] = pq.ParquetFile(out / "cues.parquet").metadata.num_rows
    return totals


def write_json_atomically(path: Path, data: object) -> None:
    """Write JSON so that a reader never sees half of it."""
    waiting = path.with_suffix(".tmp")
    waiting.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(waiting, path)


def _notes(out: Path) -> list[str]:
    lines = []
    for batch in pq.ParquetFile(out / "documents.parquet").iter_batches(columns=["document", "notes"]):
        for row in batch.to_pylist():
            lines += [f"{row['document']}: {note}" for note in row["notes"]]
    return lines


def _warn_of_codes(labeller: Labeller) -> Iterator[str]:
    """Say which codes the model does not know, or knows as something else."""
    name = labeller.artefact.name
    if missing := [code for code in labeller.codebook.code_ids if code not in labeller.artefact.labels]:
        yield f"the model {name} does not know these codes of the codebook and never gives them: {', '.join(missing)}"
    if changed := labeller.artefact.find_changed_codes(labeller.codebook):
        yield f"the model {name} learned these codes by another definition: {', '.join(changed)}"
