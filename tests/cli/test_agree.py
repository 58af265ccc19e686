import csv
import hashlib
import json

import openpyxl
import pytest

TEXTS = ["We waited for the tablets.", "Nobody had asked us.", "Yeah.", "Then they trained the older ones.", "Yeah."]
KIM = [["pull_vs_push"], ["detached"], [], ["empowering"], []]
LOU = [["pull_vs_push"], [], [], ["empowering"], []]


def write_wide(path, coder):
    book = openpyxl.Workbook()
    codes = ("organising", "pull_vs_push", "detached", "empowering")
    book.active.append(["id", "document", "text", *codes])
    for number, (text, given) in enumerate(zip(TEXTS, coder, strict=True)):
        marks = [int(code in given or (code == "organising" and "pull_vs_push" in given)) for code in codes]
        book.active.append([number, "talk", text, *marks])
    book.save(path)
    return path


def write_long(path, coder):
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["document", "text", "coder", "codes"])
        rows.writerows(
            ["talk", text, "lou", ";".join(given) or "none"] for text, given in zip(TEXTS, coder, strict=True)
        )
    return path


@pytest.fixture
def files(tmp_path):
    return write_wide(tmp_path / "kim.xlsx", KIM), write_long(tmp_path / "codes.csv", LOU)


def test_two_tables_of_different_form(cli, files, tmp_path):
    done = cli("agree", *files, "--out", tmp_path / "out", "--draws", "20")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert data["coders"] == {"kim": {"units": 5, "coded": 3}, "lou": {"units": 5, "coded": 2}}
    assert data["alignment"]["matched"] == {"codes.csv": {"id": 0, "offsets": 0, "words": 5, "alone": 0}}
    rows = {row["id"]: row for row in data["universes"]["all"]["rows"]}
    assert rows["organising"]["pairs"][0]["cells"] == [1, 0, 0, 4]
    assert rows["detached"]["pairs"][0]["cells"] == [0, 1, 0, 4]
    assert "coders (units): kim (5), lou (5)" in done.stdout


def test_what_is_decided_comes_back_as_one_more_coder(cli, files, tmp_path):
    out = tmp_path / "out"
    assert cli("agree", *files, "--out", out, "--draws", "0").returncode == 0
    book = openpyxl.load_workbook(out / "to_decide.xlsx")
    titles = [cell.value for cell in book.active[1]]
    [row] = book.active.iter_rows(min_row=2)
    shown = dict(zip(titles, [cell.value for cell in row], strict=True))
    assert (shown["text"], shown["kim gave"], shown["lou gave"]) == (TEXTS[1], "detached", "none")
    assert (shown["coder"], shown["codes"]) == ("adjudicated", None)
    row[titles.index("codes")].value = "detached"
    book.save(tmp_path / "decided.xlsx")
    done = cli("agree", *files, tmp_path / "decided.xlsx", "--out", tmp_path / "again", "--draws", "0")
    assert done.returncode == 0, done.stderr
    assert "'adjudicated' settled what the coders said" in done.stderr
    data = json.loads((tmp_path / "again" / "agreement.json").read_text("utf-8"))
    assert data["alignment"]["matched"]["decided.xlsx"]["id"] == 1
    assert set(data["coders"]) == {"kim", "lou"}


