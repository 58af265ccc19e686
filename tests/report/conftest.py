"""Runs made from code: the files that a run leaves, with sentences written for these tests."""

import json
import random
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from antinomy.codebook import load_codebook

CODEBOOK = load_codebook()
DIMENSIONS = [dimension.id for dimension in CODEBOOK.dimensions]
CUE_KINDS = {"s": "stakeholder", "h": "horizon", "m": "marker", "n": "negation", "y": "hypothesis"}
CUE_COLUMNS = {
    "document": pyarrow.string(),
    "sentence": pyarrow.int32(),
    "kind": pyarrow.string(),
    "code": pyarrow.string(),
    "start": pyarrow.int64(),
    "end": pyarrow.int64(),
    "rule": pyarrow.string(),
    "text": pyarrow.string(),
    "duration": pyarrow.string(),
    "resolved": pyarrow.string(),
    "negated": pyarrow.bool_(),
    "hypothetical": pyarrow.bool_(),
    "holder": pyarrow.string(),
    "holder_start": pyarrow.int64(),
    "holder_end": pyarrow.int64(),
}


@dataclass
class Said:
    """One sentence to be written into a run; ``text`` may mark cues as ``{kind:code:duration|words}``.

    ``holds`` makes a holding of the first horizon: a stakeholder that is mentioned, or ``me:`` and one for the speaker.
    """

    text: str
    codes: dict[str, float] = field(default_factory=dict)
    speaker: str | None = None
    role: str = "respondent"
    status: str = "coded"
    holds: str | None = None
    page: int | None = None
    time: float | None = None


@dataclass
class Spoken:
    """One document to be written into a run."""

    id: str
    sentences: list[Said]
    metadata: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_marks(marked: str, offset: int) -> tuple[str, list[dict]]:
    """Return the text without marks, and the cues with their places from ``offset`` on."""
    text, cues, place = "", [], 0
    for mark in re.finditer(r"\{(\w)(?::(\w+))?(?::(\w+))?\|([^}]*)\}", marked):
        text += marked[place : mark.start()]
        kind = CUE_KINDS[mark[1]]
        start = offset + len(text)
        text += mark[4]
        place = mark.end()
        code = mark[2] or kind
        cue = {"kind": kind, "code": code, "start": start, "end": offset + len(text), "rule": f"{kind}.{code}.1"}
        cues.append(cue | {"text": mark[4], "duration": mark[3], "negated": False, "hypothetical": False})
    return text + marked[place:], cues


def hold(cues: list[dict], holds: str, negated: bool) -> dict:
    """Tie the first horizon to a mentioned stakeholder or to the speaker."""
    horizon = next(cue for cue in cues if cue["kind"] == "horizon")
    holder = next((cue for cue in cues if cue["code"] == holds), None)
    return horizon | {
        "kind": "holding",
        "rule": "holding.1",
        "holder": holds.removeprefix("me:"),
        "holder_start": holder and holder["start"],
        "holder_end": holder and holder["end"],
        "negated": negated,
    }


def lay_out(document: Spoken, probability) -> tuple[list[dict], list[dict], str]:
    """Return sentence rows, cue rows and the text of one document."""
    rows, cues, text = [], [], ""
    for index, said in enumerate(document.sentences):
        text += "\n\n" if text else ""
        start = len(text)
        plain, found = read_marks(said.text, start)
        text += plain
        if said.holds:
            found.append(hold(found, said.holds, any(cue["kind"] == "negation" for cue in found)))
        cues += [{"document": document.id, "sentence": index} | cue for cue in found]
        codes = CODEBOOK.close_upwards(set(said.codes)) if said.status == "coded" else ()
        row = {"document": document.id, "turn": index, "sentence": index, "start": start, "end": len(text)}
        row |= {"page": said.page, "time": said.time, "speaker": said.speaker, "role": said.role}
        row |= {"status": said.status, "text": plain}
        row |= {name: [code for code in codes if CODEBOOK.by_id[code].dimension == name] for name in DIMENSIONS}
        for code in CODEBOOK.code_ids:
            given = said.codes.get(code, 0.8 if code in codes else probability(code))
            row[f"p_{code}"] = given if said.status == "coded" else None
        rows.append(row)
    return rows, cues, text


