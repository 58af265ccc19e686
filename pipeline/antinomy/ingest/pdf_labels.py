"""Pages whose speakers stand in a column beside the speech -> pages with a colon after each speaker."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from antinomy.ingest.marks import is_label
from antinomy.ingest.pdf_furniture import group_rows
from antinomy.ingest.pdf_page import Page, Run

_LONG = 30
_ALIGNED = 3.0
_MIN_ROWS = 4
_MIN_RECURRING = 0.8


def mark_labels(pages: Sequence[Page]) -> list[Page]:
    """Return the pages; labels that recur beside the left edge of the text get a colon, as in ``Name: text``."""
    found = [list(_find_labels(page)) for page in pages]
    counts = Counter(label.text for labels in found for label in labels)
    recurring = {text for text, count in counts.items() if count > 1}
    total = sum(counts.values())
    if total < _MIN_ROWS or len(recurring) < 2 or sum(counts[text] for text in recurring) < _MIN_RECURRING * total:
        return list(pages)
    return [
        replace(page, runs=tuple(replace(run, text=f"{run.text}:") if run in labels else run for run in page.runs))
        for page, labels in zip(pages, map(set, found), strict=True)
    ]


def _find_labels(page: Page) -> Iterator[Run]:
    """Yield the names that stand directly before the edge at which most long runs begin."""
    edges = Counter(round(run.left) for run in page.runs if len(run.text) >= _LONG)
    if not edges:
        return
    edge = edges.most_common(1)[0][0]
    for row in group_rows(page.runs):
        for label, text in zip(row, row[1:], strict=False):
            if abs(text.left - edge) < _ALIGNED and label.right < edge and is_label(label.text):
                yield label
