import json

import openpyxl
import pytest

WORDS = ("We get the sensors pushed on us and nobody on the line asked for them.", "I started here as an apprentice.")


@pytest.fixture
def run(cli, tiny_model, tmp_path):
    talks = tmp_path / "talks"
    talks.mkdir()
    for number in range(6):
        text = "Interviewer: Well?\n\n" + "".join(f"Ann: {' '.join(WORDS)} Turn {place}.\n\n" for place in range(8))
        (talks / f"talk_{number}.txt").write_text(text, "utf-8")
    out = tmp_path / "run"
    done = cli("label", talks, "--out", out, "--model", tiny_model, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return out


def test_draw_code_and_estimate(cli, run, tmp_path):
    drawn = cli("prevalence", run, "--draw", "60", "--out", tmp_path / "draw")
    assert drawn.returncode == 0, drawn.stderr
    assert "60 of 144 sentences drawn" in drawn.stdout
    again = cli("prevalence", run, "--draw", "60", "--out", tmp_path / "draw")
    assert again.returncode == 2 and "the sample is there already" in again.stderr
    book = openpyxl.load_workbook(tmp_path / "draw" / "to_code.xlsx")
    sheet = book.active
    titles = [cell.value for cell in sheet[1]]
    pushed = 0
    for row in sheet.iter_rows(min_row=2):
        mine = "sensors" in row[titles.index("text")].value
        row[titles.index("codes")].value = "pull_vs_push" if mine else "none"
        pushed += mine
    book.save(tmp_path / "coded.xlsx")
    done = cli("prevalence", run, tmp_path / "coded.xlsx", "--out", tmp_path / "out", "--within", "0.05")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "out" / "prevalence.json").read_text("utf-8"))
    assert (data["sentences"], data["documents"], data["coded_by_hand"]) == (144, 6, 60)
    rows = {row["id"]: row for row in data["rows"]}
    row = rows["pull_vs_push"]
    assert row["people"]["value"] == pytest.approx(pushed / 60)
    assert row["coded"] == rows["organising"]["coded"] == rows["paradox"]["coded"] == pushed
    assert [need["within"] for need in row["needed"]] == [0.05]
    assert rows["myopia"]["people"]["low"] is None
    page = (tmp_path / "out" / "prevalence.html").read_text("utf-8")
    assert "corrected" in page and "<script" not in page
    assert openpyxl.load_workbook(tmp_path / "out" / "prevalence.xlsx").active.max_row == 1 + len(rows)


def test_a_sample_of_other_texts(cli, run, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("id,document,text,codes\n1,far away,Nothing of this was said.,none\n", "utf-8")
    done = cli("prevalence", run, other, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "no sentence of the run was coded by hand" in done.stderr and "--draw" in done.stderr


def test_what_cannot_be_read_costs_nothing_else(cli, run, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(f'document,text,codes\ntalk_0.txt,"{WORDS[1]}",none\n', "utf-8")
    bad.write_text("document,text,codes\ntalk_0,Turn 1.,unheard_of\n", "utf-8")
    done = cli("prevalence", run, good, bad, "--out", tmp_path / "out")
    assert done.returncode == 1, done.stderr
    assert "unknown code 'unheard_of'" in done.stderr
    assert (tmp_path / "out" / "prevalence.json").is_file()
