"""Alarms of ``antinomy drift`` -> a sample to code by hand; the sample, coded -> what stands of the alarms.

``audit.json`` remembers what was drawn, and from which group: who codes should see neither the model's code nor whether
a sentence is from before or after. Per alarm: unit, code, and for each of ``drift.audit.GROUPS`` the group's share and
the sentences drawn from it, by document and index.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from antinomy.agreement.align import Source, align_sources
from antinomy.agreement.codings import CodedUnit
from antinomy.codebook import Codebook
from antinomy.coded_sources import read_source, take_sentences
from antinomy.drift.assess import find_side, find_spell
from antinomy.drift.audit import GROUPS, NEAR, Group, judge_audit
from antinomy.errors import InputError
from antinomy.records import CodedSentence
from antinomy.run_tables import iterate_sentences, load_run

ALARMS = ("signal", "check", "refuted")
REFUTED = "refuted"


def draw_audit(data: Mapping[str, Any], *, per_group: int, seed: int) -> tuple[dict[str, Any], list[CodedUnit]]:
    """Draw sentences for every alarm.

    Args:
        data: The data of ``drift.json``.
        per_group: Sentences to draw from each of four groups.
        seed: Decides the draw.

    Returns:
        The data of ``audit.json``, and the sentences in random order, each once.

    Raises:
        InputError: If there is no alarm.
    """
    alarms = [row for row in data["rows"] if row["state"] in ALARMS]
    if not alarms:
        raise InputError("there is no alarm to audit", where="drift.json", fix="Nothing needs to be coded.")
    random = np.random.default_rng(seed)
    sentences = [item for run in data["runs"] for item in iterate_sentences(load_run(Path(run)))]
    drawn: dict[tuple[str, int], None] = {}
    entries = []
    for row in alarms:
        groups = {}
        for (side, kind), (share, members) in _split(row, data, sentences).items():
            chosen = random.permutation(len(members))[:per_group]
            places = [(members[at].sentence.document, members[at].sentence.index) for at in chosen]
            drawn |= dict.fromkeys(places)
            groups[f"{side} {kind}"] = {"share": share, "sentences": [list(place) for place in places]}
        entries.append({"unit": row["unit"], "code": row["code"], "groups": groups})
    units = {(unit.document, int(unit.id)): unit for unit in take_sentences(sentences, "model")}
    order = list(drawn)
    return {"alarms": entries}, [units[order[at]] for at in random.permutation(len(order))]


def _split(
    row: Mapping[str, Any], data: Mapping[str, Any], sentences: Sequence[CodedSentence]
) -> dict[tuple[str, str], tuple[float, list[CodedSentence]]]:
    """Return the groups of an alarm: their share of the sentences of their side, and their sentences."""
    [unit] = [unit for unit in data["units"] if unit["name"] == row["unit"]]
    spell = find_spell(row)
    side_of = {
        document: find_side(spell, number)
        for number, period in enumerate(unit["periods"])
        for document in period["documents"]
    }
    found: dict[tuple[str, str], tuple[float, list[CodedSentence]]] = {}
    for side in ("before", "after"):
        own = [
            (item, item.prediction)
            for item in sentences
            if item.prediction is not None and side_of.get(item.sentence.document) == side
        ]
        given = [item for item, said in own if row["code"] in said.codes]
        rest = sorted(
            ((item, said) for item, said in own if row["code"] not in said.codes),
            key=lambda pair: -pair[1].probabilities.get(row["code"], 0.0),
        )
        near = [item for item, _ in rest[: round(NEAR * len(own))]]
        for kind, members in (("given", given), ("near", near)):
            found[side, kind] = len(members) / max(1, len(own)), members
    return found


def apply_audit(data: dict[str, Any], audit: Mapping[str, Any], path: Path, codebook: Codebook) -> list[str]:
    """Let a coded sample decide about alarms; each gets ``audit``, and its state may change.

    Args:
        data: The data of ``drift.json``; changed in place.
        audit: The data of ``audit.json``.
        path: The coded sample.
        codebook: The one that it was coded with.

    Returns:
        What a person should know about how it was read.

    Raises:
        GoldError: If the sample cannot be read.
    """
    notes: list[str] = []
    [source, *_] = read_source(path, codebook, notes)
    carried = _read_codes(source, audit, data["runs"])
    rows = {(row["unit"], row["code"]): row for row in data["rows"]}
    for entry in audit["alarms"]:
        row = rows.get((entry["unit"], entry["code"]))
        if row is None or row["state"] not in ALARMS or row["change"] is None:
            notes.append(f"{entry['unit']}, {entry['code']}: no alarm any more, its audit is not needed")
            continue
        groups = {tuple(name.split()): _count(group, entry["code"], carried) for name, group in entry["groups"].items()}
        read = sum(group.read for group in groups.values())
        verdict = judge_audit(
            {(side, kind): groups[side, kind] for side, kind in GROUPS},
            rising=row["change"]["after"] > row["change"]["before"],
        )
        row["audit"] = {**asdict(verdict), "read": read}
        if verdict.confirmed is not None:
            row["state"] = "signal" if verdict.confirmed else REFUTED
    return notes


def _read_codes(source: Source, audit: Mapping[str, Any], runs: Sequence[str]) -> dict[tuple[str, int], frozenset[str]]:
    """Return document and index of each coded sentence -> the codes that at least half of its coders gave it."""
    drawn = {
        (str(document), int(index))
        for entry in audit["alarms"]
        for group in entry["groups"].values()
        for document, index in group["sentences"]
    }
    said = [item.sentence for run in runs for item in iterate_sentences(load_run(Path(run)), probabilities=False)]
    known = [
        CodedUnit(sentence.document, str(sentence.index), sentence.text, {})
        for sentence in said
        if (sentence.document, sentence.index) in drawn
    ]
    aligned = align_sources([Source("audit.json", tuple(known)), source])
    found = {}
    for unit in aligned.units[: len(known)]:
        given = list(unit.codings.values())
        if given:
            codes = {code for codes in given for code in codes}
            found[unit.document, int(unit.id)] = frozenset(
                code for code in codes if 2 * sum(code in own for own in given) >= len(given)
            )
    return found


def _count(group: Mapping[str, Any], code: str, carried: Mapping[tuple[str, int], Iterable[str]]) -> Group:
    read = [
        carried[document, index] for document, index in map(tuple, group["sentences"]) if (document, index) in carried
    ]
    return Group(group["share"], len(read), sum(code in codes for codes in read))
