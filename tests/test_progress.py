import io

from antinomy.batch import progress


class Screen(io.StringIO):
    def isatty(self):
        return True


def work(stream, monkeypatch, *, seconds):
    clock = iter(range(0, 100_000, seconds))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    with progress.Progress(2, 300, stream=stream) as shown:
        advance = shown.begin_file(100, reused=False)
        advance(0.5, 40)
        advance(1.0, 40)
        shown.say("not labelled: b.txt")
        advance = shown.begin_file(200, reused=False)
        advance(1.0, 160)


def test_plain_lines_say_rate_and_time_left(monkeypatch):
    stream = io.StringIO()
    work(stream, monkeypatch, seconds=20)
    lines = stream.getvalue().splitlines()
    assert lines[0] == "1/2 files, 40 sentences, 2 sentences/s, 2 min left"
    assert "not labelled: b.txt" in lines
    assert lines[-1] == "2/2 files, 240 sentences, 4 sentences/s, 0 s left"


def test_quick_work_prints_no_lines(monkeypatch):
    stream = io.StringIO()
    work(stream, monkeypatch, seconds=1)
    assert stream.getvalue() == "not labelled: b.txt\n"


def test_on_a_terminal_there_is_a_bar(monkeypatch):
    stream = Screen()
    work(stream, monkeypatch, seconds=20)
    assert "2/2 files" in stream.getvalue()
    assert "100%" in stream.getvalue()
    assert "sentences/s" in stream.getvalue()


def test_quiet_says_nothing(monkeypatch):
    stream = io.StringIO()
    with progress.Progress(1, 10, stream=stream, quiet=True) as shown:
        shown.begin_file(10, reused=True)(1.0, 3)
        shown.say("anything")
    assert stream.getvalue() == ""
