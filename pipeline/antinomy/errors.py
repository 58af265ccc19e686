"""Problems that people cause or meet -> messages that say what, where and how to fix it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# controls, marks that reorder what is shown, and halves of characters: no terminal or table should get them
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_MOST_EQUAL = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        what: What is wrong, in one clause.
        where: File, with line, row, page or key where known.
        fix: What the person can do about it.
    """

    what: str
    where: str
    fix: str

    def __str__(self) -> str:
        return escape_unprintable(f"{self.where}: {self.what}. {self.fix}")


def join_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Say what is wrong in the same way in many places once, with the first place and how many others there are.

    >>> rows = [Problem("no sentence", f"pairs.csv, row {row}", "Write it.") for row in range(2, 162)]
    >>> [str(problem) for problem in join_problems(rows)]
    ['pairs.csv, row 2 and 159 other places: no sentence. Write it.']
    """
    places: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        places.setdefault((problem.what, problem.fix), []).append(problem)
    joined = []
    for equal in places.values():
        first, others = equal[0], len(equal) - 1
        many = Problem(first.what, f"{first.where} and {others:,} other places", first.fix)
        joined += [many] if len(equal) > _MOST_EQUAL else equal
    return joined


def escape_unprintable(text: str) -> str:
    r"""Return text that can be shown and stored, with escapes for what cannot; a byte of a file name is ``\xNN``.

    >>> print(escape_unprintable("caf\udce9\x1b\u202e.txt"))
    caf\xe9\x1b\u202e.txt
    """
    return _UNPRINTABLE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # how Python keeps a byte of a file name that is not UTF-8
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class UserError(Exception):
    """A problem to be shown to a person without a traceback; may carry several problems."""

    def __init__(self, what: str, *, where: str, fix: str, more: tuple[Problem, ...] = ()) -> None:
        self.problems: tuple[Problem, ...] = (Problem(what, where, fix), *more)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def from_problems(cls, problems: list[Problem]) -> "UserError":
        """Build one error of this class out of one or more problems found together."""
        first, *rest = join_problems(problems)
        return cls(first.what, where=first.where, fix=first.fix, more=tuple(rest))


class InputError(UserError):
    """An input file that cannot be read; the other files go on."""


class CodebookError(UserError):
    """A codebook file that contradicts itself or the expected form."""


class ModelError(UserError):
    """A model folder that is incomplete, altered or does not fit the codebook."""


class OutputError(UserError):
    """A place that cannot be written to, or holds something else."""


class GoldError(UserError):
    """A gold set whose units, codes and texts do not fit together."""


class AgreementError(UserError):
    """Codings that cannot be compared: too few coders, or no text in common."""


class MissingExtraError(UserError):
    """A part of antinomy that needs an extra which is not installed."""

    def __init__(self, part: str, extra: str, missing: str) -> None:
        super().__init__(
            f"{part} needs the package {missing}, which is not installed",
            where="antinomy",
            fix=f"Install the extra: pip install 'antinomy[{extra}]'",
        )
