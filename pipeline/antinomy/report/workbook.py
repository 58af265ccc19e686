"""A run's folder -> an Excel workbook of all codings, counts, cues and definitions."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from antinomy.records import CodedSentence, Cue, Sentence
from antinomy.report.charts import format_clock
from antinomy.report.marks import describe_cue, name_codes
from antinomy.report.quotes import Quote, add_context
from antinomy.report.saving import save_through
from antinomy.report.summary import CueIndex, SentenceKey, Summary, Tally, count_codes
from antinomy.report.workbook_about import list_facts
from antinomy.report.workbook_archive import parse_moment, stamp_archive
from antinomy.report.workbook_cells import Column, Sheet, add_styles
from antinomy.run_tables import RunTables, iterate_cues, iterate_sentences, load_run

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

CUE_COLUMNS = (
    Column("Document", 28),
    Column("Sentence", 9),
    Column("Kind", 12),
    Column("Code", 20),
    Column("Text", 36),
    Column("Rule", 24),
    Column("Duration", 10),
    Column("Resolved", 22),
    Column("Negated", 9),
    Column("Hypothetical", 12),
    Column("Holder", 20),
    Column("Start", 9),
    Column("End", 9),
    Column("Holder start", 9),
    Column("Holder end", 9),
)


def write_workbook(folder: Path) -> Path:
    """Write ``codings.xlsx`` into the folder of a run and return its path; equal runs give equal bytes.

    Raises:
        InputError: If the run is incomplete or cannot be understood.
        OutputError: If the workbook cannot be written.
    """
    from openpyxl import Workbook

    tables = load_run(folder)
    workbook = Workbook(write_only=True)
    add_styles(workbook)
    codings = _add_codings(workbook, tables)
    counts = _add_counts(workbook, tables)
    codebook = _add_codebook(workbook, tables)
    cues = Sheet(workbook, "Cues", CUE_COLUMNS)
    about = Sheet(workbook, "About", (Column("Topic", 18), Column("Item", 34), Column("Value", 90, wraps=True)))

    with_code: set[SentenceKey] = set()
    summary = count_codes(_note_codings(iterate_sentences(tables), with_code), CueIndex({}, {}))
    words = _write_cues(cues, tables, with_code)
    _write_codings(codings, tables, words)
    _write_counts(counts, tables, summary)
    _write_codebook(codebook, tables)
    for fact in list_facts(tables, {"Codings": codings.left_out, "Cues": cues.left_out}):
        about.append(fact)
    for sheet in (codings, counts, codebook, cues, about):
        sheet.finish()

    def save(unfinished: Path) -> None:
        plain = unfinished.with_name(f"{unfinished.name}.plain")
        try:
            workbook.save(plain)
            stamp_archive(plain, unfinished, parse_moment(tables.run.get("finished")))
        finally:
            plain.unlink(missing_ok=True)

    return save_through(folder / "codings.xlsx", save)


def _note_codings(sentences: Iterable[CodedSentence], keys: set[SentenceKey]) -> Iterator[CodedSentence]:
    """Pass sentences on and note which of them carry a code."""
    for coded in sentences:
        if coded.prediction is not None and coded.prediction.codes:
            keys.add((coded.sentence.document, coded.sentence.index))
        yield coded


def _write_cues(sheet: Sheet, tables: RunTables, with_code: set[SentenceKey]) -> Mapping[SentenceKey, str]:
    """Write all cues; return those of the sentences ``with_code`` in words."""
    names = name_codes(tables.codebook)
    words: dict[SentenceKey, str] = {}
    for cue in iterate_cues(tables):
        sheet.append(_list_cue(cue, names))
        key = (cue.document, cue.sentence)
        if key in with_code:
            described = f"{describe_cue(cue, tables.codebook)} “{cue.text}”"
            words[key] = f"{words[key]}; {described}" if key in words else described
    return words


def _list_cue(cue: Cue, names: Mapping[str, str]) -> tuple[object, ...]:
    return (
        cue.document,
        cue.sentence,
        cue.kind,
        names.get(cue.code, cue.code),
        cue.text,
        cue.rule,
        cue.duration,
        cue.resolved,
        "yes" if cue.negated else None,
        "yes" if cue.hypothetical else None,
        names.get(cue.holder or "", cue.holder),
        cue.start,
        cue.end,
        cue.holder_start,
        cue.holder_end,
    )


def _add_codings(workbook: "Workbook", tables: RunTables) -> Sheet:
    return Sheet(
        workbook,
        "Codings",
        (
            Column("Document", 28),
            Column("Page", 7),
            Column("Time", 9),
            Column("Speaker", 18),
            Column("Role", 12),
            Column("Quote", 70, wraps=True),
            Column("Before", 40, wraps=True),
            Column("After", 40, wraps=True),
            *(Column(dimension.name, 24, wraps=True) for dimension in tables.codebook.dimensions),
            Column("Highest probability", 11),
            Column("Cues", 44, wraps=True),
            Column("Sentence", 9),
            Column("Start", 9),
            Column("End", 9),
        ),
    )


def _write_codings(sheet: Sheet, tables: RunTables, words: Mapping[SentenceKey, str]) -> None:
    def carries_code(coded: CodedSentence) -> bool:
        return coded.prediction is not None and bool(coded.prediction.codes)

    for quote in add_context(iterate_sentences(tables), carries_code):
        sheet.append(_list_coding(quote, tables, words))


def _list_coding(quote: Quote, tables: RunTables, words: Mapping[SentenceKey, str]) -> tuple[object, ...]:
    sentence = quote.sentence
    codes = [tables.codebook.by_id[code] for code in quote.codes]
    known = [quote.probabilities[code.id] for code in codes if code.id in quote.probabilities]
    return (
        sentence.document,
        sentence.page,
        None if sentence.time is None else format_clock(sentence.time),
        sentence.speaker,
        sentence.role,
        sentence.text,
        " ".join(_with_speaker(other, sentence) for other in quote.before),
        " ".join(_with_speaker(other, sentence) for other in quote.after),
        *("; ".join(code.name for code in codes if code.dimension == entry.id) for entry in tables.codebook.dimensions),
        round(max(known), 3) if known else None,
        words.get((sentence.document, sentence.index)),
        sentence.index,
        sentence.start,
        sentence.end,
    )


def _with_speaker(other: Sentence, sentence: Sentence) -> str:
    return f"{other.speaker}: {other.text}" if other.speaker and other.speaker != sentence.speaker else other.text


def _add_counts(workbook: "Workbook", tables: RunTables) -> Sheet:
    titles = ("Organisation", "Date", "Unit", "Role", "Format", "Language", "Sentences", "With a code")
    codes = (Column(code.name, 13) for code in tables.codebook.codes)
    return Sheet(workbook, "Counts", (Column("Document", 36), *(Column(title) for title in titles), *codes))


def _write_counts(sheet: Sheet, tables: RunTables, summary: Summary) -> None:
    codes = tables.codebook.code_ids
    nothing = (None,) * 6

    def count(tally: Tally) -> tuple[int, ...]:
        return (tally.sentences, tally.with_code, *(tally.codes[code] for code in codes))

    expected = [round(summary.expected[code], 1) if code in summary.expected else None for code in codes]
    sheet.append(("All documents", *nothing, *count(summary.total)))
    sheet.append(("All documents, sum of probabilities", *nothing, None, None, *expected))
    for document in tables.documents:
        given = (document.metadata.get(key) for key in ("date", "unit", "role"))
        about = (document.organisation, *given, document.format, document.language)
        sheet.append((document.id, *about, *count(summary.by_document.get(document.id, Tally()))))


def _add_codebook(workbook: "Workbook", tables: RunTables) -> Sheet:
    columns = (Column("Kind", 20), Column("Id", 34), Column("Name", 32), Column("Definition", 90, wraps=True))
    return Sheet(workbook, "Codebook", (*columns, Column("Parent", 18), Column("Poles", 50, wraps=True)))


def _write_codebook(sheet: Sheet, tables: RunTables) -> None:
    codebook = tables.codebook
    names = {dimension.id: dimension.name for dimension in codebook.dimensions}
    for code in codebook.codes:
        kind = names.get(code.dimension, code.dimension)
        sheet.append((kind, code.id, code.name, code.definition, code.parent, " ↔ ".join(code.poles) or None))
    for kind, entries in (("Stakeholder", codebook.stakeholders), ("Time horizon", codebook.horizons)):
        for entry in entries:
            sheet.append((kind, entry.id, entry.name, entry.definition, None, None))
    for rule in codebook.rules:
        sheet.append(("Boundary rule", rule.id, None, rule.text, None, ", ".join(rule.codes)))