def test_hostile_texts_stay_text(cli, tmp_path):
    evil = '=HYPERLINK("http://x","<script>alert(1)</script>")'
    for coder, codes in (("kim", "patching"), ("lou", "none")):
        with (tmp_path / f"{coder}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["id", "document", "text", "codes"], ["1", evil, evil, codes]])
    done = cli("agree", tmp_path / "kim.csv", tmp_path / "lou.csv", "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 0, done.stderr
    assert "<script" not in (tmp_path / "out" / "agreement.html").read_text("utf-8")
    cell = openpyxl.load_workbook(tmp_path / "out" / "to_decide.xlsx").active["D2"]
    assert (cell.data_type, cell.quotePrefix, cell.value) == ("s", True, evil)


def test_a_run_is_a_coder_like_any_other(cli, files, tiny_model, tmp_path):
    talk = tmp_path / "talk.txt"
    talk.write_text("Interviewer: How did it begin?\n\nAnn: " + " ".join(TEXTS) + "\n", encoding="utf-8")
    run = tmp_path / "run"
    labelled = cli("label", talk, "--out", run, "--model", tiny_model, "--format", "csv")
    assert labelled.returncode == 0, labelled.stderr
    done = cli("agree", files[0], run, "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert set(data["coders"]) == {"kim", "tiny-1"}
    assert data["alignment"]["matched"]["run"]["alone"] == 3
    [found] = data["stand_ins"]
    assert (found["model"], found["people"], found["units"]) == ("tiny-1", ["kim"], 3)
    assert {row["certificate"]["decision"] for row in found["rows"]} == {"insufficient"}
    assert "too little evidence" in done.stdout
    assert "Only one person coded" in (tmp_path / "out" / "agreement.html").read_text("utf-8")


def test_a_coder_of_a_table_may_be_a_model(cli, tmp_path):
    for coder, codes in (("kim", KIM), ("lou", LOU), ("gpt", KIM)):
        write_wide(tmp_path / f"{coder}.xlsx", codes)
    paths = [tmp_path / f"{coder}.xlsx" for coder in ("kim", "lou", "gpt")]
    done = cli("agree", *paths, "--model", "gpt", "--out", tmp_path / "out", "--draws", "20")
    assert done.returncode == 0, done.stderr
    assert "gpt beside kim, lou, 5 units" in done.stdout
    sheet = openpyxl.load_workbook(tmp_path / "out" / "agreement.xlsx")["Model and people"]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {"gpt"}
    unknown = cli("agree", *paths, "--model", "hal", "--out", tmp_path / "out")
    assert unknown.returncode == 2
    assert "no coder is called hal" in unknown.stderr and "kim, lou, gpt" in unknown.stderr


def test_a_second_look_is_no_second_coder(cli, files, tmp_path):
    write_long(tmp_path / "later.csv", KIM)
    done = cli("agree", *files, tmp_path / "later.csv", "--out", tmp_path / "out", "--draws", "20")
    assert done.returncode == 0, done.stderr
    assert "taken as a second look, called 'lou (later.csv)'" in done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert set(data["coders"]) == {"kim", "lou"}
    [found] = data["recodings"]
    rows = {row["id"]: row for row in found["rows"]}
    assert rows["detached"]["cells"] == [0, 0, 1, 4]
    assert "lou twice, 5 units" in done.stdout
    sheet = openpyxl.load_workbook(tmp_path / "out" / "agreement.xlsx")["Coded twice"]
    assert sheet.max_row == 1 + len(found["rows"])
    assert "lou</bdi>, twice" in (tmp_path / "out" / "agreement.html").read_text("utf-8")


def test_a_file_that_cannot_be_read_costs_no_other(cli, files, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("id,text,codes\n1,We waited.,unheard_of\n", encoding="utf-8")
    done = cli("agree", *files, bad, "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 1
    assert "unknown code 'unheard_of'" in done.stderr
    assert "bad.csv, line 2" in done.stderr
    assert (tmp_path / "out" / "agreement.json").is_file()


def test_nothing_in_common(cli, files, tmp_path):
    other = tmp_path / "ada.csv"
    other.write_text("id,text,codes\n77,Something else entirely.,myopia\n", encoding="utf-8")
    done = cli("agree", files[0], other, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "no unit was coded by two coders" in done.stderr
    alone = cli("agree", files[0], "--out", tmp_path / "out")
    assert alone.returncode == 2
    assert "only one coder: kim" in alone.stderr
    assert not (tmp_path / "out").exists()


def test_coders_of_a_gold_folder_who_took_turns_are_one(cli, tmp_path):
    text = " ".join(TEXTS)
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "talk.txt").write_text(text, encoding="utf-8")
    head = {"id": "gold", "documents": "here", "roles": {"first_": "first coder", "second_": "second coder"}}
    (folder / "set.json").write_text(json.dumps(head), encoding="utf-8")
    sha = hashlib.sha256(text.encode()).hexdigest()
    write_rows(folder / "documents.csv", ("document", "file", "sha256"), ("talk", "talk.txt", sha))
    write_rows(folder / "splits.csv", ("document", "split"), ("talk", "test"))
    units, codings = [("id", "document", "start", "end", "sha256", "sample")], [("id", "coder", "code")]
    for number, words in enumerate(TEXTS[:2], start=1):
        start = text.index(words)
        sha = hashlib.sha256(words.encode()).hexdigest()
        units.append((str(number), "talk", str(start), str(start + len(words)), sha, ""))
        codings += [(str(number), f"first_{number}", "patching"), (str(number), f"second_{3 - number}", "none")]
    write_rows(folder / "units.csv", *units)
    write_rows(folder / "codings.csv", *codings)
    done = cli("agree", folder, "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert data["coders"] == {"first coder": {"units": 2, "coded": 2}, "second coder": {"units": 2, "coded": 0}}


def write_rows(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        (("id", "document", "patching"), ("1", "talk", "1"), ("2", "talk", "0")),
        (("document", "start", "end", "patching"), ("talk", "0", "26", "1"), ("talk", "27", "47", "0")),
        (("id", "dimension", "code"), ("1", "action", "patching"), ("2", "action", "none")),
    ],
)
def test_tables_without_words(cli, tmp_path, head, first, second):
    paths = [write_rows(tmp_path / f"{coder}.csv", head, first, second) for coder in ("kim", "lou")]
    done = cli("agree", *paths, "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 0, done.stderr
    assert "no words, so units are found by id or offsets alone" in done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert data["alignment"]["matched"]["lou.csv"]["id"] == 2
    rows = {row["id"]: row for row in data["universes"]["all"]["rows"]}
    assert rows["patching"]["pairs"][0]["cells"] == [1, 0, 0, 1]


def test_codes_without_words_find_the_words_of_another_file(cli, files, tmp_path):
    bare = write_rows(tmp_path / "max.csv", ("id", "code"), *((str(number), "none") for number in range(5)))
    done = cli("agree", bare, files[0], "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 0, done.stderr
    assert "no column 'document'" in done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert data["alignment"]["matched"]["kim.xlsx"]["id"] == 5
    assert TEXTS[0] in (tmp_path / "out" / "agreement.html").read_text("utf-8")


def test_offsets_find_the_sentences_of_a_run(cli, tiny_model, tmp_path):
    talk = tmp_path / "talk.txt"
    words = "Interviewer: How did it begin?\n\nAnn: " + " ".join(TEXTS) + "\n"
    talk.write_text(words, encoding="utf-8")
    labelled = cli("label", talk, "--out", tmp_path / "run", "--model", tiny_model, "--format", "csv")
    assert labelled.returncode == 0, labelled.stderr
    start = words.index(TEXTS[0])
    rows = [("talk.txt", start, start + len(TEXTS[0]), "1"), ("talk.txt", 0, 3, "0")]
    write_rows(tmp_path / "kim.csv", ("document", "start", "end", "patching"), *rows)
    done = cli("agree", tmp_path / "run", tmp_path / "kim.csv", "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert data["alignment"]["matched"]["kim.csv"]["offsets"] == 1
    assert data["alignment"]["unmatched"]["kim.csv"] == 1


def test_a_row_without_words_id_and_offsets_is_named(cli, files, tmp_path):
    write_rows(tmp_path / "kim.csv", ("document", "start", "end", "patching"), ("talk", "0", "", "1"))
    done = cli("agree", tmp_path / "kim.csv", *files, "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 1
    assert "kim.csv, line 2: no start or no end" in done.stderr
