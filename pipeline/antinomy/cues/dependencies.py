"""Parsed sentence with possible holders -> who holds a horizon, by the dependencies between its words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from antinomy.cues.clauses import Holder
from antinomy.records import Cue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod", "poss", "advmod", "det", "quantmod"})
ATTACHED = frozenset({"relcl", "acl"})
CLAUSES = ATTACHED | {"advcl", "ccomp"}
RELATIVES = frozenset({"who", "that", "which"})
EMPTY = frozenset({"it", "there", "this", "that"})
IMPERSONAL = EMPTY | {"they", "you", "everything", "focus", "question", "thing"}
OF = frozenset({"of", "from", "by", "in", "at"})
BEFORE = frozenset({"for", "in", "at", "from", "with", "among", "to"})
AFTER = frozenset({"for", "in", "at", "among"})
MAX_STEPS = 12


def link_parsed(doc: "Doc", holders: Sequence[Holder], horizon: Cue, *, offset: int) -> list[Holder]:
    """Return the holders of a horizon: who owns it as a noun, else the subject of its clause.

    Only the dependency labels are read, no parts of speech.
    """
    span = doc.char_span(horizon.start - offset, horizon.end - offset, alignment_mode="expand")
    if span is None:
        return []
    places = {
        token.i: holder
        for holder in holders
        for token in doc.char_span(holder.start, holder.end, alignment_mode="expand") or ()
    }
    return _find_owners(span.root, places) or _find_subjects(span.root, places)


def _find_owners(token: "Token", places: dict[int, Holder]) -> list[Holder]:
    """Look within the noun phrase: "production's daily targets", "the vision of the SP-team"."""
    for _ in range(MAX_STEPS):
        if _find_subject(token) is not None:
            break
        for child in token.children:
            if child.dep_ in ("poss", "compound", "nmod") and child.i in places:
                return [places[child.i]]
            if child.dep_ == "prep" and child.lower_ in OF and child.i > token.i:
                if found := _unique(places[deep.i] for deep in child.children if deep.i in places):
                    return found
        if token.dep_ not in MODIFIERS:
            break
        token = token.head
    return []


def _find_subjects(token: "Token", places: dict[int, Holder]) -> list[Holder]:
    """Climb to the clause that holds the token, and on where its subject says nothing ("it takes ...")."""
    for _ in range(MAX_STEPS):
        subject = _find_subject(token)
        if subject is not None:
            found = _read_subject(token, subject, places)
            if found or token.dep_ != "ccomp" or subject.lower_ not in EMPTY:
                return found
        elif token.dep_ in ATTACHED:
            return [places[token.head.i]] if token.head.i in places else []
        elif token.head == token:
            return _find_fronted(token, places)
        token = token.head
    return []


def _find_subject(token: "Token") -> "Token | None":
    return next((child for child in token.children if child.dep_ in SUBJECTS), None)


def _read_subject(verb: "Token", subject: "Token", places: dict[int, Holder]) -> list[Holder]:
    if verb.dep_ == "relcl" and subject.lower_ in RELATIVES:
        return [places[verb.head.i]] if verb.head.i in places else []
    found = _unique(places[token.i] for token in _walk_phrase(subject) if token.i in places)
    return found if found or subject.lower_ not in IMPERSONAL else _find_fronted(verb, places)


def _find_fronted(verb: "Token", places: dict[int, Holder]) -> list[Holder]:
    """Look for "for production it is the shift", "at head office they think in decades"."""
    return _unique(
        places[token.i]
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ in (BEFORE if child.i < verb.i else AFTER)
        for token in _walk_phrase(child)
        if token.i in places
    )


def _walk_phrase(token: "Token") -> Iterator["Token"]:
    """Yield a phrase without the clauses that hang on it and the nouns that only modify ("vendor contract")."""
    yield token
    for child in token.children:
        if child.dep_ not in CLAUSES and child.dep_ != "compound":
            yield from _walk_phrase(child)


def _unique(holders: Iterable[Holder]) -> list[Holder]:
    first: dict[str, Holder] = {}
    for holder in holders:
        first.setdefault(holder.stakeholder, holder)
    return list(first.values())
