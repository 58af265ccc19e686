"""Sentences -> their cues, with offsets into the document."""

from collections.abc import Mapping, Sequence

from antinomy.codebook import Codebook
from antinomy.cues.dates import PartialDate, read_date
from antinomy.cues.holders import Parse, find_holdings
from antinomy.cues.horizons import read_horizon
from antinomy.cues.match import Matcher, make_cue
from antinomy.cues.scope import find_scopes, flag_cues, read_kind
from antinomy.cues.stakeholders import build_mention_rules, build_rules, find_role
from antinomy.cues.vocabulary import load_rules
from antinomy.records import Cue, Sentence

MAX_LENGTH = 20_000
ORDER: tuple[str, ...] = ("stakeholder", "horizon", "holding", "marker", "negation", "hypothesis")


class CueExtractor:
    """Finds the cues that a codebook's stakeholders and horizons, and the built-in vocabulary, give.

    Build it once; it pickles as its codebook.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        families = (build_mention_rules(codebook), *(load_rules(name) for name in ("horizon", "marker", "scope")))
        self._matcher = Matcher(rule for rules in families for rule in rules)
        self._roles = Matcher(build_rules(codebook))

    def __reduce__(self) -> tuple[type["CueExtractor"], tuple[Codebook]]:
        return CueExtractor, (self._codebook,)

    def speaker_stakeholder(self, role_text: str) -> str | None:
        """Return the stakeholder that a role or speaker label such as ``Head of Digitalisation`` names."""
        return find_role(self._roles, role_text)

    def extract(
        self,
        sentences: Sequence[Sentence],
        *,
        document_date: str | None = None,
        parse: Parse | None = None,
        speakers: Mapping[str, str] | None = None,
    ) -> list[tuple[Cue, ...]]:
        """Return the cues of each sentence, in order of their offsets into the document.

        Of a sentence longer than 20,000 code points only the beginning is searched; sentences that are
        not English have no cues.

        Args:
            sentences: Sentences of one document.
            document_date: ISO 8601 date, month or year; anything else counts as unknown.
            parse: Texts to spaCy documents with a dependency parse, in order. It gets only sentences in
                which the order of words does not decide who holds a horizon; without it those have no holding.
            speakers: Speaker's name to stakeholder id, for "we" and "I".
        """
        date = read_date(document_date)
        found = [self._find_cues(sentence, date) for sentence in sentences]
        holdings = find_holdings(sentences, found, parse=parse, speakers=speakers or {})
        return [
            tuple(sorted((*cues, *held), key=lambda cue: (cue.start, cue.end, ORDER.index(cue.kind))))
            for cues, held in zip(found, holdings, strict=True)
        ]

    def _find_cues(self, sentence: Sentence, date: PartialDate | None) -> list[Cue]:
        if sentence.status == "not_english":
            return []
        text = sentence.text[:MAX_LENGTH]
        hits = self._matcher.find(text)
        horizons = (read_horizon(hit, sentence, date=date, bins=self._codebook.horizons) for hit in hits["horizon"])
        cues = [make_cue(hit, sentence, "stakeholder", str(hit.rule.code)) for hit in hits["stakeholder"]]
        cues += [cue for cue in horizons if cue is not None]
        cues += [make_cue(hit, sentence, "marker", str(hit.rule.code)) for hit in hits["marker"]]
        scoped = flag_cues(
            sorted(cues, key=lambda cue: cue.start), find_scopes(hits["scope"], text), offset=sentence.start
        )
        return [*scoped, *(make_cue(hit, sentence, read_kind(hit), read_kind(hit)) for hit in hits["scope"])]
