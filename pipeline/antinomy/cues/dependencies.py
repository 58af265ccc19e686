"""Parsed sentence with possible holders -> who holds which horizon, by the syntax of its clauses."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from antinomy.cues.holders import Holder
from antinomy.records import Cue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod", "poss", "advmod", "det", "quantmod"})
OPEN_CLAUSES = frozenset({"conj", "xcomp", "ccomp", "advcl", "pcomp", "aux", "auxpass", "acomp", "oprd"})
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp"})
OF = frozenset({"of", "from", "for", "by", "in", "with"})
BEFORE = frozenset({"for", "in", "at", "from", "with", "among", "to"})
AFTER = frozenset({"for", "in", "at", "among"})
EMPTY = frozenset({"it", "there", "this", "that"})
IMPERSONAL = EMPTY | frozenset({"they", "you", "everything", "focus", "question", "thing"})
MAX_STEPS = 12


def link_parsed(doc: "Doc", holders: Sequence[Holder], horizon: Cue, *, offset: int) -> list[Holder]:
    """Return the holders of a horizon: who owns it as a noun, else the subject of the clause it stands in."""
    span = doc.char_span(horizon.start - offset, horizon.end - offset, alignment_mode="expand")
    if span is None:
        return []
    places = {
        token.i: holder
        for holder in holders
        for token in doc.char_span(holder.start, holder.end, alignment_mode="expand") or ()
    }
    owners = _find_owners(span.root, places)
    return owners or _find_subjects(span.root, places)


def _find_owners(token: "Token", places: dict[int, Holder]) -> list[Holder]:
    """Look within the noun phrase: "production's daily targets", "the vision of the SP-team"."""
    for _ in range(MAX_STEPS):
        for child in token.children:
            if child.dep_ in ("poss", "compound", "nmod") and child.i in places:
                return [places[child.i]]
            if child.dep_ == "prep" and child.lower_ in OF and child.i > token.i and token.pos_ in ("NOUN", "PROPN"):
                if found := [places[deep.i] for deep in child.children if deep.i in places]:
                    return found
        if token.dep_ not in MODIFIERS or token.head is token:
            break
        token = token.head
    return []


def _find_subjects(token: "Token", places: dict[int, Holder]) -> list[Holder]:
    for _ in range(MAX_STEPS):
        token = _find_verb(token)
        subject = next((child for child in token.children if child.dep_ in SUBJECTS), None)
        if subject is not None:
            found = _read_subject(token, subject, places)
            if found or token.dep_ != "ccomp" or subject.lower_ not in EMPTY:
                return found
        elif token.dep_ in ("relcl", "acl") and token.head.i in places:
            return [places[token.head.i]]
        elif token.head is token or token.dep_ not in OPEN_CLAUSES:
            return _find_fronted(token, places)
        token = token.head
    return []


def _find_verb(token: "Token") -> "Token":
    for _ in range(MAX_STEPS):
        if token.pos_ in ("VERB", "AUX") or token.head is token:
            break
        token = token.head
    return token


def _read_subject(verb: "Token", subject: "Token", places: dict[int, Holder]) -> list[Holder]:
    if verb.dep_ == "relcl" and subject.tag_ in ("WP", "WDT"):
        return [places[verb.head.i]] if verb.head.i in places else []
    found = _unique(places[token.i] for token in _walk_phrase(subject) if token.i in places)
    if found or subject.lower_ not in IMPERSONAL:
        return found
    return _find_fronted(verb, places)


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
    """Yield a phrase without the clauses that hang on it and without nouns that only modify ("vendor contract")."""
    yield token
    for child in token.children:
        if child.dep_ not in CLAUSES and child.dep_ != "compound":
            yield from _walk_phrase(child)


def _unique(holders: Iterator[Holder]) -> list[Holder]:
    return list(dict.fromkeys(holders))
