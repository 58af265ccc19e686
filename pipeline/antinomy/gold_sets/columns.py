"""The titles of a table's columns -> what each column holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from antinomy.codebook import Codebook

# What a row may say -> titles for it, the plainest first.
FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "sentence", "quote", "utterance", "words"),
    "id": ("id", "unit", "unit id", "sentence id", "segment", "segment id"),
    "document": ("document", "doc", "document id", "file", "interview", "transcript"),
    "speaker": ("speaker", "participant", "respondent"),
    "role": ("role",),
    "coder": ("coder", "annotator", "rater", "coded by"),
    "before": ("context before", "before"),
    "after": ("context after", "after"),
    "start": ("start", "start offset"),
    "end": ("end", "end offset"),
    "split": ("split",),
    "organisation": ("organisation", "organization", "company", "source"),
    "noise": ("noise",),
    "sample": ("sample",),
    "dimension": ("dimension",),
    "code": ("code",),
    "codes": ("codes", "labels"),
}
MARKED = frozenset({"1", "1.0", "x", "yes", "true"})
UNMARKED = frozenset({"", "0", "0.0", "no", "false"})
# columns of numbers that 0 and 1 may be among, and that are no code
_NUMBERS = frozenset(
    {"start", "end", "time", "page", "turn", "line", "number", "nr", "no", "index", "sentence", "start time"}
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of columns.

    Attributes:
        titles: As they stand in the table.
        fields: Key of ``FIELDS`` -> its place.
        marks: Place of a column of marks -> the code that it is about.
        lists: Place of a column that lists codes of a dimension -> the dimension.
        doubled: Titles that stand over two columns of codes.
    """

    titles: tuple[str, ...]
    fields: Mapping[str, int]
    marks: Mapping[int, str]
    lists: Mapping[int, str]
    doubled: tuple[str, ...]

    @property
    def has_codes(self) -> bool:
        """Whether rows say anything of codes."""
        return bool(self.marks or self.lists or {"code", "codes"} & set(self.fields))

    @property
    def is_readable(self) -> bool:
        """Whether rows can be understood: they hold words, or codes of sentences that another table holds."""
        if "code" in self.fields or "text" not in self.fields:
            return bool({"id"} <= set(self.fields) or {"start", "end"} <= set(self.fields)) and self.has_codes
        return True

    @property
    def unused(self) -> list[int]:
        """Places of the columns that mean nothing here."""
        used = {*self.fields.values(), *self.marks, *self.lists}
        return [place for place in range(len(self.titles)) if place not in used]


class CodeNames:
    """Ways to write the codes of a codebook: their ids and their names."""

    def __init__(self, codebook: Codebook) -> None:
        self._ids = {plain(name): code.id for code in codebook.codes for name in (code.name, code.id)}
        self._dimensions = {plain(name): entry.id for entry in codebook.dimensions for name in (entry.name, entry.id)}

    def find(self, name: str) -> str | None:
        """Return the id of the code that a name means."""
        return self._ids.get(plain(name))

    def find_dimension(self, name: str) -> str | None:
        """Return the id of the dimension that a name means."""
        return self._dimensions.get(plain(name))

    def suggest(self, name: str) -> str:
        """Say which code may be meant."""
        near = get_close_matches(plain(name), self._ids, n=1)
        return f"Did you mean {self._ids[near[0]]}?" if near else f"Known are: {', '.join(self._ids.values())}."


def find_columns(titles: Sequence[str], names: CodeNames) -> Columns:
    """Find out what the columns of these titles hold."""
    plain_titles = [plain(title) for title in titles]
    fields = {
        field: plain_titles.index(known)
        for field, aliases in FIELDS.items()
        for known in [next((alias for alias in aliases if alias in plain_titles), None)]
        if known is not None
    }
    rest = [place for place in range(len(titles)) if place not in fields.values()]
    marks = {place: code for place in rest if (code := names.find(titles[place])) is not None}
    lists = {
        place: dimension
        for place in rest
        if place not in marks and (dimension := names.find_dimension(titles[place])) is not None
    }
    meant = [*marks.values(), *lists.values()]
    doubled = tuple(dict.fromkeys(name for name in meant if meant.count(name) > 1))
    return Columns(tuple(titles), fields, marks, lists, doubled)


def holds_marks(title: str, cells: Sequence[str]) -> bool:
    """Tell a column of marks, which may be meant for a code, from numbers and words."""
    values = {cell.casefold() for cell in cells}
    return plain(title) not in _NUMBERS and bool(values & MARKED) and values <= MARKED | UNMARKED


def plain(title: str) -> str:
    """Return a title in one spelling.

    >>> plain("Pull_vs-Push ")
    'pull vs push'
    """
    return " ".join(title.replace("_", " ").replace("-", " ").casefold().split())
