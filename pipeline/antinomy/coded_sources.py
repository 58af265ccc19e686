"""Tables, gold folders and runs -> units with the codes of each coder, for whatever compares coders."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from antinomy.agreement.align import Source
from antinomy.agreement.codings import CodedUnit
from antinomy.agreement.segments import MarkedSegment
from antinomy.codebook import Codebook
from antinomy.errors import GoldError, InputError, Problem, join_problems
from antinomy.gold import GoldSet
from antinomy.gold_sets import find_gold_sets, open_gold_set
from antinomy.gold_sets.assemble import assemble_gold
from antinomy.gold_sets.drafts import gather_bare
from antinomy.gold_sets.segments import read_segments
from antinomy.gold_sets.sources import is_table, open_tables
from antinomy.records import CodedSentence
from antinomy.run_tables import iterate_sentences, load_run

RUN = "run.json"
# Characters of context on each side of a unit.
CONTEXT = 300


def read_source(path: Path, codebook: Codebook, notes: list[str], *, sources: Path | None = None) -> list[Source]:
    """Read a table, a gold folder, a folder of several, or a run.

    Args:
        path: What to read.
        codebook: The one that its codes must belong to.
        notes: Takes what a person should know about how it was read.
        sources: Local copies of documents that gold only refers to.

    Raises:
        GoldError: If codings cannot be read.
        InputError: If a run cannot be read, or was coded with another codebook.
    """
    if (path / RUN).is_file():
        return [read_run(path, codebook)]
    if is_table(path):
        return [_read_table(path, codebook, notes)]
    found = []
    for source in find_gold_sets([path]):
        gold = open_gold_set(source, codebook, sources=sources)
        notes += gold.notes
        lengths = {document: len(text) for document, text, _ in gold.by_document()}
        found.append(Source(gold.id, tuple(_take_units(gold)), lengths=lengths))
    return found


def _read_table(path: Path, codebook: Codebook, notes: list[str]) -> Source:
    """Take the units of a table; one without words is good enough for comparing codes."""
    tables, findings = open_tables([path], codebook)
    if any("text" in table.fields for table in tables):
        gold, _ = assemble_gold([path], tables, codebook, findings)
        notes += gold.notes
        # where its sentences stood in a document is not known
        return Source(path.name, tuple(replace(unit, place=None) for unit in _take_units(gold)))
    drafts = gather_bare(tables, findings)
    findings.check()
    notes += [*findings.notes, f"{path}: no words, so units are found by id or offsets alone"]
    if not all(draft.document for draft in drafts):
        notes.append(f"{path}: no column 'document', so units count as one document and there are no intervals")
    units = []
    for draft in drafts:
        given = {coder: frozenset(codebook.close_upwards(codes)) for coder, codes in draft.codings.items()}
        start, end = (draft.cells.get(name, "") for name in ("start", "end"))
        place = (int(start), int(end)) if start.isdecimal() and end.isdecimal() else None
        units.append(CodedUnit(draft.document, draft.id, "", given, place=place))
    return Source(path.name, tuple(units))


def read_run(folder: Path, codebook: Codebook) -> Source:
    """Take the codes of a run: its model is a coder like any other."""
    run = load_run(folder)
    if run.codebook.sha256 != codebook.sha256:
        fix = "Label the texts again with this codebook, or name the run's codebook with --codebook."
        raise InputError("the run was coded with another codebook", where=str(folder), fix=fix)
    model = str(run.run.get("model", {}).get("name", "model"))
    sentences = list(iterate_sentences(run, probabilities=False))
    lengths = {row.id: row.characters for row in run.documents}
    return Source(folder.name, tuple(take_sentences(sentences, model)), frozenset({model}), lengths)


def take_sentences(sentences: Sequence[CodedSentence], model: str) -> list[CodedUnit]:
    """Return the sentences that a model coded as units of that coder, each with the sentences beside it."""
    units = []
    for place, item in enumerate(sentences):
        said = item.sentence
        if item.prediction is None:
            continue
        near = [
            sentences[beside].sentence.text
            if 0 <= beside < len(sentences) and sentences[beside].sentence.document == said.document
            else ""
            for beside in (place - 1, place + 1)
        ]
        given = {model: frozenset(item.prediction.codes)}
        span = (said.start, said.end)
        units.append(CodedUnit(said.document, str(said.index), said.text, given, near[0], near[1], span))
    return units


def read_marked(
    paths: Sequence[Path], lengths: Mapping[str, int], codebook: Codebook, notes: list[str], problems: list[Problem]
) -> list[MarkedSegment]:
    """Read tables of segments that coders cut themselves.

    Args:
        paths: The tables; one that cannot be read costs no other.
        lengths: Document -> characters of its text.
        codebook: The one that codes must belong to.
        notes: Takes what a person should know about how they were read.
        problems: Takes what is wrong: unreadable files, documents without a text, segments that leave their text.

    Returns:
        Segments within the texts, with the documents' names as the texts have them.
    """
    names = _find_names(lengths)
    found = []
    for path in paths:
        try:
            segments = read_segments(path, codebook, notes)
        except (GoldError, InputError) as error:
            problems += error.problems
            continue
        unknown: dict[str, int] = {}
        beyond: list[Problem] = []
        for segment in segments:
            document = names.get(segment.document) or names.get(_shorten(segment.document))
            if document is None:
                unknown[segment.document] = unknown.get(segment.document, 0) + 1
            elif segment.end > lengths[document]:
                what = f"the segment ends after the text of {document!r}, which has {lengths[document]:,} characters"
                fix = "Offsets are characters of the text that the run or gold folder was made from."
                beyond.append(Problem(what, segment.where, fix))
            else:
                found.append(replace(segment, document=document))
        problems += join_problems(beyond)
        for document, count in unknown.items():
            fix = f"Label its text too, or correct the name; known are {', '.join(list(lengths)[:5]) or 'none'}."
            problems.append(Problem(f"no text of {document!r}, {count:,} rows are left out", str(path), fix))
    return found


def _find_names(lengths: Mapping[str, int]) -> dict[str, str]:
    """Return ways to write a document's name -> its name; what two documents share names neither."""
    short = Counter(_shorten(name) for name in lengths)
    return {_shorten(name): name for name in lengths if short[_shorten(name)] == 1} | {name: name for name in lengths}


def _shorten(name: str) -> str:
    """Return a file's name without folder and ending."""
    return PurePosixPath(name.replace("\\", "/")).stem.casefold()


def _take_units(gold: GoldSet) -> list[CodedUnit]:
    return [
        CodedUnit(
            unit.document,
            unit.id,
            text[unit.start : unit.end],
            _name_roles(unit.codings, gold.roles),
            *_find_context(text, unit.start, unit.end),
            place=(unit.start, unit.end),
        )
        for _, text, units in gold.by_document()
        for unit in units
    ]


def _name_roles(codings: Mapping[str, frozenset[str]], roles: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Call coders who took turns by their role: one coder of every stretch would be many coders of little each."""
    named = {
        next((role for start, role in roles.items() if coder.startswith(start)), coder): codes
        for coder, codes in codings.items()
    }
    return named if len(named) == len(codings) else dict(codings)


def _find_context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after, within the same stretch of text, cut at white space."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        before = "…" + before.partition(" ")[2]
    if end + CONTEXT < len(text):
        after = after.rpartition(" ")[0] + "…"
    return " ".join(before.split()), " ".join(after.split())
