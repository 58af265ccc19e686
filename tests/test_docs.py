"""What the documents say is run: commands, snippets, links, licences of samples."""

import re
from pathlib import Path

import pytest

from antinomy.cli.app import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_command_is_in_the_readme():
    assert all(f"antinomy {name}" in README for name in COMMANDS)


def test_python_snippets_run(cli, tmp_path, monkeypatch):
    done = cli("label", ROOT / "data" / "samples" / "meridian", "--out", tmp_path / "runs" / "demo", "--format", "csv")
    assert done.returncode == 0, done.stderr
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    snippets = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert len(snippets) == 2
    for snippet in snippets:
        exec(compile(snippet, "README.md", "exec"), {})


def test_the_codebook_snippet_is_valid(cli, tmp_path):
    [snippet] = re.findall(r"```toml\n(.*?)```", README, flags=re.DOTALL)
    (tmp_path / "mine.toml").write_text(snippet, encoding="utf-8")
    done = cli("codebook", "check", tmp_path / "mine.toml")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(ROOT) for p in ROOT.glob("**/*.md") if ".venv" not in p.parts), ids=str
)
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)", text):
        assert ((ROOT / page).parent / target).exists(), target


def test_gold_card_counts_are_those_of_the_tables():
    card = (ROOT / "data" / "gold" / "README.md").read_text("utf-8")
    for name in ("written", "real_training", "real_double", "real_gold"):
        units = len((ROOT / "data" / "gold" / name / "units.csv").read_text("utf-8").splitlines()) - 1
        documents = len((ROOT / "data" / "gold" / name / "documents.csv").read_text("utf-8").splitlines()) - 1
        assert f"| `{name}` | {units:,} | {documents} |" in card


def test_no_text_of_others_lies_in_the_gold_sets():
    for name in ("real_training", "real_double", "real_gold"):
        files = {path.name for path in (ROOT / "data" / "gold" / name).iterdir()}
        assert files == {"README.md", "set.json", "documents.csv", "units.csv", "codings.csv", "splits.csv"}
        header = (ROOT / "data" / "gold" / name / "units.csv").read_text("utf-8").splitlines()[0]
        assert header == "id,document,start,end,sha256,sample"
