"""Figures side by side -> a markdown table."""

from typing import Any

from antinomy.classify.card import format_interval
from antinomy.codebook import Codebook


def format_table(name: str, measured: dict[str, Any], codebook: Codebook) -> str:
    """Return a markdown table of one gold set."""
    first = codebook.dimensions[0]
    titles = {
        f"kappa_any_{first.id}": f"κ any {first.name.lower()}",
        "hierarchical_f1": "hierarchical F1",
        "ece": "ECE",
    }
    titles |= {f"macro_f1_{dimension.id}": f"F1 {dimension.id}" for dimension in codebook.dimensions}
    titles[f"gain_macro_f1_{first.id}"] = f"F1 {first.id} over {measured['best_baseline']}"
    columns = dict.fromkeys(key for row in measured["comparison"] for key in row if key != "name")
    lines = [f"\n{name}: {measured['sentences']:,} sentences of {measured['documents']} documents\n"]
    lines += [f"| | {' | '.join(titles[key] for key in columns)} |", f"|---|{'--:|' * len(columns)}"]
    for row in measured["comparison"]:
        cells = [format_interval(row[key]) if key in row else "–" for key in columns]
        lines.append(f"| {row['name']} | {' | '.join(cells)} |")
    return "\n".join(lines)
