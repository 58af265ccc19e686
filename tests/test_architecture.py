"""The house: imports point downwards, siblings keep apart, files stay small."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline" / "antinomy"

# From the top down; a module may import from layers below its own, and from its own folder.
LAYERS = [
    {"__main__"},
    {"cli"},
    {"report", "batch", "datasets_view"},
    {"flow", "train_flow"},
    {"ingest", "segment", "cues", "classify", "evaluate"},
    {"store", "gold", "language_model"},
    {"codebook"},
    {"records"},
    {"errors"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(path):
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imported_parts(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("antinomy."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("antinomy."))


def test_every_part_has_a_layer():
    assert {part_of(path) for path in FILES} - {"__init__"} == set(RANK)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path):
    part = part_of(path)
    if part == "__init__":
        return
    for other in set(imported_parts(path)) - {part}:
        assert RANK[other] > RANK[part], f"{part} must not import {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_stay_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_agreement_can_load_without_heavy_libraries():
    """Scores are needed where neither torch nor spaCy should be paid for."""
    heavy = {"torch", "spacy", "transformers", "onnxruntime"}
    for path in (PACKAGE / "evaluate").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        names |= {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
        assert not names & heavy
