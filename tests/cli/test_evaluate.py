import json
import shutil


def test_evaluate_writes_metrics_and_a_page(cli, tiny_gold, tiny_model, tmp_path):
    out = tmp_path / "measured"
    done = cli("evaluate", "--gold", tiny_gold, "--model", tiny_model, "--out", out, "--draws", "50", "--seed", "7")
    assert done.returncode == 0, done.stderr
    metrics = json.loads((out / "metrics.json").read_text("utf-8"))
    assert metrics["settings"] == {"draws": 50, "seed": 7, "split": "test"}
    assert metrics["sets"]["tiny"]["codes"]["pull_vs_push"]["f1"]["value"] == 1
    assert "tiny: 48 sentences of 2 documents" in done.stdout
    row = next(line for line in done.stdout.splitlines() if "Tension" in line)
    assert row.split()[:4] == ["Tension", "1.00", "[1.00,", "1.00]"]
    page = (out / "evaluation.html").read_text("utf-8")
    assert "How near <bdi>tiny-1</bdi> comes to the coders" in page
    assert "50 draws of whole documents" in page
    text = (out / "metrics.json").read_text("utf-8") + page
    assert "apprentice" not in text  # no sentence of the data


def test_a_failed_set_gives_1_and_nothing_measured_gives_2(cli, tiny_gold, tiny_model, tmp_path):
    shutil.copytree(tiny_gold, tmp_path / "gold" / "good")
    bad = shutil.copytree(tiny_gold, tmp_path / "gold" / "bad")
    (bad / "codings.csv").unlink()
    known = ("--model", tiny_model, "--out", tmp_path / "out", "--draws", "0")
    done = cli("evaluate", "--gold", tmp_path / "gold", *known)
    assert done.returncode == 1
    assert "codings.csv is missing" in done.stderr
    assert "tiny: 48 sentences" in done.stdout
    assert "there are no intervals" in (tmp_path / "out" / "evaluation.html").read_text("utf-8")
    done = cli("evaluate", "--gold", bad, *known)
    assert done.returncode == 2
    assert "codings.csv is missing" in done.stderr
    done = cli("evaluate", "--gold", tmp_path, *known)
    assert done.returncode == 2
    assert "no gold set here" in done.stderr
    done = cli("evaluate", "--gold", tiny_gold, "--model", tmp_path / "none", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "is not installed" in done.stderr


def test_minimal_pairs_come_into_metrics_and_page(cli, tiny_gold, tiny_model, tmp_path):
    coded = "We get the sensors pushed on us and nobody on the line asked for them."
    plain = "I started here as an apprentice in the tool shop."
    rows = [f"imposed_method_or_order,1,a,,{coded},,pull_vs_push", f"imposed_method_or_order,1,b,,{plain},,none"]
    table = tmp_path / "pairs.csv"
    table.write_text("\n".join(["rule,pair,side,before,sentence,after,codes", *rows]) + "\n", encoding="utf-8")
    out = tmp_path / "out"
    known = ("--gold", tiny_gold, "--model", tiny_model, "--out", out, "--draws", "5", "--contrast", table)
    done = cli("evaluate", *known)
    assert done.returncode == 0, done.stderr
    assert "contrast: minimal pairs 1, boundary rules 1" in done.stdout
    assert json.loads((out / "metrics.json").read_text("utf-8"))["contrast"]["score"]["value"] == 1
    page = (out / "evaluation.html").read_text("utf-8")
    assert "right about both sides of <strong>100%</strong>" in page
    assert "apprentice" not in page
    table.write_text(table.read_text("utf-8").replace(",none", ",luck"), encoding="utf-8")
    done = cli("evaluate", *known)
    assert done.returncode == 2
    assert "pairs.csv, row 3: unknown code 'luck'" in done.stderr
