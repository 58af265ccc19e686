"""Sentences with everybody's codes -> a gold set that holds its own text."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from antinomy.codebook import Codebook
from antinomy.gold import NONE, SPLITS, GoldSet, Unit, check_coders
from antinomy.gold_sets.drafts import Draft, gather_drafts
from antinomy.gold_sets.findings import Findings
from antinomy.gold_sets.tables import Table
from antinomy.ingest.blocks import Block, freeze
from antinomy.records import Document, Sentence

# The coder whose codes are those that the others settled on.
ADJUDICATOR = "adjudicated"
_SHOWN_NAMES = 3
_ABOUT_DOCUMENTS = ("organisation", "noise", "role")

Text = tuple[Document, list[Sentence]]


def assemble_gold(
    paths: Sequence[Path], tables: Sequence[Table], codebook: Codebook, findings: Findings
) -> tuple[GoldSet, bool]:
    """Make one gold set of all tables.

    Returns:
        The set, and whether it names the split of its sentences; if not, all of it is ``test``.

    Raises:
        GoldError: With everything that was found wrong.
    """
    drafts = gather_drafts(tables, findings)
    _leave_interviewers_uncoded(drafts, findings)
    coded = [draft for draft in drafts if draft.codings]
    coders = list(dict.fromkeys(coder for draft in coded for coder in draft.codings))
    adjudicator = ADJUDICATOR if ADJUDICATOR in coders and len(coders) > 1 else None
    if adjudicator:
        _settle(coded, findings)
    has_splits = _check_splits(coded, findings)
    for draft in coded:
        problem = check_coders(draft.codings, adjudicator)
        if problem:
            findings.add(problem, draft.place, f"Add codings, or {NONE!r} for a sentence without code.")
    if not coded and not findings.has_problems:
        fix = f"Add a column for each code, such as '{codebook.code_ids[0]}', or a column 'code'."
        findings.add_table("no sentence is coded", ", ".join(map(str, paths)), fix)
    findings.check()
    _note_reading(paths, drafts, coded, coders, findings)
    documents: dict[str, list[Draft]] = {}
    for draft in drafts:
        documents.setdefault(draft.document, []).append(draft)
    is_unique = len({draft.id for draft in drafts}) == len(drafts)
    texts: dict[str, Text] = {}
    units = [unit for members in documents.values() for unit in _lay_out(members, is_unique, codebook, texts)]
    names = [path.stem for path in paths]
    gold = GoldSet(
        id="+".join(names) if len(names) <= _SHOWN_NAMES else f"{names[0]}+{len(names) - 1}",
        folder=paths[0],
        adjudicator=adjudicator,
        about=f"Tables of the user's own, coded by {len(coders)}.",
        files={},
        units=tuple(units),
        texts=texts,
        metadata={name: _describe(members) for name, members in documents.items()},
        notes=findings.notes,
    )
    return gold, has_splits


def _leave_interviewers_uncoded(drafts: Sequence[Draft], findings: Findings) -> None:
    for draft in drafts:
        if draft.role == "interviewer":
            if any(draft.codings.values()):
                fix = "Delete the codes: only respondents and documents are coded. Or correct role or speaker."
                findings.add("the interviewer's sentence carries a code", draft.place, fix)
            draft.codings.clear()


def _settle(coded: Sequence[Draft], findings: Findings) -> None:
    """Let the adjudicator agree to what all others agree on, where only differences were decided."""
    settled = alone = 0
    for draft in coded:
        first, *others = [codes for coder, codes in draft.codings.items() if coder != ADJUDICATOR] or [set[str]()]
        if ADJUDICATOR not in draft.codings and all(codes == first for codes in others):
            draft.codings[ADJUDICATOR] = set(first)
            settled += bool(others)
            alone += not others
    if alone:
        findings.note(f"sentences that only one coder coded, taken as '{ADJUDICATOR}' too: {alone:,}")
    if settled:
        findings.note(
            f"sentences that '{ADJUDICATOR}' leaves out and all coders agree on, taken as agreed: {settled:,}"
        )


def _check_splits(coded: Sequence[Draft], findings: Findings) -> bool:
    """Tell whether the tables name splits; if they do, every coded sentence needs a known one."""
    splits: dict[str, set[str]] = {}
    for draft in coded:
        if "split" in draft.cells:
            splits.setdefault(draft.document, set()).add(draft.cells["split"])
    for draft in coded if splits else ():
        if draft.cells.get("split") not in SPLITS:
            split = draft.cells.get("split")
            what = f"unknown split '{split}'" if split else "no split, though others have one"
            findings.add(what, draft.place, f"Known are: {', '.join(SPLITS)}.", column="split")
    divided = [document for document, names in splits.items() if len(names) > 1]
    if divided:
        findings.note(
            f"documents that lie in several splits: {len(divided)} ({', '.join(divided[:_SHOWN_NAMES])}…); sentences "
            "of one document are alike, so scores will look better than on new documents"
        )
    return bool(splits)


def _note_reading(
    paths: Sequence[Path], drafts: Sequence[Draft], coded: Sequence[Draft], coders: Sequence[str], findings: Findings
) -> None:
    if len(paths) > 1:
        findings.note(f"read as one gold set: {', '.join(map(str, paths))}")
    asked = sum(draft.role == "interviewer" for draft in drafts)
    if asked:
        findings.note(f"sentences of interviewers, taken as context: {asked:,}")
    left = len(drafts) - len(coded) - asked
    if left:
        findings.note(f"sentences that nobody coded, taken as context: {left:,}")
    counts = {coder: sum(coder in draft.codings for draft in coded) for coder in coders}
    if len(set(counts.values())) > 1:
        shown = ", ".join(f"{coder} {count:,}" for coder, count in counts.items())
        findings.note(f"not everybody coded every sentence ({shown}); agreement counts as many coders as each has")


def _lay_out(members: Sequence[Draft], is_unique: bool, codebook: Codebook, texts: dict[str, Text]) -> list[Unit]:
    """Write one document's text and return its units; a sentence with its own context is a text of its own."""
    name = members[0].document
    units: list[Unit] = []
    sequence = [draft for draft in members if not draft.own_context]
    if sequence:
        texts[name] = _write_text(name, [_block(draft, draft.text) for draft in sequence], sequence[0])
        sentences = texts[name][1]
        for draft, sentence in zip(sequence, sentences, strict=True):
            units += _make_unit(draft, sentence, None, is_unique, codebook)
    for draft in members:
        if draft.own_context and draft.codings:
            key = f"{name}\n{draft.id}"  # no document is called so
            before, after = draft.cells.get("before", ""), draft.cells.get("after", "")
            blocks = [_block(draft, words) for words in (before, draft.text, after) if words]
            texts[key] = _write_text(name, blocks, draft)
            units += _make_unit(draft, texts[key][1][bool(before)], key, is_unique, codebook)
    return units


