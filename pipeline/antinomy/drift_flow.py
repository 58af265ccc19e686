"""Runs over dated documents -> the data of ``drift.json``: date, tally, cut into periods, assess, add the evidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from antinomy.codebook import Codebook
from antinomy.drift.assess import QUIET, Settings, UnitSeries, assess_drift, build_series, find_side, find_spell
from antinomy.drift.correct import collect_rates
from antinomy.drift.dates import Span, find_date_in_name, read_date
from antinomy.drift.periods import find_empty
from antinomy.drift.tallies import DocumentTally, tally_document
from antinomy.errors import InputError, Problem
from antinomy.records import CodedSentence, Cue
from antinomy.run_tables import DocumentRow, RunTables, iterate_cues, iterate_sentences, load_run

# Metadata that say where a document belongs, the coarsest first.
PLACES = ("organisation", "unit")
EVERYTHING = "everything"
UNDATED = "no date in its metadata, and none or several in its name"
# Names of periods in a note.
SHOWN = 6
# Sentences shown on either side of a change.
QUOTED = 5


@dataclass(frozen=True, slots=True)
class DriftRequest:
    """What to look at.

    Attributes:
        runs: Folders of runs, by one model and one codebook.
        unit_key: Metadata that name the unit; None: organisation and unit, as far as they are known.
        settings: How time is cut.
    """

    runs: tuple[Path, ...]
    unit_key: str | None = None
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Drifted:
    """What was found.

    Attributes:
        data: The data of ``drift.json``.
        codebook: The one that all runs were coded with.
        notes: What a person should know about how documents were read.
    """

    data: dict[str, Any]
    codebook: Codebook
    notes: tuple[str, ...]


def measure_drift(request: DriftRequest) -> Drifted:
    """Look for drift in runs.

    Raises:
        InputError: If runs cannot be read, differ in model or codebook, or nothing in them can be dated.
    """
    runs = [load_run(folder) for folder in dict.fromkeys(request.runs)]
    _check_alike(runs)
    book = runs[0].codebook
    notes: list[str] = []
    left: list[dict[str, str]] = []
    documents: dict[str, DocumentTally] = {}
    hashes: dict[str, str] = {}
    for run in runs:
        for document in _tally_run(run, request.unit_key, hashes, left):
            if document.id in documents:
                notes.append(f"{document.id} is in two runs: counted once, as in the first")
            documents.setdefault(document.id, document)
    notes += _note_units(list(documents.values()), request.settings.by)
    series, unplaced = build_series(list(documents.values()), request.settings)
    left += [{"document": document.id, "reason": reason} for document, reason in unplaced]
    if not series:
        reasons = dict.fromkeys(entry["reason"] for entry in left)
        what = f"nothing to compare over time: {'; '.join(list(reasons)[:3]) or 'no document'}"
        fix = "Give dates in metadata.csv or in the names of files, more documents, or coarser periods (--by, --least)."
        raise InputError(what, where=", ".join(str(run.folder) for run in runs), fix=fix)
    data = {
        "codebook": {"id": book.id, "version": book.version, "sha256": book.sha256},
        "model": runs[0].run.get("model", {}),
        "runs": [str(run.folder) for run in runs],
        "dated_by": _count(document.dated_by for document in documents.values()),
        "left_out": left,
        **assess_drift(series, book, request.settings, collect_rates(runs[0].run.get("test_scores", {}))),
    }
    _add_evidence(data["rows"], series, runs)
    return Drifted(data, book, tuple(notes))


def _check_alike(runs: Sequence[RunTables]) -> None:
    """Runs by another model or codebook would drift by themselves."""
    first = runs[0]
    for run in runs[1:]:
        for what, own, other in (
            ("model", run.run.get("model", {}), first.run.get("model", {})),
            ("codebook", run.codebook.sha256, first.codebook.sha256),
        ):
            if own != other:
                fix = f"Label the documents of one of them again with the {what} of the other."
                raise InputError(f"another {what} than in {first.folder}", where=str(run.folder), fix=fix)


def _note_units(documents: Sequence[DocumentTally], by: str) -> Iterator[str]:
    """Say what may be wrong with units: one that ends where another begins, periods without a document."""
    by_unit: dict[str, list[DocumentTally]] = {}
    for document in documents:
        by_unit.setdefault(document.unit, []).append(document)
    for name, own in by_unit.items():
        empty = find_empty(own, by)
        if empty:
            yield f"{name}: no document in {', '.join(empty[:SHOWN])}{' …' if len(empty) > SHOWN else ''}"
        last = max(document.span for document in own)
        heirs = [other for other, theirs in by_unit.items() if other != name and min(one.span for one in theirs) > last]
        for other in heirs[:1]:
            yield f"{name} ends before {other} begins: if it was renamed, give both one name in metadata.csv"


def _tally_run(
    run: RunTables, unit_key: str | None, hashes: dict[str, str], left: list[dict[str, str]]
) -> Iterator[DocumentTally]:
    """Yield the dated documents of a run; what cannot be dated, or is there twice, is listed.

    Args:
        run: The run.
        unit_key: See ``DriftRequest``.
        hashes: SHA-256 of a file -> the document that it was first met as.
        left: Takes what is left out.
    """
    cues: dict[str, list[Cue]] = {}
    for cue in iterate_cues(run):
        cues.setdefault(cue.document, []).append(cue)
    rows = {row.id: row for row in run.documents}
    seen = set()
    for id, sentences in groupby(iterate_sentences(run), key=lambda item: item.sentence.document):
        seen.add(id)
        span, dated_by = date_document(rows[id])
        twin = hashes.setdefault(rows[id].sha256 or id, id)
        if span is None or twin != id:
            left.append({"document": id, "reason": dated_by if span is None else f"the same file as {twin}"})
            continue
        unit = name_unit(rows[id], unit_key)
        tally = tally_document(id, unit, span, dated_by, sentences, cues.get(id, ()), run.codebook)
        if tally.sentences:
            yield tally
        else:
            left.append({"document": id, "reason": "no sentence to be coded"})
    left += [{"document": id, "reason": "no sentence"} for id in rows if id not in seen]


def date_document(row: DocumentRow) -> tuple[Span | None, str]:
    """Return the days that a document's date can mean and where it was found, or nothing and the reason."""
    given = row.metadata.get("date", "")
    span, source = (read_date(given), "metadata") if given else (find_date_in_name(row.id), "name of the file")
    if span is None:
        reason = f"the date {given[:20]!r} is not in the form 2021-03-09" if given else UNDATED
        return None, reason
    if span.first > date.today():
        return None, f"its date, {span.first.isoformat()}, lies in the future"
    return span, source


