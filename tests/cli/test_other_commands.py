import json

from antinomy.codebook import load_codebook


def test_codebook_is_shown_with_all_its_codes(cli):
    done = cli("codebook", "show")
    assert done.returncode == 0
    assert all(code in done.stdout for code in load_codebook().code_ids)


def test_an_exported_codebook_reads_back_the_same(cli, tmp_path):
    file = tmp_path / "book.toml"
    assert cli("codebook", "export", "--out", file).returncode == 0
    assert load_codebook(file).sha256 == load_codebook().sha256
    data = json.loads(cli("codebook", "export", "--format", "json").stdout)
    assert data["sha256"] == load_codebook().sha256
    assert cli("codebook", "export", "--format", "csv").stdout.count("\n") == 25
    assert "## Paradox" in cli("codebook", "export", "--format", "md").stdout


def test_a_wrong_codebook_gets_all_its_errors_with_lines(cli, tmp_path):
    file = tmp_path / "book.toml"
    file.write_text('id = "x"\nversion = "1"\nextends = "antinomy"\n[[code]]\nid = "A"\n[[rule]]\nid = "r"\n')
    done = cli("codebook", "check", file)
    assert done.returncode == 2
    assert done.stderr.count("book.toml:") == 6
    assert "book.toml:5" in done.stderr


def test_help_names_every_command_and_unknown_ones_are_refused(cli):
    done = cli("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("label", "report", "codebook", "train"))
    assert cli("frobnicate").returncode == 2


def test_report_of_an_empty_folder_says_what_is_missing(cli, tmp_path):
    done = cli("report", tmp_path)
    assert done.returncode == 2
    assert "run.json" in done.stderr


def test_train_makes_a_model_that_labels(cli, tiny_gold, tiny_base, tmp_path):
    out = tmp_path / "mine"
    done = cli("train", tiny_gold, "--base", tiny_base, "--out", out, "--epochs", "1")
    assert done.returncode == 0, done.stderr
    assert "epoch 1: loss" in done.stdout
    talk = tiny_gold / "documents" / "talk_4.txt"
    done = cli("label", talk, "--model", out, "--out", tmp_path / "run", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))["model"]["name"] == "mine"


def test_train_says_what_is_wrong_before_it_begins(cli, tiny_gold, tiny_base, tmp_path):
    done = cli("train", tiny_gold, "--base", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "the encoder lacks tokenizer.json" in done.stderr
    assert not (tmp_path / "out").exists()
    done = cli("train", tmp_path, "--base", tiny_base, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "no gold set here" in done.stderr
    done = cli("train", tiny_gold, "--base", tiny_base, "--out", tiny_gold)
    assert done.returncode == 2
    assert "the place is taken" in done.stderr
