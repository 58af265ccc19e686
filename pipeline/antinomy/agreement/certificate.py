"""What was found of a model beside people, for one code -> what the model may be trusted to do with it, and why.

``unattended``    people agree on the code; the model passes the alternative annotator test where the code is at
                  stake; and putting it in any person's place does not lower alpha by more than the margin
``pre_code``      not that, but it agrees with people moderately or better: a person goes over what it gives
``not``           it agrees with people less than moderately, or it never gives the code
``insufficient``  there is too little to tell: too few people, units or documents, or intervals too wide

Every condition reads the unfavourable end of an interval, so more evidence can only make a verdict firmer. Moderate
agreement is kappa of .40 (Landis & Koch 1977); people agree where alpha is .667 (Krippendorff 2004).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from antinomy.agreement.verdict import LEAST_UNITS, TENTATIVE, show

MODERATE = 0.40
# The paper of the alternative annotator test asks for 30 units a coder, and for a winning rate of one half.
LEAST_SHARED = 30
WINNING = 0.5


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a model may do with a code.

    Attributes:
        decision: ``unattended``, ``pre_code``, ``not`` or ``insufficient``.
        reasons: Sentences for people.
    """

    decision: str
    reasons: tuple[str, ...]


def certify(found: Mapping[str, Any], *, margin: float) -> Certificate:
    """Decide on one code.

    Args:
        found: A row of ``agreement.stand_in``, without its certificate.
        margin: By how much alpha may fall when the model replaces a person.
    """
    lacking = _find_lacking(found)
    if lacking:
        return Certificate("insufficient", (lacking,))
    if not found["model_given"]:
        return Certificate("not", (f"The model gave it to no unit, people to {found['given']:,}.",))
    kappa = found["with_model"]
    shown = f"{show(kappa['value'])} [{show(kappa['low'])}, {show(kappa['high'])}]"
    hurdles = [_judge_people(found), _judge_test(found), *_judge_swaps(found, margin)]
    reasons = tuple(words for _, words in hurdles)
    if all(cleared for cleared, _ in hurdles):
        return Certificate("unattended", reasons)
    if kappa["low"] >= MODERATE:
        words = f"Its κ with people is {shown}, all of it moderate or better: useful as a first coding."
        return Certificate("pre_code", (words, *reasons))
    if kappa["high"] < MODERATE:
        words = f"Its κ with people is {shown}, all of it below {show(MODERATE)}."
        return Certificate("not", (words, *reasons))
    words = f"Its κ with people is {shown}: too wide to say on which side of {show(MODERATE)} it lies."
    return Certificate("insufficient", (words, *reasons))


def _find_lacking(found: Mapping[str, Any]) -> str:
    people = len(found["swaps"])
    if people < 2:
        return "Only one person coded what the model coded: nothing shows how far people agree."
    if found["units"] < LEAST_SHARED:
        return f"Units that the model and two people coded: {found['units']:,}; {LEAST_SHARED} are the least."
    if found["given"] < LEAST_UNITS:
        return f"Units to which people gave it: {found['given']:,}; {LEAST_UNITS} are the least."
    kappa, alpha = found["with_model"], found["people"]
    if any(score["value"] is None or score["low"] is None for score in (kappa, alpha)):
        return "There are too few documents, or too few with this code, for an interval."
    return ""


def _judge_people(found: Mapping[str, Any]) -> tuple[bool, str]:
    alpha = found["people"]
    shown = f"{show(alpha['value'])} [{show(alpha['low'])}, {show(alpha['high'])}]"
    if alpha["low"] >= TENTATIVE:
        return True, f"People agree on it: α {shown}."
    return False, f"People themselves do not surely agree on it: α {shown}, and the low end is under .667."


def _judge_test(found: Mapping[str, Any]) -> tuple[bool, str]:
    test = found["alt_test"]["given"]
    rate, advantage = test["winning_rate"], test["advantage"]
    if rate is None:
        return False, "The alternative annotator test has no unit to work on."
    shown = f"winning rate {show(rate)}, it wins {100 * advantage:.0f} % of the units at stake"
    weak = " (with two people the test is weak)" if len(test["coders"]) < 3 else ""
    if rate >= WINNING:
        return True, f"It passes the alternative annotator test: {shown}{weak}."
    return False, f"It does not pass the alternative annotator test: {shown}{weak}."


def _judge_swaps(found: Mapping[str, Any], margin: float) -> list[tuple[bool, str]]:
    swaps = found["swaps"]
    bad = [swap for swap in swaps if swap["low"] is None or swap["low"] < -margin]
    if not bad:
        return [(True, f"In anybody's place it lowers α by no more than {show(margin)}.")]
    parts = [
        f"{swap['coder']} {_sign(swap['value'])} [{_sign(swap['low'])}, {_sign(swap['high'])}]"
        if swap["low"] is not None
        else f"{swap['coder']} undefined"
        for swap in bad
    ]
    return [(False, f"Put in a person's place it may lower α by more than {show(margin)}: {'; '.join(parts)}.")]


def _sign(value: float) -> str:
    return ("−" if value < 0 else "+") + show(abs(value))