def name_unit(row: DocumentRow, key: str | None) -> str:
    """Return the unit of a document: what its metadata say, else the folder that it lies in."""
    if key:
        return row.metadata.get(key) or f"({key} not known)"
    named = [row.metadata[place] for place in PLACES if row.metadata.get(place)]
    return " / ".join(named) or row.id.replace("\\", "/").rpartition("/")[0] or EVERYTHING


def _count(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts


def _add_evidence(rows: Sequence[dict[str, Any]], series: Sequence[UnitSeries], runs: Sequence[RunTables]) -> None:
    """Put the likeliest sentences of before and after beside every alarm."""
    sides: dict[str, list[tuple[list[dict[str, Any]], str]]] = {}
    for row in rows:
        row["evidence"] = None
        if row["state"] == QUIET:
            continue
        row["evidence"] = {"before": [], "after": []}
        [unit] = [unit for unit in series if unit.name == row["unit"]]
        spell = find_spell(row)
        for number, period in enumerate(unit.periods):
            side = row["evidence"][find_side(spell, number)]
            for document in period.documents:
                sides.setdefault(document.id, []).append((side, row["code"]))
    if not sides:
        return
    for run in runs:
        for item in iterate_sentences(run):
            for side, code in sides.get(item.sentence.document, ()):
                if item.prediction is not None and code in item.prediction.codes:
                    _keep(side, item, item.prediction.probabilities.get(code, 0.0))


def _keep(side: list[dict[str, Any]], item: CodedSentence, probability: float) -> None:
    said = item.sentence
    side.append(
        {
            "document": said.document,
            "sentence": said.index,
            "start": said.start,
            "end": said.end,
            "speaker": said.speaker,
            "probability": probability,
            "text": said.text,
        }
    )
    side.sort(key=lambda quote: -quote["probability"])
    del side[QUOTED:]


def list_undated(data: dict[str, Any]) -> list[Problem]:
    """Return what was left out as problems, for the terminal."""
    fix = "Add the date to metadata.csv, or to the name of the file."
    return [Problem(f"left out: {entry['reason']}", entry["document"], fix) for entry in data["left_out"]]
