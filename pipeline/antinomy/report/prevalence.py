"""The data of ``prevalence.json`` -> one HTML page that needs nothing beside it, and an Excel workbook."""

import math
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from antinomy.codebook import Codebook
from antinomy.report.charts_interval import draw_axis, draw_interval
from antinomy.report.environment import make_environment
from antinomy.report.saving import save_file, save_through
from antinomy.report.workbook_cells import Column, Sheet, add_styles

STYLES = ("style.css", "evaluation.css", "agreement.css")
KINDS = ("naive", "people", "corrected")
WHO = {"people alone": "people", "with the model": "corrected"}


def write_prevalence_page(data: Mapping[str, Any], path: Path, *, codebook: Codebook) -> None:
    """Write the page.

    Raises:
        OutputError: If the page cannot be written.
    """
    environment = make_environment(STYLES)
    environment.globals |= {
        "draw_axis": partial(draw_axis, show=lambda at: f"{100 * at:g}"),
        "draw_interval": draw_interval,
    }
    environment.filters["share"] = show_share
    rows = {row["id"]: row for row in data["rows"]}
    ends = [row[kind][end] or 0 for row in data["rows"] for kind in KINDS for end in ("value", "high")]
    context = {
        "data": data,
        "book": codebook,
        "rows": rows,
        # the next twentieth above everything that is drawn
        "stop": min(1.0, max(0.05, math.ceil(20 * max(ends, default=1)) / 20)),
        "shown": "corrected" if data["coded_by_hand"] else "naive",
    }
    page = environment.get_template("prevalence.html.j2").render(context)
    save_file(path, page.encode("utf-8", "replace"))


def show_share(score: Mapping[str, Any]) -> str:
    """Return a share with its interval, in per cent with a decimal: codes are rare.

    >>> show_share({"value": 0.0321, "low": 0.022, "high": 0.0413})
    '3.2 [2.2, 4.1]'
    """
    if score["value"] is None:
        return "–"
    shown = f"{100 * score['value']:.1f}"
    return shown if score["low"] is None else f"{shown} [{100 * score['low']:.1f}, {100 * score['high']:.1f}]"


def write_prevalence_workbook(data: Mapping[str, Any], path: Path, *, codebook: Codebook) -> Path:
    """Write a row per code and dimension.

    Raises:
        OutputError: If the file cannot be written.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    add_styles(workbook)
    heads = [Column("Dimension", 16), Column("Code", 32), Column("model gave", 10), Column("people gave", 10)]
    for name in ("model alone", "people alone", "corrected"):
        heads += [Column(name, 12), Column("low", 10), Column("high", 10)]
    heads += [Column("weight", 10), Column("correlation", 10), Column("likeness", 10)]
    halves = [need["within"] for need in data["rows"][0]["needed"]]
    heads += [Column(f"to code for ± {100 * half:g} points, {who}", 18) for half in halves for who in WHO]
    sheet = Sheet(workbook, "Prevalence", tuple(heads))
    for row in data["rows"]:
        known = row["id"] in codebook.by_id
        name = codebook.by_id[row["id"]].name if known else f"Any {row['id']}"
        scores = [row[kind][end] for kind in KINDS for end in ("value", "low", "high")]
        needs = [need[key] for need in row["needed"] for key in WHO.values()]
        facts = [row["corrected"]["weight"], row["correlation"], row["likeness"]]
        dimension = codebook.by_id[row["id"]].dimension if known else row["id"]
        sheet.append([dimension, name, row["given"], row["coded"], *scores, *facts, *needs])
    sheet.finish()
    return save_through(path, workbook.save)
