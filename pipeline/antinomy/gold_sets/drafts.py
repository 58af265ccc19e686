"""Tables of entries -> sentences in order, each with the codes of everybody who coded it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from antinomy.gold_sets.findings import Findings, Place
from antinomy.gold_sets.tables import Entry, Table
from antinomy.records import Role

_FIXED = ("split", "organisation")
# Of the sentences that two tables name alike, so many must be the same for the tables to be of one document.
_SAME = 0.5
_COPY = "Correct one of them. If they are of different documents, add a column 'document'."


@dataclass(slots=True)
class Draft:
    """One sentence while the tables are read.

    Attributes:
        place: Where it was met first.
        own_context: Whether its table gives the context; otherwise its neighbours are the context.
        codings: Coder -> codes; nobody's for context only.
    """

    document: str
    id: str
    text: str
    place: Place
    role: Role | None
    own_context: bool
    cells: dict[str, str]
    codings: dict[str, set[str]] = field(default_factory=dict)


class Drafts:
    """All sentences, found by document and id, or by id alone."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._all: dict[tuple[str, str], Draft] = {}
        self._by_id: dict[str, list[Draft]] = {}

    @property
    def listed(self) -> list[Draft]:
        """All sentences in the order in which they were met."""
        return list(self._all.values())

    def add_sentences(self, table: Table) -> None:
        """Add the sentences of a table, with their codes if it has any."""
        named = list(_name_sentences(table))
        document = None if "document" in table.fields else self._recognise(table, named)
        seen = dict[tuple[str, str], Place]()
        for entry, id in named:
            key = (document or entry.cells.get("document", ""), id)
            draft = self._all.get(key)
            if draft is None:
                self._start(table, entry, key)
            elif "text" in entry.cells and draft.text != entry.cells["text"]:
                self._findings.add(f"'{id}' has other words than in {draft.place}", entry.place, _COPY)
            else:
                self._fill(draft, entry)
            if not table.has_codes and seen.setdefault(key, entry.place) is not entry.place:
                self._findings.add(f"the sentence '{id}' is there twice", entry.place, "Give each an id of its own.")
            if key in self._all:
                self._code(self._all[key], entry, table)

    def add_codes(self, table: Table) -> None:
        """Add the codes of a table whose sentences are in other tables."""
        if "id" not in table.fields:
            fix = "Add a column 'id' here and beside the words."
            self._findings.add_table("codes without words, and no column 'id'", table.where, fix)
            return
        for entry in table.entries:
            id, document = entry.cells.get("id", ""), entry.cells.get("document")
            found = [draft for draft in self._by_id.get(id, ()) if document in (None, draft.document)]
            if not id:
                continue  # said already
            if len(found) == 1:
                self._fill(found[0], entry)
                self._code(found[0], entry, table)
            elif found:
                fix = "Add a column 'document'."
                self._findings.add(f"'{id}' is a sentence of several documents", entry.place, fix)
            else:
                fix = "Add its words: a column 'text' here, or a table or sheet with 'id' and 'text'."
                self._findings.add(f"there is no sentence '{id}'", entry.place, fix)

    def add_bare(self, table: Table) -> None:
        """Add the codes of a table that nobody gives the words of; offsets stand for ids where it has none."""
        for entry in table.entries:
            ends = [entry.cells.get(name, "") for name in ("start", "end")]
            id = entry.cells.get("id", "") or ("-".join(ends) if all(ends) else "")
            if not id:
                if "id" not in table.fields:
                    self._findings.add("no start or no end", entry.place, "Fill the cells, or delete the row.")
                continue
            key = (entry.cells.get("document", ""), id)
            if key not in self._all:
                self._all[key] = Draft(*key, "", entry.place, entry.role, True, dict(entry.cells))
            self._code(self._all[key], entry, table)

    def _start(self, table: Table, entry: Entry, key: tuple[str, str]) -> None:
        if "text" not in entry.cells:
            if table.is_long:
                self._findings.add("no text", entry.place, "Fill the cell in the first row of each sentence.")
            return
        own_context = bool({"before", "after"} & table.fields)
        draft = Draft(*key, entry.cells["text"], entry.place, entry.role, own_context, dict(entry.cells))
        self._all[key] = draft
        self._by_id.setdefault(key[1], []).append(draft)

    def _fill(self, draft: Draft, entry: Entry) -> None:
        """Take over what was not known of a sentence."""
        for name in _FIXED:
            given, known = entry.cells.get(name), draft.cells.get(name)
            if given and known and given != known:
                what = f"the {name} of '{draft.id}' is '{given}', but '{known}' in {draft.place}"
                self._findings.add(what, entry.place, "Correct one of them.")
        draft.cells = {**entry.cells, **draft.cells}

    def _code(self, draft: Draft, entry: Entry, table: Table) -> None:
        for coder, codes in entry.codings.items():
            given = draft.codings.get(coder)
            if given is None:
                draft.codings[coder] = set(codes)
            elif not table.is_long or given >= codes or not given:
                what = f"'{draft.id}' is coded twice by '{coder}'" + (" with the same code" if given & codes else "")
                fix = "Delete one of the rows. If they are of two coders, add a column 'coder'."
                self._findings.add(what, entry.place, fix)
            else:
                given |= codes

    def _recognise(self, table: Table, named: Sequence[tuple[Entry, str]]) -> str:
        """Return the document of a table that names none: one met before if it has the same sentences."""
        pairs = [(entry, self._by_id[id][0]) for entry, id in named if len(self._by_id.get(id, ())) == 1]
        same = [draft for entry, draft in pairs if entry.cells.get("text", draft.text) == draft.text]
        if same and len(same) >= _SAME * len(pairs):
            return same[0].document
        self._findings.note(f"{table.where}: no column 'document', so all of it is one document")
        return table.name


def _name_sentences(table: Table) -> Iterator[tuple[Entry, str]]:
    """Yield entries with their ids; without a column for them, their number within the document."""
    if "id" in table.fields:
        yield from ((entry, entry.cells["id"]) for entry in table.entries if "id" in entry.cells)
        return
    count = dict[str, int]()
    for entry in table.entries:
        document = entry.cells.get("document", "")
        count[document] = count.get(document, 0) + 1
        yield entry, str(count[document])


def gather_bare(tables: Sequence[Table], findings: Findings) -> list[Draft]:
    """Return units of tables none of which has the words, for those who only compare codes; the text is empty."""
    drafts = Drafts(findings)
    for table in tables:
        drafts.add_bare(table)
    return drafts.listed


def gather_drafts(tables: Sequence[Table], findings: Findings) -> list[Draft]:
    """Bring together what all tables say of each sentence; in the order in which the sentences were met."""
    drafts = Drafts(findings)
    for table in tables:
        if "text" in table.fields:
            drafts.add_sentences(table)
    for table in tables:
        if "text" not in table.fields:
            drafts.add_codes(table)
    return drafts.listed
