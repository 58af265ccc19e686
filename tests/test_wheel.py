"""The package as a user gets it: the wheel alone, elsewhere, without the extra ``train``."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_package_data_and_model_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert all(name.startswith(("antinomy/", "antinomy-")) for name in names)
    for part in (
        "codebook/default.toml", "cues/patterns/horizon.toml", "segment/abbreviations.toml", "classify/card.md.j2",
        "report/templates/run.html.j2", "weights/antinomy-mpnet-5/model.onnx.1",
        "weights/antinomy-minilm-2/model.onnx.1", "py.typed",
    ):  # fmt: skip
        assert f"antinomy/{part}" in names
    assert wheel.stat().st_size < 95_000_000


BLOCK = """
import importlib.abc, socket, sys
class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"torch", "transformers", "sklearn", "datasets", "onnx"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
def refuse(*a, **k):
    raise AssertionError("the network was used")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
"""


def test_installed_alone_it_labels_a_file_offline_without_torch(wheel, tmp_path):
    place = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(place)]
    subprocess.run([*install, str(wheel)], check=True, timeout=120)
    (place / "sitecustomize.py").write_text(BLOCK)
    (tmp_path / "talk.txt").write_text("Interviewer: And the sensors?\n\nEva: Nobody on the line asked for them.\n")
    program = "import antinomy, sys; print(antinomy.__file__); from antinomy.cli.app import main; main()"
    command = [sys.executable, "-c", program, "label", "talk.txt", "--out", "run"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(place), "PATH": ""}, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert str(place) in done.stdout
    assert (tmp_path / "run" / "report.html").is_file()
