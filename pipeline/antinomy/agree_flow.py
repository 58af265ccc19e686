"""Tables, gold folders and runs -> the data of ``agreement.json``: read, align, measure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from antinomy.agreement.align import Alignment, Source, align_sources
from antinomy.agreement.assess import Settings, assess_agreement
from antinomy.agreement.codings import CodedUnit, Codings, arrange_codings
from antinomy.agreement.disagreements import Disagreement, find_disagreements
from antinomy.agreement.mapping import map_segments
from antinomy.agreement.segments import assess_segments
from antinomy.agreement.stand_in import Bar, assess_stand_in
from antinomy.agreement.steadiness import assess_order, assess_recodings
from antinomy.codebook import Codebook
from antinomy.coded_sources import read_marked, read_source
from antinomy.errors import AgreementError, GoldError, InputError, Problem

# Decided by reading what the coders said: not independent of them.
ADJUDICATED = "adjudicated"


@dataclass(frozen=True, slots=True)
class AgreeRequest:
    """Whose codings to compare.

    Attributes:
        paths: Tables, gold folders, run folders.
        sources: Local copies of documents that gold folders only refer to.
        models: Coders in tables that are models; those of runs are known to be.
        segments: Tables of segments that coders cut themselves, in texts that ``paths`` have sentences of.
        bar: What a model has to clear to stand in for a person.
        draws: How often documents are drawn for the intervals.
        seed: Decides the draws.
    """

    paths: tuple[Path, ...]
    sources: Path | None = None
    models: tuple[str, ...] = ()
    segments: tuple[Path, ...] = ()
    bar: Bar = field(default_factory=Bar)
    draws: int = 2000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was measured.

    Attributes:
        data: The data of ``agreement.json``.
        alignment: Which units were found to be the same.
        disagreements: The units on which coders differ.
        problems: Why files could not be read.
        notes: What a person should know about how files were read.
    """

    data: dict[str, Any]
    alignment: Alignment
    disagreements: tuple[Disagreement, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def measure_agreement(request: AgreeRequest, codebook: Codebook) -> Agreed:
    """Compare the codings of all files; one that cannot be read costs no other.

    Raises:
        AgreementError: If fewer than two coders are left, or no two coded the same unit.
    """
    problems: list[Problem] = []
    notes: list[str] = []
    sources: list[Source] = []
    for path in dict.fromkeys(request.paths):
        try:
            sources += read_source(path, codebook, notes, sources=request.sources)
        except (GoldError, InputError) as error:
            problems += error.problems
    if not sources:
        raise AgreementError.from_problems(problems or [Problem("nothing to compare", "", "Name two tables or runs.")])
    marked = _read_marked(request, sources, codebook, problems, notes)
    alignment = align_sources(sources)
    units = [_leave_out(unit, ADJUDICATED) for unit in alignment.units]
    if any(ADJUDICATED in unit.codings for unit in alignment.units):
        notes.append(f"'{ADJUDICATED}' settled what the coders said and is no independent coder: left out")
    where = ", ".join(source.name for source in sources)
    coders = dict.fromkeys(coder for unit in units for coder in unit.codings)
    if len(coders) < 2:
        fix = "Give a second file, or name the coders in a column 'coder'."
        lone = Problem(f"only one coder: {next(iter(coders), 'none')}", where, fix)
        raise AgreementError.from_problems([*problems, lone])
    if all(len(unit.codings) < 2 for unit in units):
        fix = "Check that the files are of the same texts; units are matched by id and words, or by words alone."
        raise AgreementError.from_problems([*problems, Problem("no unit was coded by two coders", where, fix)])
    models = [coder for coder in coders if coder in alignment.models or coder in request.models]
    unknown = [name for name in request.models if name not in coders]
    if unknown:
        fix = f"The coders are: {', '.join(coders)}."
        raise AgreementError.from_problems([*problems, Problem(f"no coder is called {', '.join(unknown)}", where, fix)])
    data = {
        "codebook": {"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256},
        "files": [{"name": source.name, "units": len(source.units)} for source in sources],
        "alignment": describe_alignment(alignment),
        **_assess(arrange_codings(units, codebook), models, alignment, request, codebook),
        "segments": marked,
    }
    return Agreed(data, alignment, tuple(find_disagreements(units, codebook)), tuple(problems), tuple(notes))


def _read_marked(
    request: AgreeRequest, sources: list[Source], codebook: Codebook, problems: list[Problem], notes: list[str]
) -> dict[str, Any] | None:
    """Assess segments that coders cut themselves, and add the sentences that they code to the sources."""
    if not request.segments:
        return None
    lengths, sentences = _find_texts(sources)
    if not sentences:
        where = ", ".join(source.name for source in sources)
        fix = "Label the same texts with antinomy label, and name the run (or a gold folder of them) beside --segments."
        raise AgreementError.from_problems([*problems, Problem("the sentences have no places in texts", where, fix)])
    segments = read_marked(request.segments, lengths, codebook, notes, problems)
    units, mapped = map_segments(segments, sentences)
    sources.append(Source(", ".join(path.name for path in request.segments), tuple(units)))
    for coder, count in mapped.items():
        if count.misquoted:
            notes.append(f"{coder}: {count.misquoted:,} segments quote other words than those there: left out")
    return {
        **assess_segments(segments, lengths, codebook, Settings(request.draws, request.seed)),
        "mapping": {coder: count.as_dict() for coder, count in mapped.items()},
    }


def _find_texts(sources: Sequence[Source]) -> tuple[dict[str, int], list[CodedUnit]]:
    """Return the length of each document's text and its sentences, from the first source that has them."""
    lengths: dict[str, int] = {}
    sentences: list[CodedUnit] = []
    for source in sources:
        new = {document: length for document, length in source.lengths.items() if document not in lengths}
        lengths |= new
        sentences += [unit for unit in source.units if unit.place is not None and unit.document in new]
    return lengths, sentences


def _assess(
    everybody: Codings, models: Sequence[str], alignment: Alignment, request: AgreeRequest, codebook: Codebook
) -> dict[str, Any]:
    """Measure everything; a coder's second look at the same units is no second coder."""
    recodings = {again: coder for again, coder in alignment.recodings.items() if again in everybody.coders}
    codings = everybody.leave_out(list(recodings))
    models = [model for model in models if model in codings.coders]
    drawn = {"draws": request.draws, "seed": request.seed}
    stand_ins = []
    for model in models:
        beside = codings.leave_out([other for other in models if other != model])
        stand_ins.append(assess_stand_in(beside, model, bar=request.bar, **drawn))
    return {
        "models": models,
        **assess_agreement(codings, codebook, Settings(request.draws, request.seed), models),
        "stand_ins": stand_ins,
        "order": assess_order(codings.leave_out(models), alignment.orders, **drawn),
        "recodings": assess_recodings(everybody, recodings, **drawn),
    }


def describe_alignment(alignment: Alignment) -> dict[str, Any]:
    """Return how units found each other, as JSON data."""
    return {
        "matched": alignment.matched,
        "unmatched": alignment.left,
        "renamed": [
            {"file": source, "coder": coder, "name": name} for (source, coder), name in alignment.renamed.items()
        ],
        "examples": [
            {"file": left.source, "document": left.document, "id": left.id, "reason": left.reason}
            for left in alignment.unmatched
        ],
    }


def _leave_out(unit: CodedUnit, coder: str) -> CodedUnit:
    kept = {name: codes for name, codes in unit.codings.items() if name != coder}
    return replace(unit, codings=kept)
