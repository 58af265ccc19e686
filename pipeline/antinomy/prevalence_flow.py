"""A run and sentences of it that people coded -> how often each code occurs, as JSON data.

Sentences are matched with the run by id and words, or by words. For every code and dimension::

    id, given, coded    sentences that the model, and that people, gave it
    naive               share that the model gives it, as if it never erred
    people              share in the hand-coded sentences alone
    corrected           both together (see ``prevalence.estimate``)
    correlation         of the model's probability with people, over hand-coded sentences
    likeness            how alike the sentences of one document are
    needed              half width of an interval -> {"people", "corrected"}: sentences to code by hand

A prevalence is ``{"value", "low", "high", "weight"}``. With nothing coded by hand only ``naive`` and ``needed`` are
known, the latter from what the model gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from antinomy.agreement.align import Alignment, Source, align_sources
from antinomy.agreement.codings import CodedUnit
from antinomy.codebook import Codebook
from antinomy.coded_sources import read_source, take_sentences
from antinomy.errors import AgreementError, GoldError, InputError, Problem
from antinomy.prevalence.estimate import Prevalence, estimate_naive, estimate_prevalence
from antinomy.prevalence.needs import count_needed, find_design_effect, find_likeness
from antinomy.records import CodedSentence
from antinomy.resample import Floats, Ints
from antinomy.run_tables import RunTables, iterate_sentences

ADJUDICATED = "adjudicated"
WITHIN = (0.01, 0.02, 0.05)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was estimated.

    Attributes:
        data: The data of ``prevalence.json``.
        problems: Why files could not be read.
        notes: What a person should know about how files were read.
    """

    data: dict[str, Any]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """One column: what the model says of everything, and what people say of a part of it."""

    said: Floats
    given: Floats
    documents: Ints
    places: Ints
    truth: Floats
    count: int


def measure_prevalence(
    run: RunTables, gold: Sequence[Path], *, sources: Path | None = None, within: Sequence[float] = WITHIN
) -> Measured:
    """Estimate how often each code occurs in a run.

    Args:
        run: The run.
        gold: Tables or gold folders of sentences of the same texts, drawn at random and coded by people; may be none.
        sources: Local copies of documents that gold only refers to.
        within: Half widths of intervals to say the needed number of sentences for, as shares.

    Raises:
        AgreementError: If no hand-coded sentence is one of the run.
    """
    sentences = [item for item in iterate_sentences(run) if item.prediction is not None]
    problems: list[Problem] = []
    notes: list[str] = []
    found: list[Source] = []
    for path in gold:
        try:
            found += read_source(path, run.codebook, notes, sources=sources)
        except (GoldError, InputError) as error:
            problems += error.problems
    model = str(run.run.get("model", {}).get("name", "model"))
    whole = Source(run.folder.name, tuple(take_sentences(sentences, model)), frozenset({model}))
    alignment = align_sources([whole, *found])
    coded = _settle(alignment, model, len(sentences))
    if gold and not coded:
        where = ", ".join(map(str, gold))
        fix = "Code sentences of these texts; `antinomy prevalence RUN --draw 200` draws some."
        problem = Problem("no sentence of the run was coded by hand", where, fix)
        raise AgreementError.from_problems([*problems, problem])
    rows = [
        {"id": id, **_describe(sample, within)} for id, sample in _take_columns(sentences, coded, run.codebook).items()
    ]
    data = {
        "codebook": {"id": run.codebook.id, "version": run.codebook.version, "sha256": run.codebook.sha256},
        "model": model,
        "sentences": len(sentences),
        "documents": len({item.sentence.document for item in sentences}),
        "coded_by_hand": len(coded),
        "documents_coded": len({sentences[place].sentence.document for place in coded}),
        "unmatched": sum(alignment.left.values()),
        "rows": rows,
    }
    return Measured(data, tuple(problems), tuple(notes))


def _settle(alignment: Alignment, model: str, count: int) -> dict[int, list[frozenset[str]]]:
    """Return place of a sentence -> what people gave it: as adjudicated, otherwise each of them."""
    settled = {}
    for place, unit in enumerate(alignment.units[:count]):
        people = {coder: codes for coder, codes in unit.codings.items() if coder != model}
        if people:
            settled[place] = [people[ADJUDICATED]] if ADJUDICATED in people else list(people.values())
    return settled


