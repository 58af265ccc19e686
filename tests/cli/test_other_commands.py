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
