import os
from pathlib import Path

import pytest

from antinomy.ingest.collect import collect_files


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.docx", "sub/a.docx", "sub/deep/c.vtt"):
        _write(tmp_path / "study" / name, name)
    return tmp_path / "study"


def _write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def _ids(*paths, **options):
    return [found.id for found in collect_files(paths, **options).found]


def test_a_folder_is_searched_in_order_with_ids_from_it(folder):
    collected = collect_files([folder])
    assert [found.id for found in collected.found] == ["a.docx", "b.txt", "sub/a.docx", "sub/deep/c.vtt"]
    assert collected.found[2].path == folder / "sub" / "a.docx"
    assert (collected.problems, collected.notes) == ((), ())


def test_hidden_lock_and_sidecar_files_are_left_out(folder):
    for name in (".hidden.txt", ".git/x.txt", "~$a.docx", ".DS_Store", "__MACOSX/a.docx", "metadata.csv", "Thumbs.db"):
        _write(folder / name, "x")
    assert _ids(folder) == ["a.docx", "b.txt", "sub/a.docx", "sub/deep/c.vtt"]


def test_a_sidecar_of_another_name_is_left_out_on_request(folder):
    sidecar = _write(folder / "about.csv", "file\n")
    assert "about.csv" in _ids(folder)
    assert "about.csv" not in _ids(folder, skip=[sidecar])


def test_files_of_other_kinds_are_counted_and_old_documents_kept_to_be_named(folder):
    for name in ("photo.png", "photo2.png", "notes"):
        _write(folder / name, "x")
    _write(folder / "old.doc", "x")
    collected = collect_files([folder])
    assert "old.doc" in [found.id for found in collected.found]
    assert collected.notes == ("Files of a kind that is not read were left out: 2 .png, 1 no ending",)


def test_files_globs_and_missing_paths(folder):
    collected = collect_files(
        [folder / "b.txt", str(folder / "**" / "*.docx"), folder / "gone.txt", str(folder / "*.pdf")]
    )
    assert [found.id for found in collected.found] == ["b.txt", "study/a.docx", "sub/a.docx"]
    assert [problem.where for problem in collected.problems] == [str(folder / "gone.txt"), str(folder / "*.pdf")]


def test_a_file_given_twice_is_taken_once(folder):
    assert _ids(folder / "b.txt", folder, folder / "sub" / ".." / "b.txt").count("b.txt") == 1


def test_equal_names_get_as_many_folders_as_it_takes(tmp_path):
    first, second = _write(tmp_path / "x" / "in" / "a.txt", "1"), _write(tmp_path / "y" / "in" / "a.txt", "2")
    assert _ids(first, second) == ["x/in/a.txt", "y/in/a.txt"]
    assert _ids(second, first) == ["y/in/a.txt", "x/in/a.txt"]


def test_equal_content_is_noted(folder):
    _write(folder / "copy.txt", "b.txt")
    (note,) = collect_files([folder]).notes
    assert "b.txt" in note and "copy.txt" in note and "same content" in note


def test_links_out_of_the_folder_are_not_followed(folder, tmp_path):
    outside = _write(tmp_path / "elsewhere" / "secret.txt", "x")
    (folder / "link.txt").symlink_to(outside)
    (folder / "linked").symlink_to(outside.parent, target_is_directory=True)
    (folder / "inside.txt").symlink_to(folder / "b.txt")
    collected = collect_files([folder])
    assert [found.id for found in collected.found] == ["a.docx", "b.txt", "sub/a.docx", "sub/deep/c.vtt"]
    assert collected.notes == ("Links that lead out of the folder were not followed: 1",)


def test_a_file_named_like_a_glob_is_itself(tmp_path):
    assert _ids(_write(tmp_path / "talk[1].txt", "x")) == ["talk[1].txt"]


def _make_run(folder: Path, *names: str) -> Path:
    for name in (*names, "codebook.json", "codings.csv"):
        _write(folder / name, "{}")
    return folder


@pytest.mark.parametrize("names", [("run.json", "sentences.parquet"), (".parts/x.tmp",)], ids=["finished", "begun"])
def test_the_results_of_a_run_are_no_inputs(folder, names):
    run = _make_run(folder / "sub" / "out", *names)
    for paths in ([folder], [folder / "*.txt", folder / "*.docx", folder / "sub" / "**" / "*.*"]):
        collected = collect_files(paths)
        assert sorted(found.path.name for found in collected.found) == ["a.docx", "a.docx", "b.txt", "c.vtt"]
        assert collected.notes == (f"Run folders, which hold results, were left out: {run}",)
        assert collected.problems == ()


def test_a_run_folder_given_itself_is_refused(tmp_path):
    run = _make_run(tmp_path / "out", "run.json", "sentences.parquet")
    collected = collect_files([run])
    assert collected.found == ()
    assert [problem.where for problem in collected.problems] == [str(run)]


def test_a_pattern_that_finds_a_run_only_finds_no_file(tmp_path):
    run = _make_run(tmp_path / "out", "run.json", "sentences.parquet")
    collected = collect_files([run / "*.csv"])
    assert (collected.found, len(collected.problems), len(collected.notes)) == ((), 1, 1)


def test_a_folder_with_a_run_json_of_something_else_is_read(folder):
    _write(folder / "sub" / "run.json", "{}")
    assert "sub/run.json" in _ids(folder)


def test_names_that_are_not_utf8_get_printable_ids(tmp_path):
    names = [b"caf\xe9.txt", b"caf\xe8.txt", b"caf\\xe9.txt"]
    try:
        for number, name in enumerate(names):
            Path(os.fsdecode(tmp_path), os.fsdecode(name)).write_text("same" if number else "other")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    collected = collect_files([tmp_path])
    ids = [found.id for found in collected.found]
    assert sorted(ids) == ["caf\\xe8.txt", "caf\\xe9.txt", "caf\\xe9.txt (2)"]
    assert {os.fsencode(found.path.name) for found in collected.found} == set(names)
    assert "".join([*ids, *collected.notes]).encode().isascii()


def test_names_that_differ_in_normal_form_only_stay_apart(tmp_path):
    _write(tmp_path / "\u00e9.txt", "1")
    _write(tmp_path / "e\u0301.txt", "2")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("the file system takes both for one name")
    assert _ids(tmp_path) == ["\u00e9.txt", "\u00e9.txt (2)"]


@pytest.mark.parametrize("kind", [str, Path])
def test_one_path_needs_no_list(folder, kind):
    assert collect_files(kind(folder / "b.txt")) == collect_files([folder / "b.txt"])
