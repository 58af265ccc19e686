import csv

import pytest

from antinomy.codebook import load_codebook
from antinomy.contrast_sets import COLUMNS, read_contrast
from antinomy.errors import GoldError

A = ["resistance", "1", "a", "", "They'd rather keep the paper board.", "", "exploitation_vs_exploration"]
B = ["resistance", "1", "b", "So we wait.", "They are slow with the board, then.", "It is what it is.", "none"]


@pytest.fixture
def read(tmp_path):
    def write_and_read(*rows, columns=COLUMNS):
        path = tmp_path / "pairs.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *rows])
        return read_contrast(path, load_codebook())

    return write_and_read


def change(row, **cells):
    return [cells.get(name, cell) for name, cell in zip(COLUMNS, row, strict=True)]


def test_a_pair_knows_what_it_is_about(read):
    [pair] = read(B, A)
    assert (pair.rule, pair.codes) == ("resistance", ("exploitation_vs_exploration",))
    one, other = pair.sides
    assert one.codes == {"learning", "exploitation_vs_exploration"}  # with its parent
    assert (other.before, other.after, other.codes) == ("So we wait.", "It is what it is.", frozenset())


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([change(A, rule="resistances"), B], "row 2: unknown rule 'resistances'. Known are: black_box"),
        ([A, change(B, side="c")], "row 3: the side is 'c'"),
        ([A, change(B, sentence=" ")], "row 3: no sentence"),
        ([A, change(B, codes="none|dogma")], "row 3: unknown code 'none'"),
        ([A, change(B, codes="")], "row 3: unknown code ''"),
        ([A, B, A], "row 4: a second side a of pair '1'"),
        ([A], "row 2: pair '1' has no side b"),
        ([A, change(B, codes="learning|exploitation_vs_exploration|myopia")], "have the same codes of the rule"),
        ([], "no pair"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(read, rows, what):
    with pytest.raises(GoldError) as caught:
        read(*rows)
    assert what in str(caught.value)


def test_all_problems_are_told_at_once(read):
    with pytest.raises(GoldError) as caught:
        read(change(A, side="x"), change(B, codes="luck"))
    assert len(caught.value.problems) == 2


def test_tables_that_are_none(read, tmp_path):
    with pytest.raises(GoldError, match="lacks the column codes"):
        read(A[:-1], columns=COLUMNS[:-1])
    (tmp_path / "latin.csv").write_bytes("rule,é".encode("latin-1"))
    for name in ("latin.csv", "missing.csv"):
        with pytest.raises(GoldError, match="cannot be read"):
            read_contrast(tmp_path / name, load_codebook())
