"""Sentences with their stakeholders and horizons -> cues of who holds which horizon."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from antinomy.cues.clauses import Holder, find_holders, link_clauses
from antinomy.cues.dependencies import link_parsed
from antinomy.records import Cue, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[Sequence[str]], Iterable["Doc"]]
MAX_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class _Open:
    """Horizons of a sentence that only its syntax can place."""

    place: int
    holders: Sequence[Holder]
    horizons: Sequence[Cue]


def find_holdings(
    sentences: Sequence[Sentence],
    cues: Sequence[Iterable[Cue]],
    *,
    parse: Parse | None,
    speakers: Mapping[str, str],
) -> list[list[Cue]]:
    """Return the holdings of each sentence; sentences of more than 1,000 code points have none.

    Args:
        sentences: Sentences of one document.
        cues: The cues of each.
        parse: Texts to spaCy documents with a dependency parse; called once, with the sentences that need it.
        speakers: Speaker's name to stakeholder id.
    """
    holdings: list[list[Cue]] = [[] for _ in sentences]
    left: list[_Open] = []
    for place, (sentence, found) in enumerate(zip(sentences, cues, strict=True)):
        horizons = [cue for cue in found if cue.kind == "horizon"]
        if not horizons or len(sentence.text) > MAX_LENGTH:
            continue
        holders = find_holders(sentence, found, speaker=speakers.get(sentence.speaker or ""))
        links = link_clauses(sentence, holders, horizons)
        for horizon, holder in links.items():
            holdings[place].append(_build_holding(horizon, holder, offset=sentence.start, rule="holding.clause"))
        if holders and len(links) < len(horizons):
            left.append(_Open(place, holders, [cue for cue in horizons if cue not in links]))
    if parse is not None and left:
        docs = parse([sentences[case.place].text for case in left])
        for case, doc in zip(left, docs, strict=True):
            offset = sentences[case.place].start
            for horizon in case.horizons:
                for holder in link_parsed(doc, case.holders, horizon, offset=offset):
                    holdings[case.place].append(_build_holding(horizon, holder, offset=offset, rule="holding.syntax"))
    return holdings


def _build_holding(horizon: Cue, holder: Holder, *, offset: int, rule: str) -> Cue:
    """Build the cue that links a horizon to its holder; the horizon's flags hold for the link."""
    return replace(
        horizon,
        kind="holding",
        rule=rule,
        holder=holder.stakeholder,
        holder_start=None if holder.spoken else offset + holder.start,
        holder_end=None if holder.spoken else offset + holder.end,
    )
