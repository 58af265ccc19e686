import csv
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from antinomy.errors import InputError, OutputError
from sources.cleaning import clean_text, join_turns
from sources.documents import read_documents
from sources.formats import FORMATS
from sources.gold_files import find_inside, read_gold_files, write_inside

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "rebuild_sources.py"
RAW = "# Talk\n\nNotes.\n\n## Words\n\n**Ada:** We *stopped* the press.\n\nFor good.\n\n**Bo:** Why?\n"
MADE = "Ada: We stopped the press. For good.\n\nBo: Why?\n"
PREPARED = "Cy: It came prepared.\n"
COMMIT = "0" * 40

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def hash_text(text):
    return hashlib.sha256(text.encode()).hexdigest()


def write_list(path, *, commit, repository="ada/talks", name="first", kind="bold", start="## Words"):
    head = f'[talks]\nrepository = "{repository}"\ncommit = "{commit}"\nformat = "{kind}"\nwords = 100\n'
    entry = f"{{ name = {json.dumps(name)}, path = 'talks/first.md', start = '{start}' }}"
    path.write_text(f"{head}documents = [{entry}]\n", encoding="utf-8")
    return path


def write_gold(folder, texts, name="real_tiny"):
    (folder / name).mkdir(parents=True)
    with (folder / name / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["document", "file", "repository", "commit", "path", "licence", "sha256"])
        for place, text in texts.items():
            writer.writerow([place, place, "ada/talks", COMMIT, "talks/first.md", "CC0", hash_text(text)])


