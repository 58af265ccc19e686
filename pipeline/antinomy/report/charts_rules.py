"""What a boundary rule's sentences came to -> a bar in four parts."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from antinomy.report.charts import draw
from antinomy.report.evaluation_words import show_mean

PARTS = (("agree", "same"), ("confused", "other code"), ("missed", "missed"), ("invented", "too much"))


def draw_rule(rule: Mapping[str, Any]) -> Markup:
    """Draw the share of sentences coded alike, confused, missed and invented, in this order."""
    said = ", ".join(f"{name} {show_mean(rule[key])}" for key, name in PARTS)
    marks, left = [], 0.0
    for key, name in PARTS:
        width = 100 * rule[key] / rule["n"] if rule["n"] else 0.0
        if width:
            words = draw("title", f"{name}: {show_mean(rule[key])}")
            box = {"x": f"{left:.2f}%", "width": f"{width:.2f}%"}
            marks.append(draw("rect", words, **box, y=1, height=14, class_=f"part {key}"))
        left += width
    return draw("svg", *marks, width="100%", height=16, role="img", aria_label=f"Sentences: {said}", class_="rule-bar")
