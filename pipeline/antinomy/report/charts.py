"""Names, attributes and texts -> escaped SVG elements, and the numbers that people read."""

import math
import re

from markupsafe import Markup, escape

BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def draw(name: str, *children: object, **attributes: object) -> Markup:
    """Return one element; ``class_`` and ``stroke_width`` become ``class`` and ``stroke-width``, None is left out.

    >>> draw("text", "a < b", x=1.25, class_="label", id=None)
    Markup('<text x="1.25" class="label">a &lt; b</text>')
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _format_value(value))
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(escape(clean_text(child) if isinstance(child, str) else child) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, inside)


def clean_text(text: str) -> str:
    """Remove characters that XML forbids; escaped text stays escaped."""
    return text if isinstance(text, Markup) else NOT_XML.sub("", text)


def shorten_label(text: str, *, limit: int = 28) -> str:
    """Return a label of at most ``limit`` characters that cannot turn the writing direction of others.

    >>> shorten_label("Northern Valley Bearings and Couplings", limit=18)
    'Northern Valley B…'
    """
    text = BIDI_CONTROLS.sub("", clean_text(text)).strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def round_up(value: float) -> float:
    """Return the next 1, 2 or 5 times a power of ten, for the end of a scale.

    >>> round_up(3.2), round_up(0.14), round_up(0)
    (5.0, 0.2, 1.0)
    """
    if value <= 0:
        return 1.0
    power: float = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in (1, 2, 5) if value <= step * power), 10 * power)


def format_count(value: float) -> str:
    """Return a whole number with thousands set apart.

    >>> format_count(130_000)
    '130,000'
    """
    return f"{value:,.0f}"


def format_rate(value: float) -> str:
    """Return a rate with one decimal; what rounds to nothing but is not nothing says so.

    >>> format_rate(4.25), format_rate(0.01), format_rate(0)
    ('4.2', '<0.1', '0')
    """
    if value == 0:
        return "0"
    return "<0.1" if value < 0.05 else f"{value:.1f}"


def format_clock(seconds: float) -> str:
    """Return a time in a recording as hours, minutes and seconds.

    >>> format_clock(3725.8)
    '1:02:05'
    """
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _format_value(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return clean_text(value) if isinstance(value, str) else value