def write_run(folder: Path, documents: list[Spoken], *, probability=lambda code: 0.01, **run: object) -> Path:
    """Write the five files of a run into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    laid = [lay_out(document, probability) for document in documents]
    texts = {"document", "speaker", "role", "status", "text"}
    types = {name: pyarrow.string() for name in texts} | {name: pyarrow.list_(pyarrow.string()) for name in DIMENSIONS}
    types |= {name: pyarrow.int32() for name in ("turn", "sentence", "start", "end", "page")}
    types |= {"time": pyarrow.float64()} | {f"p_{code}": pyarrow.float32() for code in CODEBOOK.code_ids}
    head = ["document", "turn", "sentence", "start", "end", "page", "time", "speaker", "role", "status", "text"]
    order = head + DIMENSIONS + [f"p_{code}" for code in CODEBOOK.code_ids]
    schema = pyarrow.schema([(name, types[name]) for name in order])
    rows = [row for rows, _, _ in laid for row in rows]
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema), folder / "sentences.parquet")
    cues = [{name: cue.get(name) for name in CUE_COLUMNS} for _, cues, _ in laid for cue in cues]
    table = pyarrow.Table.from_pylist(cues, pyarrow.schema(list(CUE_COLUMNS.items())))
    parquet.write_table(table, folder / "cues.parquet")
    parquet.write_table(
        pyarrow.table(
            {
                "document": [document.id for document in documents],
                "path": [f"interviews/{document.id}" for document in documents],
                "format": ["txt" for _ in documents],
                "sha256": [f"{place:064x}" for place, _ in enumerate(documents)],
                "language": ["en" for _ in documents],
                "characters": [len(text) for *_, text in laid],
                "turns": [len(document.sentences) for document in documents],
                "text": pyarrow.array([text for *_, text in laid], pyarrow.string()),
                "metadata": [json.dumps(document.metadata) for document in documents],
                "notes": pyarrow.array([document.notes for document in documents], pyarrow.list_(pyarrow.string())),
            }
        ),
        folder / "documents.parquet",
    )
    content = {
        "antinomy": "0.1.0",
        "started": "2024-03-05T09:00:00+00:00",
        "finished": "2024-03-05T09:04:30+00:00",
        "codebook": {"id": CODEBOOK.id, "version": CODEBOOK.version, "sha256": CODEBOOK.sha256},
        "model": {"name": "small", "version": "0.1", "sha256": "ab" * 32},
        "inputs": [{"document": document.id, "path": document.id, "sha256": "0" * 64} for document in documents],
        "settings": {"interviewers": ["Ida"], "batch": 32},
        "failures": [],
        "counts": {"documents": len(documents), "sentences": len(rows)},
        "warnings": [],
    }
    (folder / "run.json").write_text(json.dumps(content | run), encoding="utf-8")
    (folder / "codebook.json").write_text(json.dumps(CODEBOOK.as_dict()), encoding="utf-8")
    return folder


@pytest.fixture
def make_run(tmp_path):
    """Write a run of given documents."""
    return lambda documents, **options: write_run(tmp_path / "run", documents, **options)


@pytest.fixture
def said():
    """Make a sentence."""
    return Said


@pytest.fixture
def spoken():
    """Make a document."""
    return Spoken


@pytest.fixture(scope="session")
def rich_run(tmp_path_factory):
    """A run of three organisations, with interviews, focus groups and a report each."""
    return write_rich_run(tmp_path_factory.mktemp("rich") / "three plants")


WORDS = tomllib.loads(Path(__file__).with_name("three_plants.toml").read_text(encoding="utf-8"))
PLANTS = {
    "Northgate Bearings": {"myopia": 5, "resource_prioritisation": 3, "current_vs_future_goals": 3, "pacing": 2},
    "Alder Dairy": {"technical_monuments": 5, "pull_vs_push": 3, "empowering": 3, "detached": 2, "patching": 2},
    "Varde Pumps": {"dogma": 4, "exploitation_vs_exploration": 3, "myopia": 1, "leveraging": 2, "patching": 3},
}
PEOPLE = {
    "Mara": ("production", "shift manager"),
    "Jonas": ("lps_team", "lean coach"),
    "Priya": ("sp_team", "head of digitalisation"),
    "Ellen": ("senior_management", "site director"),
}


def write_rich_run(folder: Path) -> Path:
    """Write a run that shows everything the report can show."""
    chance = random.Random(7)
    documents = []
    for plant, weights in PLANTS.items():
        slug = plant.split()[0].lower()
        weight = [
            1 + max((weights.get(code, 0) for code in codes), default=1)
            for codes in (entry["codes"] for entry in WORDS["coded"])
        ]
        for number, (person, (group, role)) in enumerate(PEOPLE.items()):
            metadata = {"organisation": plant, "date": f"2024-0{number + 1}-12", "unit": "Assembly", "role": role}
            sentences = [talk(chance, weight, (person, group), place) for place in range(chance.randint(45, 90))]
            documents.append(Spoken(f"{slug}/{number + 1:02}_{person.lower()}.docx", sentences, metadata))
        pages = [read(chance, weight, place) for place in range(40)]
        notes = ["3 tables were read as text."]
        documents.append(Spoken(f"{slug}/annual report 2023.pdf", pages, {"organisation": plant}, notes))
    failure = {"what": "the file is password-protected", "fix": "Save a copy without a password."}
    return write_run(
        folder,
        documents,
        probability=lambda code: chance.random() ** 12 * 0.08,
        failures=[{"where": "varde/board minutes.pdf"} | failure],
        warnings=["2 documents give no date; their horizons stay relative."],
    )


def talk(chance: random.Random, weight: list[int], person: tuple[str, str], place: int) -> Said:
    """Make a sentence of an interview: a question, small talk, or something that carries a code."""
    if place % 9 == 0:
        question = Said(chance.choice(WORDS["questions"]), speaker="Ida", role="interviewer", status="interviewer")
        question.time = place * 11.5
        return question
    made = choose(chance, weight, 0.3)
    made.speaker, made.time = person[0], place * 11.5
    if made.holds and made.holds.startswith("me:"):
        made.holds = f"me:{person[1]}"
    return made


def read(chance: random.Random, weight: list[int], place: int) -> Said:
    """Make a sentence of a report."""
    made = choose(chance, weight, 0.15)
    made.role, made.page = "document", place // 8 + 1
    if made.holds and made.holds.startswith("me:"):
        made.holds = None
    return made


def choose(chance: random.Random, weight: list[int], share: float) -> Said:
    """Draw a plain or a coded sentence; probabilities vary a little."""
    if chance.random() > share:
        return Said(chance.choice(WORDS["plain"]))
    entry = chance.choices(WORDS["coded"], weight)[0]
    drawn = {code: min(0.99, max(0.5, value + chance.uniform(-0.15, 0.08))) for code, value in entry["codes"].items()}
    return Said(entry["text"], drawn, holds=entry.get("holds"))
