"""The data of ``metrics.json`` -> one HTML page that needs nothing beside it.

Beside what ``antinomy.evaluate.assess`` describes, the data may hold any of these; each is drawn where it is given.
A score is ``{"value", "low", "high"}`` or a plain number::

    contrast        score, ranking, rules -> id, text, pairs, score, ranking: see ``antinomy.evaluate.contrast``
    studies         what was measured around the training of the model, on data that came with it:
        comparison      set, sentences, rows: model and baselines -> name, kappa_any_paradox, macro_f1_paradox and any
                        further scores, each a column
        learning_curve  one point per size of the training data -> sentences, coded (those with a code), kappa, macro_f1
        held_out        one row per source that the model did not learn from -> group, sentences, kappa_any, f1
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antinomy.codebook import Codebook, load_codebook
from antinomy.errors import InputError
from antinomy.report import evaluation_words
from antinomy.report.charts_curve import draw_curve
from antinomy.report.charts_interval import draw_axis, draw_interval, find_start
from antinomy.report.charts_reliability import draw_reliability
from antinomy.report.charts_rules import draw_rule
from antinomy.report.environment import make_environment
from antinomy.report.evaluation_rows import (
    cut_groups,
    group_rules,
    list_confusions,
    name_code,
    take_comparison,
    take_scores,
)
from antinomy.report.saving import save_file

if TYPE_CHECKING:
    from jinja2 import Environment

STYLES = ("style.css", "evaluation.css")


def write_evaluation_page(metrics: dict[str, Any], path: Path, *, codebook: Codebook | None = None) -> None:
    """Write the page.

    Args:
        metrics: The data.
        path: The page's file.
        codebook: The one that was measured with; None for the default one.

    Raises:
        InputError: If the data were measured with another codebook.
        OutputError: If the page cannot be written.
    """
    book = codebook or load_codebook(None)
    if metrics["codebook"]["sha256"] != book.sha256:
        fix = "Give the codebook that the model was measured with, or measure again."
        raise InputError("the figures belong to another codebook", where=str(path), fix=fix)
    studies = metrics.get("studies") or {}
    context = {
        "metrics": metrics,
        "book": book,
        "compared": studies.get("comparison") or {},
        "comparison": take_comparison((studies.get("comparison") or {}).get("rows") or []),
        "learning_curve": take_scores(studies.get("learning_curve") or [], "kappa", "macro_f1"),
        "held_out": take_scores(studies.get("held_out") or [], "kappa_any", "f1"),
        "contrast": _take_contrast(metrics.get("contrast")),
    }
    page = _make_environment(book).get_template("evaluation.html.j2").render(context)
    save_file(path, page.encode("utf-8", "replace"))


def _take_contrast(contrast: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not contrast:
        return None
    rules: Sequence[Mapping[str, Any]] = contrast.get("rules") or []
    return {
        "score": evaluation_words.take_score(contrast["score"]),
        "ranking": evaluation_words.take_score(contrast.get("ranking")),
        "rules": take_scores(rules, "score", "ranking"),
    }


def _make_environment(book: Codebook) -> "Environment":
    environment = make_environment(STYLES)
    environment.globals |= {
        "words": evaluation_words,
        "rules": {rule.id: rule.text for rule in book.rules},
        "name_code": lambda code: name_code(code, book),
        "list_confusions": list_confusions,
        "cut_groups": cut_groups,
        "group_rules": group_rules,
        "find_start": find_start,
        "draw_axis": draw_axis,
        "draw_curve": draw_curve,
        "draw_interval": draw_interval,
        "draw_reliability": draw_reliability,
        "draw_rule": draw_rule,
    }
    environment.filters |= {
        "score": evaluation_words.show_score,
        "range": evaluation_words.show_range,
        "interval": evaluation_words.show_interval,
        "fine_interval": lambda score: evaluation_words.show_interval(score, digits=3),
        "mean": evaluation_words.show_mean,
        "percent": evaluation_words.show_percent,
        "points": evaluation_words.show_points,
    }
    return environment
