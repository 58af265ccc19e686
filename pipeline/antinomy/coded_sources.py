"""Tables, gold folders and runs -> units with the codes of each coder, for whatever compares coders."""

from collections.abc import Sequence
from pathlib import Path

from antinomy.agreement.align import Source
from antinomy.agreement.codings import CodedUnit
from antinomy.codebook import Codebook
from antinomy.errors import InputError
from antinomy.gold import GoldSet
from antinomy.gold_sets import find_gold_sets, open_gold_set
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
    found = []
    for source in find_gold_sets([path]):
        gold = open_gold_set(source, codebook, sources=sources)
        notes += gold.notes
        found.append(Source(path.name if len(source) == 1 else gold.id, tuple(_take_units(gold))))
    return found


def read_run(folder: Path, codebook: Codebook) -> Source:
    """Take the codes of a run: its model is a coder like any other."""
    run = load_run(folder)
    if run.codebook.sha256 != codebook.sha256:
        fix = "Label the texts again with this codebook, or name the run's codebook with --codebook."
        raise InputError("the run was coded with another codebook", where=str(folder), fix=fix)
    model = str(run.run.get("model", {}).get("name", "model"))
    sentences = list(iterate_sentences(run, probabilities=False))
    return Source(folder.name, tuple(take_sentences(sentences, model)), frozenset({model}))


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
        units.append(CodedUnit(said.document, str(said.index), said.text, given, *near))
    return units


def _take_units(gold: GoldSet) -> list[CodedUnit]:
    return [
        CodedUnit(
            unit.document,
            unit.id,
            text[unit.start : unit.end],
            unit.codings,
            *_find_context(text, unit.start, unit.end),
        )
        for _, text, units in gold.by_document()
        for unit in units
    ]


def _find_context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after, within the same stretch of text, cut at white space."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        before = "…" + before.partition(" ")[2]
    if end + CONTEXT < len(text):
        after = after.rpartition(" ")[0] + "…"
    return " ".join(before.split()), " ".join(after.split())
