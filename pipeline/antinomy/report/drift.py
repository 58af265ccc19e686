"""The data of ``drift.json`` -> one HTML page that needs nothing beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from antinomy.codebook import Codebook
from antinomy.drift.assess import RATE, find_spell
from antinomy.drift.horizons import TEXT
from antinomy.drift.tallies import PARADOX
from antinomy.report.balance import place_corners
from antinomy.report.charts_balance import draw_balance
from antinomy.report.charts_cascade import draw_cascade
from antinomy.report.charts_control import draw_control
from antinomy.report.charts_gap import draw_gap
from antinomy.report.charts_path import draw_paths
from antinomy.report.drift_words import (
    LAMPS,
    STATES,
    TIERS,
    describe_gap,
    describe_pole,
    describe_row,
    find_tier,
    show_days,
    show_share,
)
from antinomy.report.environment import make_environment
from antinomy.report.saving import save_file

STYLES = ("style.css", "evaluation.css", "drift.css")


def write_drift_page(data: Mapping[str, Any], path: Path, *, codebook: Codebook) -> None:
    """Write the page.

    Args:
        data: What ``antinomy.drift_flow`` says.
        path: The page's file.
        codebook: The one that all documents were coded with.

    Raises:
        OutputError: If the page cannot be written.
    """
    environment = make_environment(STYLES)
    environment.globals |= {"draw_control": draw_control, "draw_balance": draw_balance, "draw_gap": draw_gap}
    environment.filters |= {"share": show_share, "days": show_days}
    corners = place_corners(codebook)
    names = {unit["name"]: [period["name"] for period in unit["periods"]] for unit in data["units"]}
    order = list(STATES)
    stakeholders = {entry.id: entry.name for entry in codebook.stakeholders} | {TEXT: "held by nobody named"}
    rows = sorted(data["rows"], key=lambda row: (order.index(row["state"]), row["q"]))
    highest = max((share for unit in data["units"] for share in _mean_shares(unit, codebook).values()), default=0)
    context = {
        "data": data,
        "book": codebook,
        "states": STATES,
        "lamps": LAMPS,
        "tiers": TIERS,
        "alarms": [
            {
                **row,
                "words": describe_row(row, names[row["unit"]], codebook),
                "tier": find_tier(row),
                "spell": find_spell(row),
            }
            for row in rows
            if row["evidence"]
        ],
        "rows": {(row["unit"], row["code"]): row for row in rows},
        "poles": {
            unit["name"]: [
                (pole, describe_pole(pole, names[unit["name"]], codebook, rate=RATE)) for pole in unit["poles"]
            ]
            for unit in data["units"]
        },
        "gaps": {unit["name"]: describe_gap(unit["gap"], stakeholders) for unit in data["units"] if unit["gap"]},
        "cascade": draw_cascade(
            data["cascades"], {code.id: code.name for code in codebook.codes_of(PARADOX)}, rate=RATE
        ),
        "stakeholders": stakeholders,
        "unsteady": any(change for unit in data["units"] for change in unit["text"].values()),
        "names": names,
        "paths": [(unit["name"], draw_paths(unit, corners)) for unit in data["units"]] if corners else [],
        "tilts": {unit["name"]: [tilt_period(period) for period in unit["periods"]] for unit in data["units"]},
        "means": {unit["name"]: _mean_shares(unit, codebook) for unit in data["units"]},
        "shade": lambda share: round((share / highest) ** 0.5, 2) if highest else 0,
        "shares": {
            (unit["name"], code): [period["shares"][code] for period in unit["periods"]]
            for unit in data["units"]
            for code in codebook.code_ids
        },
    }
    page = environment.get_template("drift.html.j2").render(context)
    save_file(path, page.encode("utf-8", "replace"))


def tilt_period(period: Mapping[str, Any]) -> dict[str, Any]:
    """Return how much of a period's talk is tilted, how much answers it, and how much of both sides is still heard.

    ``one_sided`` is the share of tilted sentences among those that are tilted or name both poles of a tension.
    """
    shares = period["shares"]
    tilt, answer, both = shares["archetype"], shares["action"], shares["tension"]
    return {
        "name": period["name"],
        "tilt": tilt,
        "answer": answer,
        "both": both,
        "one_sided": tilt / (tilt + both) if tilt + both else None,
    }


def _mean_shares(unit: Mapping[str, Any], codebook: Codebook) -> dict[str, float]:
    """Return the share of all of a unit's sentences that carry each code."""
    total = sum(period["sentences"] for period in unit["periods"])
    return {
        code: sum(period["shares"][code] * period["sentences"] for period in unit["periods"]) / max(1, total)
        for code in codebook.code_ids
    }
