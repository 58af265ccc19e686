"""What must not cost a run: odd files, odd names, a killed disk, a second process."""

import json
import os
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

GOOD = "Interviewer: Why?\n\nEva: The line always wins over the new sensors.\n"


@pytest.fixture
def folder(tmp_path):
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "good.txt").write_text(GOOD)
    return inputs


def documents(out):
    return pq.read_table(out / "sentences.parquet")["document"].unique().to_pylist()


def test_half_characters_and_undecodable_names_cost_nothing(cli, folder, tmp_path):
    (folder / "half.json").write_text('[{"speaker": "Eva\\ud83d", "text": "It always wins \\ud83d over us all."}]')
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "w") as file:
        file.write(GOOD)
    done = cli("label", folder, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert documents(tmp_path / "out") == ["caf\\xe9.txt", "good.txt", "half.json"]
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["inputs"][0]["path"].endswith("caf\\xe9.txt")


def test_quiet_still_says_what_failed(cli, folder, tmp_path):
    (folder / "empty.txt").write_text("")
    done = cli("label", folder, "--out", tmp_path / "out", "--quiet")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "empty.txt: the file is empty" in done.stderr


def test_control_characters_of_names_do_not_reach_the_terminal(cli, folder, tmp_path):
    (folder / "\x1b]0;owned\x07red.txt").write_text("")
    done = cli("label", folder, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
    assert r"\x1b]0;owned\x07red.txt" in done.stderr


def test_a_run_inside_its_own_inputs_is_not_labelled(cli, folder):
    for _ in range(2):
        assert cli("label", folder, "--out", folder / "run").returncode == 0
    assert documents(folder / "run") == ["good.txt"]


def test_a_damaged_part_is_labelled_again(cli, folder, tmp_path):
    out = tmp_path / "out"
    assert cli("label", folder, "--out", out).returncode == 0
    whole = (out / "sentences.parquet").read_bytes()
    [part] = (out / ".parts").glob("*.sentences.parquet")
    part.write_bytes(b"")
    done = cli("label", folder, "--out", out)
    assert done.returncode == 0, done.stderr
    assert (out / "sentences.parquet").read_bytes() == whole


def test_what_was_labelled_is_not_labelled_again(cli, folder, tmp_path):
    out = tmp_path / "out"
    assert cli("label", folder, "--out", out).returncode == 0
    [before] = (out / ".parts").glob("*.sentences.parquet")
    stamp = before.stat().st_mtime_ns
    (folder / "more.txt").write_text(GOOD.replace("sensors", "cameras"))
    assert cli("label", folder, "--out", out).returncode == 0
    assert before.stat().st_mtime_ns == stamp
    assert documents(out) == ["good.txt", "more.txt"]
    (folder / "more.txt").unlink()
    assert cli("label", folder, "--out", out).returncode == 0
    assert documents(out) == ["good.txt"]
    assert len(list((out / ".parts").glob("*.sentences.parquet"))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="takes the lock as POSIX systems do")
def test_a_second_process_is_turned_away(cli, folder, tmp_path):
    import fcntl

    out = tmp_path / "out"
    assert cli("label", folder, "--out", out).returncode == 0
    with (out / ".parts" / "lock").open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = cli("label", folder, "--out", out)
    assert done.returncode == 2
    assert "another antinomy is writing this run" in done.stderr


def test_sidecars_are_named_with_their_hash_and_wrong_ones_stop_the_run(cli, folder, tmp_path):
    (folder / "metadata.csv").write_text("file,date,role\ngood.txt,2024-03,production manager\n")
    assert cli("label", folder, "--out", tmp_path / "out").returncode == 0
    settings = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["settings"]
    assert [(Path(path).name, len(sha)) for path, sha in settings["metadata"].items()] == [("metadata.csv", 64)]
    (folder / "metadata.csv").write_text("file,date\ngood.txt,March\nlost.txt,2024\n")
    done = cli("label", folder, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "line 2" in done.stderr and "line 3" in done.stderr