@pytest.fixture
def place(tmp_path):
    """A clone with one talk, a prepared text, and a gold set that names both."""
    work = tmp_path / "clones" / "ada+talks"
    (work / "talks").mkdir(parents=True)
    (work / "talks" / "first.md").write_bytes(RAW.replace("\n", "\r\n").encode())
    options = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "core.autocrlf=false"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "--no-gpg-sign", "-m", "Talk"]):
        subprocess.run(["git", "-C", str(work), *options, *command], check=True, capture_output=True)
    head = subprocess.run(["git", "-C", str(work), "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    # what is pinned is read, not what lies in the work tree
    (work / "talks" / "first.md").write_text("changed", encoding="utf-8")
    write_list(tmp_path / "documents.toml", commit=head.stdout.strip())
    write_gold(tmp_path / "gold", {"newtext/talks/first.txt": MADE, "text/more/second.txt": PREPARED})
    (tmp_path / "prepared" / "text" / "more").mkdir(parents=True)
    (tmp_path / "prepared" / "text" / "more" / "second.txt").write_bytes(PREPARED.encode())
    return tmp_path


def rebuild(place, *more):
    given = {"clones": "clones", "out": "out", "gold": "gold", "documents": "documents.toml"}
    command = [sys.executable, str(SCRIPT), *more]
    command += [part for name, value in given.items() for part in (f"--{name}", str(place / value))]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@needs_git
@pytest.mark.parametrize("layout", ["ada+talks", "ada/talks", "bare"])
def test_makes_copies_and_checks(place, layout):
    clone = place / "clones" / "ada+talks"
    if layout == "ada/talks":
        (place / "clones" / "ada").mkdir()
        clone.rename(place / "clones" / layout)
    if layout == "bare":
        (clone / ".git").rename(place / "bare")
        shutil.rmtree(clone)
        (place / "bare").rename(clone)
    done = rebuild(place, "--text", str(place / "prepared"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (place / "out" / "newtext" / "talks" / "first.txt").read_bytes() == MADE.encode()
    assert (place / "out" / "text" / "more" / "second.txt").read_bytes() == PREPARED.encode()
    assert "2 of 2 files" in done.stdout


@needs_git
def test_says_what_to_fetch_and_goes_on(place):
    shutil.rmtree(place / "clones" / "ada+talks")
    done = rebuild(place, "--text", str(place / "prepared"))
    assert done.returncode == 1
    pinned = read_documents(place / "documents.toml")[0].commit
    assert f"no clone of ada/talks. Fetch ada/talks at {pinned}: talks/first.md" in done.stdout
    assert "1 of 2 files" in done.stdout
    assert (place / "out" / "text" / "more" / "second.txt").is_file()


@needs_git
def test_a_clone_that_left_files_out_fetches_nothing(place):
    whole = (place / "clones" / "ada+talks").rename(place / "whole")
    subprocess.run(["git", "-C", str(whole), "config", "uploadpack.allowFilter", "true"], check=True)
    options = ["--quiet", "--bare", "--filter=blob:none", whole.as_uri()]
    subprocess.run(["git", "clone", *options, str(place / "clones" / "ada+talks")], check=True, capture_output=True)
    done = rebuild(place, "--text", str(place / "prepared"))
    assert done.returncode == 1
    assert "the clone lacks this version of the file" in done.stdout


@needs_git
def test_without_prepared_texts_they_are_missing(place):
    done = rebuild(place)
    assert done.returncode == 1
    assert f"text/more/second.txt: it is missing. Fetch ada/talks at {COMMIT}" in done.stdout
    assert (place / "out" / "newtext" / "talks" / "first.txt").is_file()


@needs_git
def test_an_altered_prepared_text_is_not_copied(place):
    (place / "prepared" / "text" / "more" / "second.txt").write_text("Cy: Altered.\n", encoding="utf-8")
    done = rebuild(place, "--text", str(place / "prepared"))
    assert done.returncode == 1
    assert not (place / "out" / "text").exists()


@needs_git
def test_what_is_made_otherwise_than_it_was_coded_is_reported(place):
    write_gold(place / "gold", {"newtext/talks/first.txt": "Ada: Other words.\n"}, name="real_other")
    done = rebuild(place, "--text", str(place / "prepared"))
    assert done.returncode == 1
    assert "newtext/talks/first.txt: it is not the text that was coded" in done.stdout


@needs_git
@pytest.mark.parametrize(
    ("change", "reason"),
    [({"commit": COMMIT}, "lacks this version"), ({"start": "## Elsewhere"}, "not laid out as 'bold'")],
)
def test_a_document_that_gold_does_not_need_does_not_fail(place, change, reason):
    pinned = read_documents(place / "documents.toml")[0].commit
    write_list(place / "documents.toml", **{"commit": pinned, "name": "unused", **change})
    shutil.rmtree(place / "gold")
    write_gold(place / "gold", {"text/more/second.txt": PREPARED})
    done = rebuild(place, "--text", str(place / "prepared"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "not needed: newtext/talks/unused.txt" in done.stdout
    assert reason in done.stdout


@needs_git
def test_no_document_is_written_elsewhere(place):
    pinned = read_documents(place / "documents.toml")[0].commit
    write_list(place / "documents.toml", commit=pinned, name="../../../first")
    before = {path for path in place.rglob("*") if "out" not in path.relative_to(place).parts}
    done = rebuild(place, "--text", str(place / "prepared"))
    assert done.returncode == 1
    assert {path for path in place.rglob("*") if "out" not in path.relative_to(place).parts} == before


@needs_git
def test_gold_copies_nothing_elsewhere(place):
    write_gold(place / "gold", {"text/../../stolen.txt": PREPARED}, name="real_bad")
    (place / "prepared" / "text" / ".." / ".." / "stolen.txt").write_bytes(PREPARED.encode())
    done = rebuild(place, "--text", str(place / "prepared"))
    assert done.returncode == 1
    assert "it would not lie in the folder" in done.stdout


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b.txt", "/tmp/a.txt", "link/a.txt", "a\0.txt", "."])
def test_files_stay_inside(tmp_path, name):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path)
    with pytest.raises(OutputError):
        write_inside(tmp_path / "out", name, b"words")
    assert find_inside(tmp_path / "out", "text/a.txt") == tmp_path / "out" / "text" / "a.txt"


@pytest.mark.parametrize(
    "change",
    [
        {"commit": "main"},
        {"commit": "--output=x"},
        {"commit": "0" * 39 + "G"},
        {"repository": "../talks"},
        {"repository": "ada/.."},
        {"repository": "talks"},
        {"kind": "unheard"},
    ],
)
def test_the_list_is_checked(tmp_path, change):
    assert read_documents(write_list(tmp_path / "fine.toml", commit=COMMIT))
    with pytest.raises(InputError):
        read_documents(write_list(tmp_path / "list.toml", **{"commit": COMMIT, **change}))


@pytest.mark.parametrize("text", ["", "x = 1", "[talks]\ndocuments = [{}]", "[talks", "[[talks]]"])
def test_a_broken_list_is_an_error_for_people(tmp_path, text):
    (tmp_path / "list.toml").write_text(text, encoding="utf-8")
    if text:
        with pytest.raises(InputError):
            read_documents(tmp_path / "list.toml")
    else:
        assert read_documents(tmp_path / "list.toml") == []


def test_the_list_agrees_with_gold():
    listed = {document.file: document for document in read_documents()}
    assert len(listed) == len(read_documents())
    made = [gold_file for gold_file in read_gold_files(ROOT / "data" / "gold") if gold_file.file.startswith("newtext/")]
    assert made
    for gold_file in made:
        document = listed[gold_file.file]
        named = (gold_file.repository, gold_file.commit, gold_file.path)
        assert (document.repository, document.commit, document.path) == named


LAYOUTS = {
    "bold": (
        "# Talk\n\n**Ada:** One.\n\n[laughter]\n\n> **Bo B.:** Two.\n> Three.\n\n**Break:** Music.\n",
        [("Ada", "One."), ("Bo B.", "Two.\nThree.")],
    ),
    "stamped": (
        "Ada (00:00:01):\nOne.\n\n(00:02):\nTwo.\nBo B. (01:00):\nThree.",
        [("Ada", "One."), ("Ada", "Two."), ("Bo B.", "Three.")],
    ),
    "captions": (
        "---\ntitle: Talk\n---\nRoom: 4\n\nADA: One.\n>> Two.\n\n> > Bo: Three.\n\nFour.",
        [("Ada", "One."), ("Participant", "Two."), ("Bo", "Three."), (None, "Four.")],
    ),
    "hearing": (
        "**Mr Bo**: One.\n\n(Pause)\n\nSub\n~~~~\n\nTwo.\n\n.. note\n\nMs Cy\n-----\n\n**Ms Cy**: Not hers.\n",
        [("Mr Bo", "One."), (None, "Two.")],
    ),
    "tokens": (
        "token|speaker|ts|endTs|punctuation|prepunctuation|case\nWe|1||||(|U\n"
        "stop|1|||.||\n<laugh>|1|||!||\n<crosstalk>|2|||||\n<inaudible>|2|||,||\n",
        [("Speaker 1", "(We stop.!"), ("Speaker 2", "[inaudible],")],
    ),
    "meeting": (
        json.dumps({"meeting_transcripts": [
            {"speaker": " Ada ", "content": "{vocalsound} We do n't , it 's  fine . ."},
            {"speaker": "Bo", "content": "{disfmarker} ."},
        ]}),
        [("Ada", "We don't, it's fine.")],
    ),
    "scan": (
        "## HEAD\n\nThe press was stop-\nped twice in one week[^1] by us all.\n\n| a | b |\n\nToo few words.\n\n"
        "4 Ibid page two of the same report as above here.\n\n1 2 3 4 5 6 7 8 9 10 11 12\n",
        [(None, "The press was stopped twice in one week by us all.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_layouts(name):
    text, turns = LAYOUTS[name]
    assert [turn for turn in FORMATS[name](text) if turn[1]] == turns


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("A [link](https://a.example/b) and https://c.example here", "A link and here"),
        ("![shot](a.png) Said **so** , \\[00:12:03\\] _twice_", "Said so, twice"),
        ("\\[unintelligible 00:12\\] in `snake_case`", "[unintelligible] in snake_case"),
        ("<b>R&amp;D</b>\u00a0\ufeffand :ref:`the plan <plan>`_", "R&D and the plan"),
    ],
)
def test_clean_text(raw, clean):
    assert clean_text(raw) == clean


def test_join_turns():
    turns = [(None, "Title"), ("Ada", "One."), ("Ada", "Two."), (None, "Three."), ("Bo", "*"), ("Bo", "Four.")]
    assert join_turns(turns, words=9) == "Title\n\nAda: One. Two. Three.\n\nBo: Four.\n"
    assert join_turns(turns, words=6) == "Title\n\nAda: One. Two. Three.\n"
    assert join_turns(turns[1:], words=1) == "Ada: One. Two. Three.\n"
    assert join_turns([("Audience", "One."), ("Audience", "Two.")], words=9) == "Audience: One.\n\nAudience: Two.\n"
