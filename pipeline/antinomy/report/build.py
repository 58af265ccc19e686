"""A run's folder -> one HTML page that needs nothing beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antinomy.classify.card import format_score
from antinomy.codebook import Code
from antinomy.cues.match import Matcher
from antinomy.cues.stakeholders import build_rules, find_role
from antinomy.report import charts
from antinomy.report.balance import find_balance, find_balances, place_corners
from antinomy.report.charts_bars import draw_bar, group_bars, scale_bars
from antinomy.report.charts_corners import draw_corners, scale_corners
from antinomy.report.charts_heat import shade_rows
from antinomy.report.charts_horizons import describe_reach, draw_horizons
from antinomy.report.environment import make_environment
from antinomy.report.groups import count_by_organisation, count_by_speaking_group
from antinomy.report.horizons import count_horizons
from antinomy.report.marks import cut_pieces, describe_cue
from antinomy.report.quotes import Candidate, Found, Quote, collect_quotes, spread_over_documents, watch_candidates
from antinomy.report.saving import save_file
from antinomy.report.summary import SentenceKey, Summary, Tally, count_codes, index_cues, per_hundred
from antinomy.run_tables import RunTables, iterate_cues, iterate_sentences, load_run

if TYPE_CHECKING:
    from jinja2 import Environment

QUOTES_PER_CODE = 12
QUOTES_PER_HORIZON = 2
MAX_DOCUMENTS = 100
MAX_BALANCES = 40
MAX_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class CodeQuotes:
    """The quotes of one code; ``quotes`` go with the probability of that code, None where unknown."""

    code: Code
    total: int
    quotes: tuple[tuple[Quote, float | None], ...]


def build_report(folder: Path) -> Path:
    """Write ``report.html`` into the folder of a run and return its path.

    Raises:
        InputError: If the run is incomplete or cannot be understood.
        OutputError: If the page cannot be written.
    """
    tables = load_run(folder)
    found: Found = {}
    cues = index_cues(iterate_cues(tables))
    summary = count_codes(watch_candidates(iterate_sentences(tables), found), cues)
    rows = count_horizons(summary.holdings, tables.codebook)
    candidates = {code: spread_over_documents(places, limit=QUOTES_PER_CODE) for code, places in found.items()}
    examples = {key for row in rows for cell in row.cells for key in cell.places[:QUOTES_PER_HORIZON]}
    keys = examples | {candidate.key for chosen in candidates.values() for candidate in chosen}
    quotes = collect_quotes(tables, keys)
    context = {
        "tables": tables,
        "summary": summary,
        "share": per_hundred(summary.total.with_code, summary.total.sentences),
        "quotes": {code.id: _quote_code(code, candidates.get(code.id, []), quotes, summary) for code in _codes(tables)},
        "examples": quotes,
        "examples_per_cell": QUOTES_PER_HORIZON,
        "documents": {document.id: document for document in tables.documents},
        "max_problems": MAX_PROBLEMS,
        **_show_corners(tables, summary),
        **_show_counts(tables, summary),
        "horizon_rows": rows,
        "horizons_chart": draw_horizons(rows, tables.codebook.horizons),
    }
    page = _make_environment(tables).get_template("run.html.j2").render(context)
    return save_file(folder / "report.html", page.encode("utf-8", "replace"))


def _codes(tables: RunTables) -> tuple[Code, ...]:
    return tuple(code for entry in tables.codebook.dimensions for code in tables.codebook.codes_of(entry.id))


def _quote_code(
    code: Code, candidates: list[Candidate], quotes: Mapping[SentenceKey, Quote], summary: Summary
) -> CodeQuotes:
    chosen = ((quotes[candidate.key], candidate.probability) for candidate in candidates)
    with_known = tuple((quote, probability if probability >= 0 else None) for quote, probability in chosen)
    return CodeQuotes(code, summary.total.codes[code.id], with_known)


def _show_corners(tables: RunTables, summary: Summary) -> dict[str, Any]:
    corners = place_corners(tables.codebook)
    if not corners:
        return {"corners": ()}
    organisation_of = {document.id: document.organisation for document in tables.documents}
    organisations = count_by_organisation(summary, tables.documents)
    balances = find_balances(summary.by_document, organisations, organisation_of, corners)
    rates = [summary.total.rate(corner.code.id) for corner in corners]
    actions = [(code, summary.total.rate(code.id)) for code in tables.codebook.codes_of("action")]
    return {
        "corners": corners,
        "corner_scale": scale_corners(rates),
        "corners_chart": draw_corners(corners, rates, actions, balances),
        "actions": actions,
        "balances": balances[:MAX_BALANCES],
        "balances_left": len(balances) - MAX_BALANCES,
        "whole": find_balance("All", summary.total, corners),
        "by_organisation": bool(organisations),
    }


def _show_counts(tables: RunTables, summary: Summary) -> dict[str, Any]:
    codes = _codes(tables)
    groups = group_bars(summary, tables.codebook)
    scale = scale_bars(groups)
    by_document = {document.id: summary.by_document.get(document.id, Tally()) for document in tables.documents}
    largest = set(sorted(by_document, key=lambda name: -by_document[name].sentences)[:MAX_DOCUMENTS])
    shown = {name: tally for name, tally in by_document.items() if name in largest}
    mentioned: dict[str, Tally] = {
        entry.name: summary.by_mention[entry.id]
        for entry in tables.codebook.stakeholders
        if entry.id in summary.by_mention
    }
    matcher = Matcher(build_rules(tables.codebook))
    speaking = count_by_speaking_group(
        summary, tables.documents, tables.codebook, lambda label: find_role(matcher, label)
    )
    return {
        "codes": codes,
        "bar_groups": groups,
        "bar_scale": scale,
        "draw_bar": lambda bar: draw_bar(bar, scale),
        "heat_documents": shade_rows(shown, codes),
        "documents_left": len(tables.documents) - len(shown),
        "heat_speaking": shade_rows(speaking, codes),
        "heat_mentioned": shade_rows(mentioned, codes),
    }


def _make_environment(tables: RunTables) -> "Environment":
    environment = make_environment(("style.css",))
    environment.globals["pieces"] = lambda quote: cut_pieces(quote.sentence, quote.cues, tables.codebook)
    environment.globals["describe_cue"] = lambda cue: describe_cue(cue, tables.codebook)
    environment.globals["describe_reach"] = describe_reach
    environment.filters["rate"] = charts.format_rate
    environment.filters["clock"] = charts.format_clock
    environment.filters["score"] = format_score
    return environment
