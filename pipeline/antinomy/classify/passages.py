"""Sentences of a document -> passages: stretches of tokens in which one sentence or several are coded.

A passage reads ``<s> question </s> before </s> sentence </s> sentence </s> ... after </s>``: the
sentences to be coded stand among the context that the codebook gives to coders (the two sentences
before, the one after, the interviewer's question). Neighbours are read together and each is pooled
over its own tokens (sequential sentence classification, Cohan et al. 2019), so that context costs
little. A word at each change of speaker says who speaks.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from antinomy.errors import ModelError
from antinomy.records import Sentence

BEFORE = 2
MAX_SENTENCE = 128
MAX_BEFORE = 72
MAX_AFTER = 32
MAX_QUESTION = 24
# Tokens of sentences to be coded, and of what stands between them, in one passage.
MAX_CORE = 192
# The interviewer's question still counts as context so many sentences later.
QUESTION_REACH = 8
MARKS = {"respondent": "respondent:", "document": "document:", "interviewer": "question:"}
# Names of the special tokens, in BERT's and in RoBERTa's and MPNet's vocabulary.
START, END, PADDING = ("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[PAD]", "<pad>")


class Tokenizer(Protocol):
    """What is needed of a tokenizer: ids without special tokens."""

    start: int
    end: int

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text."""
        ...


@dataclass(frozen=True, slots=True)
class Passage:
    """Token ids, and for each sentence to be coded the half-open range of its tokens."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


class FileTokenizer:
    """A ``tokenizer.json`` of the tokenizers library, without padding or truncation."""

    def __init__(self, path: str) -> None:
        from tokenizers import Tokenizer as Backend

        self._path = path
        self._backend = Backend.from_file(path)
        self._backend.no_padding()
        self._backend.no_truncation()
        self.start, self.end, self.padding = map(self.special, (START, END, PADDING))

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text, without special tokens."""
        encodings = self._backend.encode_batch_fast(list(texts), add_special_tokens=False)
        return [list(encoding.ids) for encoding in encodings]

    def special(self, names: Sequence[str]) -> int:
        """Return the id of the first of these special tokens that the vocabulary has.

        Raises:
            ModelError: If it has none of them.
        """
        # MPNet's vocabulary holds BERT's names too, as words that its encoder never saw in this role
        for name in reversed(names):
            number = self._backend.token_to_id(name)
            if number is not None:
                return int(number)
        raise ModelError(f"the tokenizer lacks {names[0]}", where=self._path, fix="Fetch the model again.")


def build_passages(
    sentences: Sequence[Sentence], tokenizer: Tokenizer, *, only: Collection[int] | None = None
) -> Iterator[tuple[tuple[int, ...], Passage]]:
    """Yield (positions, passage) until every sentence whose status is ``coded`` had its place in one.

    Args:
        sentences: Consecutive sentences of one document, the interviewer's included.
        tokenizer: Tokenizer of the model.
        only: Positions to code; None for all.
    """
    wanted = [
        position
        for position, sentence in enumerate(sentences)
        if sentence.status == "coded" and (only is None or position in only)
    ]
    questions = _last_questions(sentences)
    tokens = _tokenise(sentences, wanted, questions, tokenizer)
    marks = dict(zip(MARKS, tokenizer.ids(list(MARKS.values())), strict=True))
    done = 0
    while done < len(wanted):
        chosen = _choose(wanted[done:], tokens)
        done += len(chosen)
        first, last = max(0, chosen[0] - BEFORE), chosen[-1]
        parts: list[tuple[int, list[int]]] = []
        question = questions[chosen[0]]
        if question is not None and question < first and chosen[0] - question <= QUESTION_REACH:
            parts.append((question, tokens[question][-MAX_QUESTION:]))
        parts += _keep_last([(near, tokens[near]) for near in range(first, chosen[0])], MAX_BEFORE)
        parts += [(near, tokens[near][:MAX_SENTENCE]) for near in range(chosen[0], last + 1)]
        if last + 1 < len(sentences):
            parts.append((last + 1, tokens[last + 1][:MAX_AFTER]))
        yield chosen, _join(parts, set(chosen), sentences, marks, tokenizer)


def _choose(wanted: Sequence[int], tokens: dict[int, list[int]]) -> tuple[int, ...]:
    """Take the sentences that fit into one passage: as long as they follow one another closely."""
    size, chosen = 0, [wanted[0]]
    for position in wanted[1:]:
        if position - chosen[-1] > BEFORE + 1:
            break
        size += sum(min(len(tokens[near]), MAX_SENTENCE) for near in range(chosen[-1], position))
        if size + min(len(tokens[position]), MAX_SENTENCE) > MAX_CORE:
            break
        chosen.append(position)
    return tuple(chosen)


def _keep_last(parts: list[tuple[int, list[int]]], room: int) -> list[tuple[int, list[int]]]:
    """Keep the last tokens of consecutive sentences."""
    kept: list[tuple[int, list[int]]] = []
    for position, ids in reversed(parts):
        if room > 0:
            kept.insert(0, (position, ids[-room:]))
        room -= len(ids)
    return kept


def _last_questions(sentences: Sequence[Sentence]) -> list[int | None]:
    """For each sentence the position of the interviewer's last sentence up to there."""
    last: int | None = None
    result = []
    for position, sentence in enumerate(sentences):
        last = position if sentence.role == "interviewer" else last
        result.append(last)
    return result


def _tokenise(
    sentences: Sequence[Sentence], wanted: list[int], questions: list[int | None], tokenizer: Tokenizer
) -> dict[int, list[int]]:
    """Tokenise each sentence that some passage may show, once."""
    shown = {near for position in wanted for near in range(position - BEFORE, position + BEFORE + 2)}
    shown |= {question for position in wanted if (question := questions[position]) is not None}
    places = sorted(place for place in shown if 0 <= place < len(sentences))
    return dict(zip(places, tokenizer.ids([sentences[place].text for place in places]), strict=True))


def _join(
    parts: list[tuple[int, list[int]]],
    coded: set[int],
    sentences: Sequence[Sentence],
    marks: dict[str, list[int]],
    tokenizer: Tokenizer,
) -> Passage:
    ids, spans = [tokenizer.start], []
    said: tuple[str, str | None] | None = None
    for position, tokens in parts:
        sentence = sentences[position]
        voice = (sentence.role, sentence.speaker)
        if voice != said:
            ids += marks[sentence.role]
            said = voice
        start = len(ids)
        ids += [*tokens, tokenizer.end]
        if position in coded:
            # a sentence of nothing but unknown white space has no token; its separator stands for it
            spans.append((start, max(start + 1, len(ids) - 1)))
    return Passage(tuple(ids), tuple(spans))
