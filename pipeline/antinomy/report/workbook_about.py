"""What a run says about itself -> rows of topic, item and value."""

from collections.abc import Iterator, Mapping

from antinomy.run_tables import RunTables

Fact = tuple[str, str, str]
READING = (
    "Codes and probabilities come from an early model: read them as suggestions to check. Stakeholders, horizons and "
    "other cues are found by rules; the sheet Cues names the rule of each."
)
OFFSETS = "Start and End count characters (Unicode code points) of the document's text, from 0; End is exclusive."
FORMULAS = (
    "A text that begins with = + - @, a tab or a # is stored as text and carries Excel's own mark for text, so that it "
    "is never computed. The mark is no part of the text and is lost in a CSV file: import such a file with all "
    "columns set to text."
)
LENGTH = "A text over 32,767 characters, Excel's limit for a cell, ends in …"


def list_facts(tables: RunTables, left_out: Mapping[str, int]) -> Iterator[Fact]:
    """Yield the rows of the sheet About; ``left_out`` are rows that did not fit, by sheet."""
    run = tables.run
    for text in (READING, OFFSETS, FORMULAS, LENGTH):
        yield ("reading", "", text)
    for sheet, rows in left_out.items():
        if rows:
            yield ("reading", sheet, f"{rows:,} rows did not fit on the sheet; they are in the run's Parquet files.")
    for item in ("antinomy", "started", "finished"):
        yield ("run", item, _to_text(run.get(item)))
    for topic in ("codebook", "model", "settings", "counts"):
        yield from _flatten(topic, "", run.get(topic))
    for failure in run.get("failures") or ():
        told = ". ".join(_to_text(failure.get(key)) for key in ("what", "fix") if failure.get(key))
        yield ("failure", _to_text(failure.get("where") or failure.get("path")), told)
    for warning in run.get("warnings") or ():
        yield ("warning", "", _to_text(warning))
    for document in tables.documents:
        yield ("input", document.id, f"{document.path} sha256 {document.sha256}")
        for note in document.notes:
            yield ("note", document.id, note)


def _flatten(topic: str, item: str, value: object) -> Iterator[Fact]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flatten(topic, f"{item} {key}".strip(), inner)
    elif isinstance(value, list):
        yield (topic, item, ", ".join(_to_text(inner) for inner in value))
    elif value is not None:
        yield (topic, item, _to_text(value))


def _to_text(value: object) -> str:
    return "" if value is None else str(value)
