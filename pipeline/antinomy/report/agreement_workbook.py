"""The data of ``agreement.json`` and the units on which coders differ -> two Excel workbooks.

``agreement.xlsx`` holds the figures. ``to_decide.xlsx`` holds the units on which coders differ, with an empty column
``codes``: whoever decides fills it in, and the file, given to ``antinomy agree``, ``evaluate`` or ``train`` beside the
coders' files, is one more coder, ``adjudicated``. A row that is left empty is not decided.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antinomy.agreement.disagreements import Disagreement
from antinomy.codebook import Codebook
from antinomy.report.saving import save_through
from antinomy.report.workbook_cells import Column, Sheet, add_styles

if TYPE_CHECKING:
    from openpyxl import Workbook

NUMBERS = ("cohen", "fleiss", "ac1", "pabak", "percent", "positive", "negative", "prevalence")
SCORES = ("people", "between", "with_model", "ratio")
ADJUDICATED = "adjudicated"


def write_agreement_workbook(data: Mapping[str, Any], path: Path, *, codebook: Codebook) -> Path:
    """Write the figures: a row per code and universe, a row per code and pair of coders.

    Raises:
        OutputError: If the file cannot be written.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    add_styles(workbook)
    heads = [Column("Units"), Column("Dimension", 16), Column("Code", 32), Column("Coded by two"), Column("Given", 10)]
    heads += [Column(name, 10) for name in ("alpha", "low", "high", "low by units", "high by units", *NUMBERS)]
    codes = Sheet(workbook, "Codes", (*heads, Column("Verdict", 12), Column("In words", 60), Column("Undefined", 40)))
    pairs = Sheet(
        workbook,
        "Pairs",
        tuple(
            Column(title)
            for title in (
                *("Units", "Code", "First", "Second", "both", "only first", "only second", "neither"),
                *("kappa", "agree", "on yes", "prevalence index", "bias index"),
            )
        ),
    )
    for universe, measured in data["universes"].items():
        for row in measured["rows"]:
            codes.append(_list_row(universe, row, codebook))
            for pair in row["pairs"]:
                shown = [pair[key] for key in ("kappa", "percent", "positive", "prevalence_index", "bias_index")]
                pairs.append([universe, _name(row["id"], codebook), *pair["coders"], *pair["cells"], *shown])
    for sheet in (codes, pairs):
        sheet.finish()
    _add_stand_ins(workbook, data["stand_ins"], codebook)
    _add_segments(workbook, data["segments"], codebook)
    _add_steadiness(workbook, data, codebook)
    return save_through(path, workbook.save)


def _add_stand_ins(workbook: "Workbook", stand_ins: Sequence[Mapping[str, Any]], codebook: Codebook) -> None:
    """Add a row per model and code: what it may do, and why; and a row per person that it was put in place of."""
    if not stand_ins:
        return
    heads = [Column("Model", 20), Column("Code", 32), *(Column(name) for name in ("Units", "People gave", "It gave"))]
    for name in ("alpha of people", "kappa of people", "kappa with it", "ceiling ratio"):
        heads += [Column(name), Column("low", 10), Column("high", 10)]
    heads += [Column("winning rate, all units"), Column("winning rate, units at stake"), Column("May", 16)]
    models = Sheet(workbook, "Model and people", (*heads, Column("Why", 80)))
    swapped = ("alpha less that of people", "low (90 %)", "high (90 %)", "equivalent", "units at stake")
    names = ("Model", "Code", "In place of", *swapped, "it wins", "the person wins", "p")
    swaps = Sheet(workbook, "In a person's place", tuple(Column(name, 16) for name in names))
    for found in stand_ins:
        for row in found["rows"]:
            scores = [row[key][end] for key in SCORES for end in ("value", "low", "high")]
            rates = [row["alt_test"][which]["winning_rate"] for which in ("all", "given")]
            head = [found["model"], _name(row["id"], codebook)]
            counts = [row[key] for key in ("units", "given", "model_given")]
            certificate = row["certificate"]
            models.append([*head, *counts, *scores, *rates, certificate["decision"], " ".join(certificate["reasons"])])
            for swap, test in zip(row["swaps"], row["alt_test"]["given"]["coders"], strict=True):
                given = [swap[key] for key in ("coder", "value", "low", "high", "equivalent")]
                swaps.append([*head, *given, *(test[key] for key in ("units", "model_wins", "coder_wins", "p"))])
    for sheet in (models, swaps):
        sheet.finish()


