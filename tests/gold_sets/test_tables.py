"""Tables as people make them, read from real files."""

import csv
import json
import time

import pytest
from openpyxl import Workbook

from antinomy.codebook import load_codebook
from antinomy.errors import GoldError, InputError
from antinomy.gold_sets import find_gold_sets, open_gold_set

PUSHED = "They put the scanners in and nobody on the floor had asked."
PLAIN = "I have run the press for nine years."
ASKED = "And how was that decided?"
HEAD = ["id", "document", "speaker", "text", "organising", "pull_vs_push", "myopia"]
ROWS = [
    ["1", "ada", "Interviewer", ASKED, "", "", ""],
    ["2", "ada", "Ada", PUSHED, "1", "x", ""],
    ["3", "ada", "Ada", PLAIN, "0", "no", "False"],
    ["4", "bo", "Bo", PLAIN, "", "", "TRUE"],
]
CODED = {"2": {"organising", "pull_vs_push"}, "3": set(), "4": {"myopia"}}


def write_csv(path, *rows, delimiter=","):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_xlsx(path, **sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def write_jsonl(path, *entries):
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return path


def read(*paths, **options):
    [source] = find_gold_sets(paths)
    return open_gold_set(source, load_codebook(), **options)


def codes_of(gold, coder=None):
    return {unit.id: set(unit.codings[coder or next(iter(unit.codings))]) for unit in gold.units}


def problems(*paths, **options):
    with pytest.raises(GoldError) as caught:
        read(*paths, **options)
    return [str(problem).replace(f"{paths[0].parent}/", "") for problem in caught.value.problems]


def test_every_form_of_the_same_codes_is_the_same_set(tmp_path):
    long = [[id, "ann", code] for id, codes in CODED.items() for code in sorted(codes) or ["none"]]
    sentences = [row[:4] for row in ROWS]
    lines = [dict(zip(HEAD[:4], row, strict=True)) for row in sentences]
    coded_lines = [line | ({"codes": sorted(CODED[line["id"]])} if line["id"] in CODED else {}) for line in lines]
    by_coder = [line | ({"codes": {"ann": sorted(CODED[line["id"]])}} if line["id"] in CODED else {}) for line in lines]
    typed = [[*row[:4], *(1 if cell in ("1", "x", "TRUE") else None for cell in row[4:])] for row in ROWS]
    listed = [[*row[:4], "ann", "; ".join(CODED.get(row[0], ()))] for row in ROWS]
    forms = [
        [write_csv(tmp_path / "ann.csv", HEAD, *ROWS)],
        [write_csv(tmp_path / "ann.tsv", HEAD, *ROWS, delimiter="\t")],
        [write_xlsx(tmp_path / "ann.xlsx", Codes=[["Codes of ann"], [], HEAD, *typed])],
        [write_xlsx(tmp_path / "long.xlsx", codings=[["id", "coder", "code"], *long], units=[HEAD[:4], *sentences])],
        [
            write_csv(tmp_path / "codes.csv", ["id", "coder", "code"], *long),
            write_csv(tmp_path / "words.csv", HEAD[:4], *sentences),
        ],
        [write_csv(tmp_path / "listed.csv", [*HEAD[:4], "coder", "codes"], *listed)],
        [write_jsonl(tmp_path / "ann.jsonl", *coded_lines)],
        [write_jsonl(tmp_path / "map.jsonl", *by_coder)],
    ]
    for form in forms:
        gold = read(*form)
        assert codes_of(gold) == CODED, form
        assert [unit.document for unit in gold.units] == ["ada", "ada", "bo"]
        assert {unit.split for unit in gold.units} == {"test"}
        assert gold.texts["ada"][1][0].role == "interviewer"
        words = {unit.id: text[unit.start : unit.end] for _, text, units in gold.by_document() for unit in units}
        assert words == {"2": PUSHED, "3": PLAIN, "4": PLAIN}
        assert {coder for unit in gold.units for coder in unit.codings} == {"ann"}


def test_a_column_per_dimension_may_list_codes_by_id_or_name(tmp_path):
    name = load_codebook().by_id["pull_vs_push"].name
    rows = [
        ["2", PUSHED, "Organising", f"{name} | pull_vs_push", ""],
        ["3", PLAIN, "", "", ""],
        ["4", PLAIN, "", "", "myopia"],
    ]
    gold = read(write_csv(tmp_path / "ann.csv", ["id", "quote", "Paradox", "tension", "Archetype"], *rows))
    assert codes_of(gold) == CODED


def test_parents_are_added_as_everywhere(tmp_path):
    gold = read(write_csv(tmp_path / "a.csv", ["text", "pull_vs_push"], [PUSHED, "1"]))
    assert codes_of(gold) == {"1": {"organising", "pull_vs_push"}}


def test_two_coders_in_one_table_or_in_two_are_the_same(tmp_path):
    ben = [[*row[:4], "", "", ""] for row in ROWS]
    both = [["coder", *HEAD], *(["ann", *row] for row in ROWS), *(["ben", *row] for row in ben)]
    one = read(write_csv(tmp_path / "both.csv", *both))
    two = read(write_csv(tmp_path / "ann.csv", HEAD, *ROWS), write_csv(tmp_path / "ben.csv", HEAD, *ben))
    sheets = read(write_xlsx(tmp_path / "sheets.xlsx", ann=[HEAD, *ROWS], ben=[HEAD, *ben]))
    assert [unit.codings for unit in one.units] == [unit.codings for unit in two.units]
    assert [unit.codings for unit in one.units] == [unit.codings for unit in sheets.units]
    assert codes_of(one, "ben") == {"2": set(), "3": set(), "4": set()}
    assert (one.id, two.id) == ("both", "ann+ben")


def test_copies_without_id_and_document_are_one_document_and_other_words_are_another(tmp_path):
    ann = write_csv(tmp_path / "ann.csv", ["text", "myopia"], [PUSHED, 1], [PLAIN, 0])
    ben = write_csv(tmp_path / "ben.csv", ["text", "myopia"], [PUSHED, 0], [PLAIN, 0])
    cam = write_csv(tmp_path / "cam.csv", ["text", "myopia"], [ASKED, 0], ["Nobody told us.", 1])
    gold = read(ann, ben, cam)
    assert {unit.document: set(unit.codings) for unit in gold.units} == {"ann": {"ann", "ben"}, "cam": {"cam"}}
    assert [unit.id for unit in gold.units] == ["ann/1", "ann/2", "cam/1", "cam/2"]
    assert f"{ann}: no column 'document', so all of it is one document" in gold.notes


def test_neighbours_are_the_context_unless_the_table_has_its_own(tmp_path):
    gold = read(write_csv(tmp_path / "a.csv", HEAD, *ROWS))
    assert [sentence.text for sentence in gold.texts["ada"][1]] == [ASKED, PUSHED, PLAIN]
    head = ["id", "document", "context_before", "text", "context_after", "dogma"]
    gold = read(write_csv(tmp_path / "b.csv", head, ["1", "a", ASKED, PUSHED, "", 1], ["2", "a", "", PLAIN, "So.", 0]))
    found = [[sentence.text for sentence in gold.texts[unit.read_in][1]] for unit in gold.units]
    assert found == [[ASKED, PUSHED], [PLAIN, "So."]]
    assert {unit.document for unit in gold.units} == {"a"}
    words = [text[unit.start : unit.end] for _, text, units in gold.by_document() for unit in units]
    assert words == [PUSHED, PLAIN]


def test_the_adjudicator_decides_and_agrees_where_coders_do(tmp_path):
    head = ["id", "coder", "text", "dogma"]
    rows = [
        ["1", "ann", PUSHED, 1],
        ["1", "ben", PUSHED, 0],
        ["1", "adjudicated", PUSHED, 1],
        ["2", "ann", PLAIN, 0],
        ["2", "ben", PLAIN, 0],
    ]
    gold = read(write_csv(tmp_path / "a.csv", head, *rows))
    assert gold.adjudicator == "adjudicated"
    assert codes_of(gold, "adjudicated") == {"1": {"dogma"}, "2": set()}
    rows[-1][-1] = 1
    [problem] = problems(write_csv(tmp_path / "a.csv", head, *rows))
    assert problem.startswith("a.csv, line 5: 'adjudicated' did not decide on it")
    alone = read(write_csv(tmp_path / "b.csv", head, ["1", "adjudicated", PUSHED, 1]))
    assert alone.adjudicator is None


def test_what_is_not_used_is_said(tmp_path):
    rows = [["id", "text", "mood", "dogma", "page"], ["1", PUSHED, "angry", 1, 1], ["2", ASKED, "calm", 0, 1]]
    gold = read(write_xlsx(tmp_path / "a.xlsx", Codes=rows, Notes=[["Whatever"]], Later=[]))
    assert [note.replace(f"{tmp_path}/", "") for note in gold.notes] == [
        "a.xlsx, sheet 'Later' is empty",
        "a.xlsx, sheet 'Notes' is not read: it has neither sentences nor their codes",
        "a.xlsx, sheet 'Codes': columns not used: mood, page",
        "a.xlsx, sheet 'Codes': no column 'document', so all of it is one document",
    ]
    sentences = [["id", "text"], ["1", PUSHED], ["2", PLAIN], ["3", PLAIN]]
    codes = [["id", "coder", "code"], ["1", "ann", "dogma"], ["1", "ben", "none"], ["2", "ann", "none"]]
    notes = read(write_xlsx(tmp_path / "b.xlsx", units=sentences, codes=codes)).notes
    assert "sentences that nobody coded, taken as context: 1" in notes
    assert any(note.startswith("not everybody coded every sentence (ann 2, ben 1)") for note in notes)


def test_all_that_is_wrong_in_a_wide_table_is_said_at_once(tmp_path):
    head = ["id", "document", "role", "text", "dogma", "pul_vs_push", "split"]
    rows = [
        ["1", "a", "", PUSHED, "maybe", 1, "test"],
        ["2", "a", "", PLAIN, "maybe", "", "test"],
        ["2", "a", "", PLAIN, "", "", "exam"],
        ["", "a", "", "", "", "", "test"],
        ["5", "", "interviewer", ASKED, 1, "", ""],
        ["6", "a", "", ASKED, 0, "", ""],
    ]
    found = problems(write_xlsx(tmp_path / "coded.xlsx", Codes=[head, *rows]))
    place = "coded.xlsx, sheet 'Codes'"
    assert found == [
        f"{place}: the column 'pul_vs_push' holds marks but is no code. Did you mean pull_vs_push? "
        "Rename the column or delete it; codes of your own need --codebook.",
        f"{place}, rows 2, 3, column 'dogma': 'maybe' is no mark. Write 1 or 0, x or nothing, yes or no.",
        f"{place}, row 5, column 'id': no id. Fill the cell, or delete the row.",
        f"{place}, row 5, column 'text': no text. Fill the cell, or delete the row.",
        f"{place}, row 6, column 'document': no document. Fill the cell, or delete the row.",
        f"{place}, row 4: the split of '2' is 'exam', but 'test' in {place}, row 3. Correct one of them.",
        f"{place}, row 4: '2' is coded twice by 'coded'. Delete one of the rows. If they are of two coders, "
        "add a column 'coder'.",
        f"{place}, row 6: the interviewer's sentence carries a code. Delete the codes: only respondents and documents "
        "are coded. Or correct role or speaker.",
        f"{place}, row 7, column 'split': no split, though others have one. "
        "Known are: train, calibration, test, unused.",
    ]


def test_all_that_is_wrong_in_a_long_table_is_said_at_once(tmp_path):
    head = ["id", "coder", "dimension", "code"]
    rows = [
        ["1", "ann", "", "dogmaa"],
        ["1", "", "", "dogma"],
        ["2", "ann", "paradox", "dogma"],
        ["2", "ben", "", "none; dogma"],
        ["3", "ann", "", ""],
        ["4", "ann", "", "dogma"],
        ["4", "ann", "", "dogma"],
        ["4", "ann", "mood", "myopia"],
        ["9", "ann", "", "none"],
    ]
    sentences = write_csv(tmp_path / "words.csv", ["id", "text"], *([str(n), f"{PLAIN} {n}"] for n in range(1, 5)))
    found = [
        problem.partition(".csv, ")[2] for problem in problems(write_csv(tmp_path / "c.csv", head, *rows), sentences)
    ]
    assert [problem.split(". ")[0] for problem in found] == [
        "line 2, column 'code': unknown code 'dogmaa'",
        "line 3, column 'coder': codes, but no coder",
        "line 4, column 'code': 'dogma' is no code of 'paradox'",
        "line 5, column 'code': 'none' beside a code",
        "line 6, column 'code': no code",
        "line 9, column 'dimension': unknown dimension 'mood'",
        "line 8: '4' is coded twice by 'ann' with the same code",
        "line 10: there is no sentence '9'",
    ]
    assert "Did you mean dogma?" in found[0]


def test_other_words_under_the_same_id_are_refused(tmp_path):
    ann = write_csv(
        tmp_path / "ann.csv", ["id", "document", "text", "dogma"], ["1", "a", PUSHED, 1], ["2", "a", PLAIN, 0]
    )
    ben = write_csv(
        tmp_path / "ben.csv", ["id", "document", "text", "dogma"], ["1", "a", PUSHED, 1], ["2", "a", ASKED, 0]
    )
    [problem] = problems(ann, ben)
    assert problem.startswith("ben.csv, line 3: '2' has other words than in ") and "ann.csv, line 3" in problem
    sentences = write_csv(tmp_path / "u.csv", ["id", "text"], ["1", PUSHED], ["1", PUSHED])
    [problem] = problems(sentences, write_csv(tmp_path / "c.csv", ["id", "coder", "code"], ["1", "ann", "none"]))
    assert problem.startswith("u.csv, line 3: the sentence '1' is there twice")
    several = write_csv(tmp_path / "s.csv", ["id", "document", "text"], ["1", "a", PUSHED], ["1", "b", PLAIN])
    [problem] = problems(several, write_csv(tmp_path / "c.csv", ["id", "coder", "code"], ["1", "ann", "none"]))
    assert problem == "c.csv, line 2: '1' is a sentence of several documents. Add a column 'document'."
    both = write_csv(tmp_path / "b.csv", ["coder", "text", "dogma"], ["ann", PUSHED, 1], ["ben", PUSHED, 1])
    assert "several coders, but no column 'id'" in problems(both)[0]


def test_merged_cells_and_formulas_without_a_value_are_refused(tmp_path):
    book = Workbook()
    for row in (["id", "document", "text", "dogma"], ["1", "a", PUSHED, "=1+0"], ["2", None, PLAIN, 0]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    found = problems(tmp_path / "a.xlsx")
    assert "sheet 'Sheet': merged cells: B2:B3. Unmerge them and fill every cell" in found[0]
    assert "sheet 'Sheet': formulas without a value: D2. Open and save it" in found[1]
    assert "row 3, column 'document': no document" in found[2]


def test_tables_without_codes_or_words_say_what_is_missing(tmp_path):
    [problem] = problems(write_csv(tmp_path / "a.csv", ["id", "text"], ["1", PUSHED]))
    assert "no sentence is coded" in problem and "'performing'" in problem
    found = problems(write_csv(tmp_path / "a.csv", ["name", "remark"], ["1", PUSHED]))
    assert "the columns are: name, remark" in found[0]
    assert "the table is empty" in problems(write_xlsx(tmp_path / "a.xlsx", One=[], Two=[]))[0]
    assert "there is no row below the titles" in problems(write_csv(tmp_path / "a.csv", ["text", "dogma"]))[0]
    assert (
        "two columns for 'dogma'"
        in problems(write_csv(tmp_path / "a.csv", ["text", "dogma", "Dogma"], [PLAIN, 1, 0]))[0]
    )


def test_damaged_files_are_named(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "Yes.", "codes": []}\n[1]\n{"text":\n' + "[" * 100_000 + "\n")
    [problem] = problems(tmp_path / "a.jsonl")
    assert problem.startswith("a.jsonl, lines 2, 3, 4: the line is no JSON object")
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(InputError, match="truncated or damaged"):
        read(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "missing.csv")
    with pytest.raises(GoldError, match="or a table"):
        read(tmp_path / "codes.ods")
    lines = [{"text": PLAIN, **{f"key {n} {m}": 1 for m in range(60)}} for n in range(20)]
    with pytest.raises(InputError, match="different keys"):
        read(write_jsonl(tmp_path / "b.jsonl", *lines))


def test_codes_beside_a_models_probabilities_are_remarked_on(tmp_path):
    gold = read(write_csv(tmp_path / "a.csv", ["text", "archetype", "p_dogma"], [PUSHED, "dogma", 0.93]))
    assert codes_of(gold) == {"1": {"dogma"}}
    assert any("has a model's probabilities" in note for note in gold.notes)


def test_sheets_made_to_be_slow_are_searched_in_time(tmp_path):
    from antinomy.gold_sets.findings import Findings
    from antinomy.gold_sets.sheets import check_cells

    started = time.perf_counter()
    for piece in (b'<c r="A1" ', b'<c r="A1"><f', b"<mergeCell ", b' r="A1"'):
        check_cells(b"<c " + piece * 200_000, "a.xlsx", Findings())
    assert time.perf_counter() - started < 5
