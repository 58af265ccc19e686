"""Sentences of a document -> token windows: the sentence in its context.

A window reads ``[CLS] role question before before [SEP] sentence [SEP] after [SEP]``; token type 1
marks the sentence itself, so that the model can pool over it alone. The context is the one that the
codebook gives to coders: two sentences before, one after, and the interviewer's question.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from antinomy.errors import ModelError
from antinomy.records import Sentence

BEFORE = 2
MAX_TARGET = 128
MAX_BEFORE = 72
MAX_AFTER = 32
MAX_QUESTION = 24
# The interviewer's question still counts as context so many sentences later.
QUESTION_REACH = 8
MARKS = ("respondent", "document", "question")


class Tokenizer(Protocol):
    """What is needed of a tokenizer: ids without special tokens."""

    cls: int
    sep: int

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text."""
        ...


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids and types of one sentence in context; both of the same length."""

    ids: tuple[int, ...]
    types: tuple[int, ...]


class FileTokenizer:
    """A ``tokenizer.json`` of the tokenizers library, without padding or truncation."""

    def __init__(self, path: str) -> None:
        from tokenizers import Tokenizer as Backend

        self._path = path
        self._backend = Backend.from_file(path)
        self._backend.no_padding()
        self._backend.no_truncation()
        self.cls: int = self.special("[CLS]")
        self.sep: int = self.special("[SEP]")

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text, without special tokens."""
        encodings = self._backend.encode_batch_fast(list(texts), add_special_tokens=False)
        return [list(encoding.ids) for encoding in encodings]

    def special(self, token: str) -> int:
        """Return the id of a special token.

        Raises:
            ModelError: If the tokenizer lacks it.
        """
        number = self._backend.token_to_id(token)
        if number is None:
            raise ModelError(f"the tokenizer lacks {token}", where=self._path, fix="Fetch the model again.")
        return int(number)


def build_windows(
    sentences: Sequence[Sentence], tokenizer: Tokenizer, *, only: Collection[int] | None = None
) -> Iterator[tuple[int, Window]]:
    """Yield (position, window) for every sentence whose status is ``coded``.

    Args:
        sentences: Consecutive sentences of one document, the interviewer's included.
        tokenizer: Tokenizer of the model.
        only: Positions to cut windows for; None for all.
    """
    wanted = [
        position
        for position, sentence in enumerate(sentences)
        if sentence.status == "coded" and (only is None or position in only)
    ]
    questions = _last_questions(sentences)
    tokens = _tokenise(sentences, wanted, questions, tokenizer)
    marks = dict(zip(MARKS, tokenizer.ids([f"{mark}:" for mark in MARKS]), strict=True))
    for position in wanted:
        left = list(marks["document" if sentences[position].role == "document" else "respondent"])
        first = max(0, position - BEFORE)
        question = questions[position]
        if question is not None and position - question <= QUESTION_REACH and question < first:
            left += marks["question"] + tokens[question][-MAX_QUESTION:]
        context: list[int] = []
        for near in range(first, position):
            context += (marks["question"] if sentences[near].role == "interviewer" else []) + tokens[near]
        left += context[-MAX_BEFORE:]
        after = tokens[position + 1][:MAX_AFTER] if position + 1 < len(sentences) else []
        yield position, _join(left, tokens[position][:MAX_TARGET], after, tokenizer)


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
    """Tokenise each sentence that some window shows, once."""
    shown = {near for position in wanted for near in range(position - BEFORE, position + 2)}
    shown |= {question for position in wanted if (question := questions[position]) is not None}
    places = sorted(place for place in shown if 0 <= place < len(sentences))
    return dict(zip(places, tokenizer.ids([sentences[place].text for place in places]), strict=True))


def _join(left: list[int], target: list[int], after: list[int], tokenizer: Tokenizer) -> Window:
    ids = (tokenizer.cls, *left, tokenizer.sep, *target, tokenizer.sep, *after, tokenizer.sep)
    types = (0,) * (len(left) + 2) + (1,) * len(target) + (0,) * (len(after) + 2)
    # a sentence of nothing but unknown white space has no token; its separator stands for it
    return Window(ids, types if target else (*types[: len(left) + 1], 1, *types[len(left) + 2 :]))
