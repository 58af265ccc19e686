import pytest

from antinomy.errors import InputError
from antinomy.ingest.collect import collect_files
from antinomy.ingest.metadata import parse_iso_date, read_metadata


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        (tmp_path / name).write_text(name)
    return tmp_path


def _read(folder, table, encoding="utf-8"):
    (folder / "metadata.csv").write_bytes(table.encode(encoding))
    return read_metadata(collect_files([folder]).found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_cells_go_to_their_files(folder, encoding):
    table = "File;Date;Organisation;Unit\na.txt;2021-03-09;Größe AG;hall 2\nb;2021-03;;\nsub/c.txt;2021;Other;\n"
    assert _read(folder, table, encoding) == {
        "a.txt": {"date": "2021-03-09", "organisation": "Größe AG", "unit": "hall 2"},
        "b.txt": {"date": "2021-03"},
        "sub/c.txt": {"date": "2021", "organisation": "Other"},
    }


def test_rows_of_single_speakers(folder):
    table = "file,speaker,role\na.txt,,engineer\na.txt,Ada,operator\na.txt,Ben,interviewer\n"
    assert _read(folder, table)["a.txt"] == {"role": "engineer", "role:Ada": "operator", "role:Ben": "interviewer"}


def test_the_sidecar_of_an_inner_folder_has_the_last_word(folder):
    (folder / "sub" / "metadata.csv").write_text("file,unit\nc.txt,inner\n")
    assert _read(folder, "file,unit,date\nsub/c.txt,outer,2021\n")["sub/c.txt"] == {"unit": "inner", "date": "2021"}


def test_a_sidecar_given_by_name_and_files_given_one_by_one(folder, tmp_path_factory):
    sidecar = tmp_path_factory.mktemp("other") / "about.csv"
    sidecar.write_text("file,unit\nb.txt,hall\n")
    found = collect_files([folder / "a.txt", folder / "b.txt"]).found
    assert read_metadata(found, sidecar) == {"b.txt": {"unit": "hall"}}


def test_a_row_for_a_file_that_is_not_read_now_is_no_problem(folder):
    (folder / "metadata.csv").write_text("file,unit\na.txt,x\nb.txt,y\n")
    assert read_metadata(collect_files([folder / "a.txt"]).found) == {"a.txt": {"unit": "x"}}


def test_no_sidecar_is_no_metadata(folder):
    assert read_metadata(collect_files([folder]).found) == {}


def test_all_problems_are_told_at_once_with_line_and_remedy(folder):
    with pytest.raises(InputError) as caught:
        _read(folder, "file,date\na.txt,14 March 2021\ngone.txt,2021\na,2021\nb.txt,03/04/2021\nsub/c.txt,2021-02-30\n")
    sidecar = folder / "metadata.csv"
    told = [
        (problem.where.removeprefix(f"{sidecar}, "), problem.what, problem.fix) for problem in caught.value.problems
    ]
    assert [where for where, _, _ in told] == ["line 2", "line 3", "line 4", "line 5", "line 6"]
    assert told[0][2] == "Write 2021-03-14."
    assert "gone.txt" in told[1][1]
    assert "first is in line 2" in told[2][1]
    assert "YYYY-MM-DD" in told[3][2]


def test_a_name_that_may_mean_two_files(folder):
    (folder / "sub" / "a.txt").write_text("another")
    with pytest.raises(InputError, match="may mean"):
        found = [file for file in collect_files([folder]).found if file.path.name == "a.txt"]
        (folder / "sub" / "sidecar.csv").write_text("file\na\n")
        read_metadata(found, folder / "sub" / "sidecar.csv")


@pytest.mark.parametrize("table", ["name,date\na.txt,2021\n", ""])
def test_a_sidecar_without_files_is_refused(folder, table):
    with pytest.raises(InputError, match="no column 'file'"):
        _read(folder, table)


def test_a_missing_sidecar_is_refused(folder):
    with pytest.raises(InputError) as caught:
        read_metadata((), folder / "gone.csv")
    assert "--metadata" in caught.value.problems[0].fix


@pytest.mark.parametrize("text", ["2021-13", "21-03-09", "2021-3-9", "2021-03-09T10:00", ""])
def test_what_is_no_iso_date(text):
    assert parse_iso_date(text) is None