def _add_segments(workbook: "Workbook", found: Mapping[str, Any] | None, codebook: Codebook) -> None:
    """Add a row per code for segments as coders cut them, and a row per coder for what became of them."""
    if not found:
        return
    ends = ("value", "low", "high")
    names = [f"{name}{end}" for name in ("alpha, unitizing", "alpha, characters") for end in ("", ", low", ", high")]
    names += [f"F1 at {score['threshold']}" for row in found["rows"][:1] for score in row["f1"]]
    heads = ("Code", "Segments", "Share of characters", *names, "Undefined")
    sheet = Sheet(workbook, "Segments", tuple(Column(name, 16) for name in heads))
    for row in found["rows"]:
        scores = [row[key][end] for key in ("unitizing", "character") for end in ends]
        scores += [score["value"] for score in row["f1"]]
        given = sum(row["given"].values())
        sheet.append([_name(row["id"], codebook), given, row["characters"], *scores, row["reason"]])
    sheet.finish()
    kinds = ("one sentence", "several", "less than half of any", "no coded sentence", "other words at the place")
    heads = ("Coder", "Segments", *kinds, "Sentences", "With a code")
    sheet = Sheet(workbook, "Segments to sentences", tuple(Column(name, 16) for name in heads))
    for coder, count in found["mapping"].items():
        sheet.append([coder, *count.values()])
    sheet.finish()


def _add_steadiness(workbook: "Workbook", data: Mapping[str, Any], codebook: Codebook) -> None:
    """Add a row per coder and code for each half of the units, and for units coded twice."""
    if data["order"]:
        names = ("kappa, first half", "second half", "change", "low", "high", "leans", "low", "high", "Undefined")
        sheet = Sheet(workbook, "Earlier and later", tuple(Column(name, 14) for name in ("Coder", "Code", *names)))
        for found in data["order"]:
            for row in found["rows"]:
                halves = [row["first"]["value"], row["second"]["value"]]
                change = [row[key][end] for key in ("change", "lean") for end in ("value", "low", "high")]
                head = [found["coder"], _name(row["id"], codebook)]
                sheet.append([*head, *halves, *change, row["change"]["reason"]])
        sheet.finish()
    if data["recodings"]:
        names = ("both times", "first only", "second only", "neither", "agree", "kappa", "low", "high", "alpha")
        sheet = Sheet(
            workbook, "Coded twice", tuple(Column(name, 14) for name in ("Coder", "Again", "Code", *names, "Undefined"))
        )
        for found in data["recodings"]:
            for row in found["rows"]:
                kappa = [row["kappa"][end] for end in ("value", "low", "high")]
                head = [found["coder"], found["again"], _name(row["id"], codebook), *row["cells"]]
                scores = [row["percent"]["value"], *kappa, row["alpha"]["value"]]
                sheet.append([*head, *scores, row["kappa"]["reason"]])
        sheet.finish()


def write_decisions(disagreements: Sequence[Disagreement], path: Path, *, codebook: Codebook) -> Path:
    """Write the units that are to be decided, grouped by what they differ about.

    Raises:
        OutputError: If the file cannot be written.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    add_styles(workbook)
    coders = list(dict.fromkeys(coder for item in disagreements for coder in item.codings))
    titles = {rule.id: rule.text for rule in codebook.rules}
    sheet = Sheet(
        workbook,
        "To decide",
        (
            *(Column("document", 24), Column("id", 10), Column("context before", 30, wraps=True)),
            *(Column("text", 60, wraps=True), Column("context after", 30, wraps=True)),
            *(Column(f"{coder} gave", 26, wraps=True) for coder in coders),
            *(Column("rule", 40, wraps=True), Column("coder", 12), Column("codes", 30, wraps=True)),
        ),
    )
    for item in sorted(disagreements, key=lambda item: item.group):
        given = ["; ".join(item.codings[coder]) or "none" if coder in item.codings else None for coder in coders]
        unit = item.unit
        head = (unit.document, unit.id, unit.before, unit.text, unit.after)
        sheet.append([*head, *given, titles.get(item.group, ""), ADJUDICATED, None])
    sheet.finish()
    return save_through(path, workbook.save)


def _list_row(universe: str, row: Mapping[str, Any], codebook: Codebook) -> list[object]:
    found = row["coefficients"]
    alpha = found["alpha"]
    dimension = codebook.by_id[row["id"]].dimension if row["id"] in codebook.by_id else row["id"]
    return [
        *(universe, dimension, _name(row["id"], codebook), row["units"], sum(row["given"].values())),
        *(alpha[key] for key in ("value", "low", "high", "units_low", "units_high")),
        *(found[name]["value"] for name in NUMBERS),
        *(row["verdict"]["reading"], " ".join(row["verdict"]["words"]), alpha["reason"]),
    ]


def _name(id: str, codebook: Codebook) -> str:
    return codebook.by_id[id].name if id in codebook.by_id else f"Any {id}"
