"""The house: imports point downwards, siblings keep apart, files stay small."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline" / "antinomy"

# From the top down; a module may import from layers below its own, and from its own folder.
LAYERS = [
    {"__main__"},
    {"cli"},
    {"report", "batch", "datasets_view"},
    {"flow", "train_flow", "evaluate_flow", "agree_flow", "accept_flow", "prevalence_flow", "drift_flow", "audit_flow"},
    {"coded_sources"},
    {"measure", "gold_sets"},
    {"ingest", "segment", "cues", "classify", "evaluate", "agreement", "accept", "prevalence", "drift"},
    {"store", "run_tables", "gold", "contrast_sets", "language_model"},
    {"coefficients"},
    {"resample"},
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
    """Parts that a file imports, also by name in a string (``"antinomy.report.build:…"``)."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
            if node.module == "antinomy":
                names = [f"antinomy.{alias.name}" for alias in node.names if alias.name in RANK]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            names = [node.value]
        parts = (name.split(".")[1].split(":")[0] for name in names if name.startswith("antinomy."))
        yield from (part for part in parts if part in RANK)


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


def test_scores_load_without_heavy_libraries():
    """Scores are needed where neither torch nor spaCy should be paid for."""
    program = "import sys, antinomy.evaluate.assess; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert not {"torch", "spacy", "transformers", "onnxruntime"} & set(done.stdout.split())
