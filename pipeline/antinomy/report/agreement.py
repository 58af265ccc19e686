"""The data of ``agreement.json`` and the units on which coders differ -> one HTML page that needs nothing beside it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from antinomy.agreement.disagreements import OTHER, SEEN_OR_NOT, Disagreement
from antinomy.codebook import Codebook
from antinomy.report import evaluation_words
from antinomy.report.agreement_words import describe_methods, show_certificate, show_reading
from antinomy.report.charts_interval import draw_axis, draw_interval, find_start
from antinomy.report.environment import make_environment
from antinomy.report.saving import save_file

STYLES = ("style.css", "evaluation.css", "agreement.css")
# Units shown of each group; all of them are in the workbook.
SHOWN = 60


def write_agreement_page(
    data: dict[str, Any], disagreements: Sequence[Disagreement], path: Path, *, codebook: Codebook
) -> None:
    """Write the page.

    Args:
        data: What ``antinomy.agree_flow`` says.
        disagreements: Units on which coders differ.
        path: The page's file.
        codebook: The one that the coders coded by.

    Raises:
        OutputError: If the page cannot be written.
    """
    environment = make_environment(STYLES)
    environment.globals |= {
        "draw_axis": draw_axis,
        "draw_interval": draw_interval,
        "find_start": find_start,
        "name_codes": lambda codes: ", ".join(codebook.by_id[code].name for code in codes) or "none",
    }
    environment.filters |= {
        "score": evaluation_words.show_score,
        "range": evaluation_words.show_range,
        "interval": evaluation_words.show_interval,
        "reading": show_reading,
        "certificate": show_certificate,
    }
    every = data["universes"]["all"]
    context = {
        "data": data,
        "book": codebook,
        "all": every,
        "rows": {row["id"]: row for row in every["rows"]},
        "coded_rows": {row["id"]: row for row in data["universes"]["coded"]["rows"]},
        "sets": {row["id"]: row for row in every["sets"]},
        "coded_sets": {row["id"]: row for row in data["universes"]["coded"]["sets"]},
        "start": find_start(row["coefficients"]["alpha"] for row in every["rows"]),
        "groups": group_disagreements(disagreements, codebook),
        "different": len(disagreements),
        "methods": describe_methods(data, codebook),
    }
    page = environment.get_template("agreement.html.j2").render(context)
    save_file(path, page.encode("utf-8", "replace"))


def group_disagreements(disagreements: Sequence[Disagreement], codebook: Codebook) -> list[Mapping[str, Any]]:
    """Return the groups, largest first: title, how many, what is mixed up most, units to show."""
    titles = {rule.id: rule.text for rule in codebook.rules}
    titles |= {
        SEEN_OR_NOT: "One coder saw a code where another saw none, and no boundary rule is about it.",
        OTHER: "Other differences.",
    }
    count = Counter(item.group for item in disagreements)
    result: list[Mapping[str, Any]] = []
    for group, total in count.most_common():
        members = [item for item in disagreements if item.group == group]
        codes = Counter(code for item in members for code in item.differing)
        often = [(codebook.by_id[code].name, number) for code, number in codes.most_common(4)]
        result.append({"id": group, "title": titles[group], "total": total, "often": often, "members": members[:SHOWN]})
    return result
