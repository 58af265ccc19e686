"""Codings from several files -> one list of units: what is the same stretch of text in all of them.

Units of a later file are matched with those found so far, in this order:

``id``      same document and id, and the same words
``offsets`` same document and place in it, and the same words
``words``   same document and the same words, the first with the first, the second with the second
``alone``   the same words, which occur once in both, whatever the documents are called

A unit whose words are not known is found by its id or place, whatever the words of the other; if its document is not
known either, by an id that occurs once in both. Words are compared in Unicode NFKC, lower case, letters and digits
only: programs change quotes, dashes and spaces. What finds no partner stays a unit of its own, coded by those who coded
it, and is counted.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from antinomy.agreement.codings import CodedUnit

HOW = ("id", "offsets", "words", "alone")
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Source:
    """The units of one file or run.

    Attributes:
        models: Those of its coders that are no people.
        lengths: Document -> characters of its text, where units know their places in it.
    """

    name: str
    units: tuple[CodedUnit, ...]
    models: frozenset[str] = frozenset()
    lengths: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A unit of a later file that has no partner in the files before it."""

    source: str
    document: str
    id: str
    text: str
    reason: str


@dataclass(slots=True)
class Alignment:
    """What came of it.

    Attributes:
        units: All units, in the order of the first file, others after them.
        matched: Source -> how -> how many of its units were matched so.
        unmatched: Units of later files without a partner, at most 200 per file.
        left: Source -> how many such units there are in all.
        renamed: (source, coder) -> the name that tells the coder from one of another file that coded the same unit.
        models: Names of the coders that are no people.
        orders: Coder -> places of that coder's units, in the order of the file.
    """

    units: list[CodedUnit]
    matched: dict[str, dict[str, int]] = field(default_factory=dict)
    unmatched: list[Unmatched] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)
    models: set[str] = field(default_factory=set)
    orders: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def recodings(self) -> dict[str, str]:
        """Return second looks at the same units: their name -> the coder, by the name in the file that came first."""
        return {renamed: coder for (_, coder), renamed in self.renamed.items()}


def align_sources(sources: Sequence[Source]) -> Alignment:
    """Bring the units of all sources together."""
    first, *others = sources
    done = Alignment(list(first.units), models=set(first.models))
    for place, unit in enumerate(first.units):
        _note_order(done, unit, place)
    for source in others:
        _add_source(done, source)
    return done


def _add_source(done: Alignment, source: Source) -> None:
    partners = _find_partners(done.units, source.units)
    counts = dict.fromkeys(HOW, 0)
    names = _name_coders(done, source, partners)
    done.models |= {names[coder] for coder in source.models if coder in names}
    other_words = {(unit.document, unit.id): plain(unit.text) for unit in done.units}
    left = 0
    for number, unit in enumerate(source.units):
        mine = replace(unit, codings={names[coder]: codes for coder, codes in unit.codings.items()})
        found = partners.get(number)
        if found is None:
            done.units.append(mine)
            _note_order(done, mine, len(done.units) - 1)
            left += 1
            if left <= _SHOWN:
                key = (unit.document, unit.id)
                differs = key in other_words and other_words[key] != plain(unit.text)
                reason = "same id, other words" if differs else "not in the files before it"
                done.unmatched.append(Unmatched(source.name, unit.document, unit.id, unit.text, reason))
            continue
        place, how = found
        counts[how] += 1
        _note_order(done, mine, place)
        theirs = done.units[place]
        known = theirs if theirs.text or not unit.text else mine
        done.units[place] = replace(
            known,
            codings={**theirs.codings, **mine.codings},
            before=theirs.before or unit.before,
            after=theirs.after or unit.after,
        )
    done.matched[source.name] = counts
    done.left[source.name] = left


def _note_order(done: Alignment, unit: CodedUnit, place: int) -> None:
    for coder in unit.codings:
        done.orders[coder].append(place)


def _find_partners(units: Sequence[CodedUnit], others: Sequence[CodedUnit]) -> dict[int, tuple[int, str]]:
    """Return place among ``others`` -> place among ``units`` and how it was found."""
    found: dict[int, tuple[int, str]] = {}
    taken: set[int] = set()
    # where one side lacks its words, the other's do not count
    bare = all(not unit.text for unit in units) or all(not unit.text for unit in others)
    for how, make_key, is_single in _WAYS_WITHOUT_WORDS if bare else _WAYS:
        mine = _index(units, make_key, taken)
        theirs = _index(others, make_key, found)
        for key, places in theirs.items():
            candidates = mine.get(key, [])
            if is_single and (len(places) > 1 or len(candidates) > 1):
                continue
            for place, partner in zip(places, candidates, strict=False):
                found[place] = (partner, how)
                taken.add(partner)
    return found


Key = tuple[object, ...] | None
# How it is called, what must be the same (None: nothing can be), whether it must be the only one.
_WAYS: tuple[tuple[str, Callable[[CodedUnit], Key], bool], ...] = (
    ("id", lambda unit: (unit.document, unit.id, plain(unit.text)), False),
    ("offsets", lambda unit: (unit.document, unit.place, plain(unit.text)) if unit.place else None, False),
    # words that occur often ("Yeah.") are matched in order within a document, never across documents
    ("words", lambda unit: (unit.document, plain(unit.text)), False),
    ("alone", lambda unit: (plain(unit.text),), True),
)
_WAYS_WITHOUT_WORDS: tuple[tuple[str, Callable[[CodedUnit], Key], bool], ...] = (
    ("id", lambda unit: (unit.document, unit.id), False),
    ("offsets", lambda unit: (unit.document, unit.place) if unit.place else None, False),
    ("id", lambda unit: (unit.id,), True),
)


def _index(
    units: Sequence[CodedUnit], make_key: Callable[[CodedUnit], Key], leave_out: Container[int]
) -> dict[Key, list[int]]:
    result: dict[Key, list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        key = None if place in leave_out else make_key(unit)
        if key is not None:
            result[key].append(place)
    return result


def _name_coders(done: Alignment, source: Source, partners: dict[int, tuple[int, str]]) -> dict[str, str]:
    """Keep names, but where one name coded one unit in two files these are two codings."""
    coders = list(dict.fromkeys(coder for unit in source.units for coder in unit.codings))
    clash = {
        coder
        for number, (place, _) in partners.items()
        for coder in source.units[number].codings
        if coder in done.units[place].codings
    }
    known = {coder for unit in done.units for coder in unit.codings}
    names = {}
    for coder in coders:
        name = coder
        if coder in clash:
            name = f"{coder} ({source.name})"
            count = 2
            while name in known:
                name, count = f"{coder} ({source.name}, {count})", count + 1
            done.renamed[source.name, coder] = name
        names[coder] = name
    return names


def plain(text: str) -> str:
    """Return what two copies of the same words have in common."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum()) or folded.strip()
