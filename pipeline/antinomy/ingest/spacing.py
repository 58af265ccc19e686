"""Text whose punctuation has lost its spaces (``seven,episode six.Um``) -> the same text with spaces."""

import re
from collections.abc import Iterable

_GLUED = re.compile(r"[a-z][,?!][A-Za-z]")
_SPACED = re.compile(r"[a-z][,?!] ")
_ADDRESS = re.compile(r"://|www\.|@|/")
# A full stop is only opened before a capitalised word, so that "example.com", "e.g." and "3.5" stay whole.
_GAPS = re.compile(
    r"(?<=[^\W_])([,;?!…])(?=[^\W\d_])"
    r"|(?<=[^\W\d_])([,;?!…])(?=\d)"
    r"|(?<=[a-z]{2})(\.)(?=[A-Z](?:[a-z'’]|[,. ]|$))"
    r"|(?<=\d)(\.)(?=[A-Z][a-z])"
    r"|(?<=[.?!,][\"”’)])()(?=[A-Z])"
)
# Where numbers are glued too ("was2016", "24hours"), only years and plainly separate words are opened.
_YEAR = re.compile(r"(?<=[a-z]{2})(?=(?:19|20)\d\d(?!\d))")
_COUNT = re.compile(
    r"\b(about|and|are|around|at|for|from|have|in|is|just|like|of|only|or|over|says|than|the|to|was|were|with)(?=\d)"
)
_MEASURE = re.compile(r"(?<=\d)(?=(?:days|hours|minutes|months|people|percent|seconds|times|weeks|years)\b)")


def needs_spaces(texts: Iterable[str]) -> bool:
    """Tell whether a file leaves out spaces after punctuation as a rule, rather than now and then."""
    glued = spaced = 0
    for text in texts:
        glued += len(_GLUED.findall(text))
        spaced += len(_SPACED.findall(text))
    return glued > 2 and glued > 0.25 * spaced


def mend_spaces(text: str) -> str:
    """Insert the missing spaces where they are beyond doubt; addresses stay as they are.

    >>> mend_spaces("season seven,episode six.Um,see example.com,it was2016")
    'season seven, episode six. Um, see example.com, it was 2016'
    """
    return " ".join(token if _ADDRESS.search(token) else _mend_token(token) for token in text.split(" "))


def _mend_token(token: str) -> str:
    token = _GAPS.sub(r"\g<0> ", token)
    return _MEASURE.sub(" ", _COUNT.sub(r"\1 ", _YEAR.sub(" ", token)))
