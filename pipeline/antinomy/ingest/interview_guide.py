"""Paragraphs of a protocol that sets questions off by emphasis -> blocks with the roles of both sides."""

import re
from dataclasses import replace

from antinomy.ingest.blocks import Block
from antinomy.ingest.html_blocks import HtmlParagraph

_MIN_QUESTIONS = 3
_MIN_SHARE = 0.9
_MIN_WORDS = 5
_QUESTION = re.compile(r"\?[\s.…\"”’)]*$")
_ASKING = re.compile(
    r"(?:how|what|which|who|whom|whose|where|when|why|do|does|did|is|are|was|were|can|could|will|would|should|have|has)\b"
    r".*:$",
    re.IGNORECASE,
)


def mark_questions(paragraphs: list[HtmlParagraph]) -> tuple[Block, ...]:
    """Return the paragraphs' blocks; in a protocol, with speaker and role.

    A protocol is a text in which at least three whole paragraphs are emphasised questions. There, further
    questions may be plain or lack the question mark; everything else after the first is an answer.
    """
    asked = [index for index, paragraph in enumerate(paragraphs) if _is_marked_question(paragraph)]
    if len(asked) < _MIN_QUESTIONS or any(paragraph.block.speaker for paragraph in paragraphs):
        return tuple(paragraph.block for paragraph in paragraphs)
    blocks: list[Block] = []
    begun = False
    for paragraph in paragraphs:
        is_question = _is_question(paragraph)
        begun = begun or is_question
        blocks.append(_give_role(paragraph, is_question) if begun else paragraph.block)
    return tuple(blocks)


def _give_role(paragraph: HtmlParagraph, is_question: bool) -> Block:
    if paragraph.kind == "heading":
        return paragraph.block
    if is_question:
        return replace(paragraph.block, speaker="Interviewer", role="interviewer")
    return replace(paragraph.block, speaker="Respondent", role="respondent")


def _is_marked_question(paragraph: HtmlParagraph) -> bool:
    return _stands_out(paragraph) and _QUESTION.search(paragraph.block.text) is not None


def _is_question(paragraph: HtmlParagraph) -> bool:
    if paragraph.kind != "text":
        return False
    text = paragraph.block.text
    if _stands_out(paragraph) and len(text.split()) >= _MIN_WORDS:
        return True
    return bool(_QUESTION.search(text) or _ASKING.match(text))


def _stands_out(paragraph: HtmlParagraph) -> bool:
    return paragraph.kind == "text" and paragraph.emphasised >= _MIN_SHARE
