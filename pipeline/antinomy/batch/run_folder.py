"""Inputs and settings -> a run folder: parquet files, run.json, and whatever else was asked for."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from antinomy import __version__
from antinomy.batch.parts import Part, clear_parts, make_key, write_part
from antinomy.batch.progress import Progress
from antinomy.codebook import Codebook
from antinomy.errors import InputError, OutputError, Problem, UserError
from antinomy.flow import Labeller, LabelSettings
from antinomy.ingest.collect import Found
from antinomy.store import CUE_SCHEMA, DOCUMENT_SCHEMA, concat_tables, sentence_schema

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
    """How a run ended: the folder, and how many files were labelled and how many failed."""

    folder: Path
    labelled: int
    failures: tuple[Problem, ...]
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
        problems: Failures met while collecting the files.
        notes: What else was met while collecting them.
        progress: Where to report.
    """
    state = RunState(datetime.now(UTC).isoformat(timespec="seconds"), failures=list(problems), warnings=list(notes))
    provenance = labeller.provenance()
    schema = sentence_schema(labeller.codebook, provenance)
    settings = describe_settings(labeller.settings)
    decides = {**provenance, "settings": json.dumps(settings, sort_keys=True), "antinomy": __version__}
    for file in found:
        size = file.path.stat().st_size if file.path.is_file() else 0
        try:
            sha256 = hash_input(file.path)
            part = Part(out / PARTS, make_key(sha256, file.id, metadata.get(file.id, {}), decides))
            reused = part.is_complete()
            advance = progress.begin_file(size, reused=reused)
            if not reused:
                document = labeller.read(file, metadata.get(file.id, {}))
                write_part(part, document, labeller.label(document), labeller.codebook, schema, advance=advance)
            advance(1.0, 0)
        except UserError as error:
            state.failures += error.problems
            for problem in error.problems:
                progress.say(f"not labelled: {problem}")
            continue
        state.parts.append(part)
        state.inputs.append({"document": file.id, "path": str(file.path), "sha256": sha256})
    return _finish(state, out, labeller, schema, settings)


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


def describe_settings(settings: LabelSettings) -> dict[str, Any]:
    """Return the settings that decide how files are read, as JSON data."""
    read = settings.read
    return {
        "text_column": read.text_column,
        "speaker_column": read.speaker_column,
        "interviewers": list(read.interviewers),
    }


def _finish(
    state: RunState,
    out: Path,
    labeller: Labeller,
    schema: pa.Schema,
    settings: dict[str, Any],
) -> RunResult:
    schemas = {"sentences": schema, "cues": CUE_SCHEMA, "documents": DOCUMENT_SCHEMA}
    for name in TABLES:
        kind = "document" if name == "documents" else name
        target = out / f"{name}.parquet"
        waiting = out / PARTS / f"{name}.tmp"
        concat_tables((part.path(kind) for part in state.parts), waiting, schemas[name])
        os.replace(waiting, target)
    counts = count_rows(out, labeller.codebook, len(state.parts), len(state.failures))
    run = {
        "antinomy": __version__,
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
        "settings": settings,
        "failures": [{"what": p.what, "where": p.where, "fix": p.fix} for p in state.failures],
        "warnings": state.warnings + _notes(out) + _codes_without_model(labeller),
        "counts": counts,
    }
    write_json_atomically(out / "codebook.json", labeller.codebook.as_dict())
    write_json_atomically(out / "run.json", run)
    clear_parts(out / PARTS, state.parts)
    return RunResult(out, len(state.parts), tuple(state.failures), counts)


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


def _codes_without_model(labeller: Labeller) -> list[str]:
    missing = [code for code in labeller.codebook.code_ids if code not in labeller.artefact.labels]
    if not missing:
        return []
    names = ", ".join(missing)
    return [
        f"the model {labeller.artefact.name} does not know these codes of the codebook and never gives them: {names}"
    ]
