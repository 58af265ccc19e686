"""Sentences shared out within an error budget -> ``accepted.csv`` for the machine's, ``to_code.xlsx`` for the person's.

``to_code.xlsx`` has an empty column ``codes``: filled in, it is a table of codes that every command of antinomy reads.
"""

import csv
from pathlib import Path

from antinomy.accept.decide import Decisions
from antinomy.records import CodedSentence
from antinomy.report.saving import save_through
from antinomy.report.workbook_cells import Column, Sheet, add_styles, quote_formula

QUEUED = "queued"
# Less than this is not worth a person's attention.
LEAST = 0.1
SHOWN = 5


def write_accepted(sentences: tuple[CodedSentence, ...], decisions: Decisions, path: Path, *, model: str) -> Path:
    """Write what stands without a person: a row per sentence, ``none`` where it is filed as empty.

    Raises:
        OutputError: If the file cannot be written.
    """

    def save(unfinished: Path) -> None:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["id", "document", "start", "end", "speaker", "text", "coder", "codes"])
            for item, state, codes in zip(sentences, decisions.states, decisions.codes, strict=True):
                if state == QUEUED:
                    continue
                said = item.sentence
                cells = [said.index, said.document, said.start, said.end, said.speaker or "", said.text, model]
                given = ";".join(codes) or "none"
                rows.writerow([quote_formula(cell) if isinstance(cell, str) else cell for cell in [*cells, given]])

    return save_through(path, save)


def write_queue(sentences: tuple[CodedSentence, ...], decisions: Decisions, path: Path) -> Path:
    """Write what is left for a person, in reading order, with what the model thinks of it.

    Raises:
        OutputError: If the file cannot be written.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    add_styles(workbook)
    sheet = Sheet(
        workbook,
        "To code",
        (
            *(Column("id", 8), Column("document", 24), Column("start", 9), Column("end", 9), Column("speaker", 14)),
            *(Column("context before", 30, wraps=True), Column("text", 60, wraps=True)),
            *(Column("context after", 30, wraps=True), Column("certain", 24, wraps=True)),
            *(Column("the model thinks of", 40, wraps=True), Column("coder", 12), Column("codes", 30, wraps=True)),
        ),
    )
    for place, (item, state, codes) in enumerate(zip(sentences, decisions.states, decisions.codes, strict=True)):
        if state != QUEUED:
            continue
        said = item.sentence
        before, after = (_beside(sentences, place, step) for step in (-1, 1))
        head = [said.index, said.document, said.start, said.end, said.speaker]
        sheet.append([*head, before, said.text, after, ", ".join(codes), _list_thoughts(item), "person", None])
    sheet.finish()
    return save_through(path, workbook.save)


def _beside(sentences: tuple[CodedSentence, ...], place: int, step: int) -> str | None:
    beside = place + step
    if not 0 <= beside < len(sentences):
        return None
    other = sentences[beside].sentence
    return other.text if other.document == sentences[place].sentence.document else None


def _list_thoughts(item: CodedSentence) -> str:
    if item.prediction is None:
        return ""
    likely = sorted(item.prediction.probabilities.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{code} {value:.2f}" for code, value in likely[:SHOWN] if value >= LEAST)