def _take_columns(
    sentences: Sequence[CodedSentence], coded: Mapping[int, Sequence[frozenset[str]]], codebook: Codebook
) -> dict[str, _Sample]:
    """Return code or dimension -> its column; a dimension is given where any of its codes is."""
    names = list(dict.fromkeys(item.sentence.document for item in sentences))
    number = {name: place for place, name in enumerate(names)}
    documents = np.array([number[item.sentence.document] for item in sentences], dtype=np.int64)
    places = np.array(list(coded), dtype=np.int64)
    said = {code: np.zeros(len(sentences)) for code in codebook.code_ids}
    given = {code: np.zeros(len(sentences)) for code in codebook.code_ids}
    for row, item in enumerate(sentences):
        if item.prediction is None:
            continue
        for code, probability in item.prediction.probabilities.items():
            said[code][row] = probability
        for code in item.prediction.codes:
            given[code][row] = 1
    truth = {code: np.zeros(len(coded)) for code in (*codebook.code_ids, *(d.id for d in codebook.dimensions))}
    for row, codings in enumerate(coded.values()):
        for codes in codings:
            closed = codebook.close_upwards(set(codes))
            for id in {*closed, *(codebook.by_id[code].dimension for code in closed)}:
                truth[id][row] += 1 / len(codings)
    columns = {
        code: _Sample(said[code], given[code], documents, places, truth[code], len(names)) for code in codebook.code_ids
    }
    for dimension in codebook.dimensions:
        own = [code.id for code in codebook.codes_of(dimension.id)]
        most = np.max([said[code] for code in own], axis=0)
        some = np.max([given[code] for code in own], axis=0)
        columns[dimension.id] = _Sample(most, some, documents, places, truth[dimension.id], len(names))
    return columns


def _describe(sample: _Sample, within: Sequence[float]) -> dict[str, Any]:
    naive = estimate_naive(sample.given, sample.documents, sample.count)
    said, held = sample.said[sample.places], sample.documents[sample.places]
    unknown = Prevalence(None, None, None)
    people, corrected, correlation, likeness = unknown, unknown, 0.0, find_likeness(sample.given, sample.documents)
    if len(sample.places):
        known = (sample.truth, said, held, sample.said, sample.documents, sample.count)
        people = estimate_prevalence(*known, weight=0.0)
        corrected = estimate_prevalence(*known, weight=None)
        likeness = find_likeness(sample.truth, held)
        if sample.truth.std() > 0 and said.std() > 0:
            correlation = float(np.corrcoef(sample.truth, said)[0, 1])
    value = corrected.value if corrected.value is not None else naive.value
    # what nobody has found yet is not known to be absent
    value = max(value or 0.0, 1 / (1 + (len(sample.places) or len(sample.said))))
    return {
        "given": int(sample.given.sum()),
        "coded": int((sample.truth >= 0.5).sum()),
        "naive": asdict(naive),
        "people": asdict(people),
        "corrected": asdict(corrected),
        "correlation": correlation,
        "likeness": likeness,
        "needed": [_count(value, half, correlation, likeness, sample) for half in within],
    }


def _count(value: float, half: float, correlation: float, likeness: float, sample: _Sample) -> dict[str, Any]:
    """Say how many sentences are needed if they are drawn from all documents alike."""
    counts: dict[str, Any] = {"within": half}
    for name, known in (("people", 0.0), ("corrected", max(0.0, correlation))):
        flat = count_needed(value, half, correlation=known)
        design = find_design_effect(likeness, flat / max(1, sample.count))
        counts[name] = count_needed(value, half, correlation=known, design=design)
    return counts


def draw_sample(sentences: Sequence[CodedUnit], size: int, *, seed: int) -> list[int]:
    """Draw sentences at random, each as likely as any other; return their places in order."""
    random = np.random.default_rng(seed)
    return sorted(int(place) for place in random.choice(len(sentences), size=min(size, len(sentences)), replace=False))