def _block(draft: Draft, words: str) -> Block:
    return Block(text=words, speaker=draft.cells.get("speaker"), role=draft.role)


def _write_text(name: str, blocks: Sequence[Block], first: Draft) -> Text:
    """Freeze blocks as ingest does; every block is a sentence."""
    frozen = freeze(tuple(blocks))
    document = Document(
        id=name,
        path=first.place.table,
        format="table",
        sha256=hashlib.sha256(frozen.text.encode()).hexdigest(),
        text=frozen.text,
        turns=frozen.turns,
    )
    sentences = [
        Sentence(
            document=name,
            turn=index,
            index=index,
            start=turn.start,
            end=turn.end,
            text=frozen.text[turn.start : turn.end],
            speaker=turn.speaker,
            role=turn.role,
        )
        for index, turn in enumerate(frozen.turns)
    ]
    return document, sentences


def _make_unit(
    draft: Draft, sentence: Sentence, read_in: str | None, is_unique: bool, codebook: Codebook
) -> list[Unit]:
    """Return the unit that a sentence is, if anybody coded it."""
    if not draft.codings:
        return []
    return [
        Unit(
            id=draft.id if is_unique else f"{draft.document}/{draft.id}",
            document=draft.document,
            start=sentence.start,
            end=sentence.end,
            sha256=hashlib.sha256(sentence.text.encode()).hexdigest(),
            sample=draft.cells.get("sample", ""),
            split=draft.cells.get("split", "test"),
            codings={coder: frozenset(codebook.close_upwards(codes)) for coder, codes in draft.codings.items()},
            read_in=read_in,
        )
    ]


def _describe(members: Sequence[Draft]) -> dict[str, str]:
    """Return what the rows of a document say of all of it."""
    metadata = {}
    for name in _ABOUT_DOCUMENTS:
        given = {draft.cells[name] for draft in members if name in draft.cells and draft.role != "interviewer"}
        if len(given) == 1:
            [metadata[name]] = given
    return metadata
