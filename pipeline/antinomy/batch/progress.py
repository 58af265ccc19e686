"""Work done so far -> a bar on a terminal, a plain line now and then otherwise."""

import sys
import time
from collections.abc import Callable
from typing import Never, Self, TextIO

from tqdm import tqdm

from antinomy.errors import Problem

# Seconds between plain lines: a log of an overnight run stays readable.
EVERY = 15.0


class Progress:
    """Reports files and sentences done, rate and time left; work is weighed by bytes of input."""

    def __init__(self, files: int, size: int, *, stream: TextIO = sys.stderr, quiet: bool = False) -> None:
        self._files, self._size, self._stream, self._quiet = files, max(size, 1), stream, quiet
        self._file = 0
        self._before = 0.0
        self._done = 0.0
        self._skipped = 0.0
        self._sentences = 0
        self._begun = self._said = time.monotonic()
        self._bar: tqdm[Never] | None = None
        if stream.isatty() and not quiet:
            layout = "{percentage:3.0f}%|{bar}| {desc} [{elapsed}{postfix}]"
            self._bar = tqdm(total=self._size, file=stream, bar_format=layout, desc=f"0/{files} files")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def begin_file(self, size: int, *, reused: bool) -> Callable[[float, int], None]:
        """Start a file of ``size`` bytes; call the result with the share done and new sentences."""
        self._file += 1
        self._done = self._before
        self._before += size
        start = self._done
        if reused:
            self._skipped += size

        def advance(share: float, sentences: int) -> None:
            self._done = start + share * size
            self._sentences += sentences
            self._show()

        return advance

    def fail(self, problem: Problem) -> None:
        """Print a failure, also where nothing else is to be printed."""
        self._write(f"not labelled: {problem}")

    def say(self, line: str) -> None:
        """Print a line without breaking the bar."""
        if not self._quiet:
            self._write(line)

    def _write(self, line: str) -> None:
        if self._bar is not None:
            self._bar.write(line, file=self._stream)
        else:
            self._stream.write(line + "\n")
            self._stream.flush()

    def _show(self) -> None:
        now = time.monotonic()
        if self._bar is not None:
            self._bar.set_description_str(f"{self._file}/{self._files} files", refresh=False)
            self._bar.set_postfix_str(self._state(now), refresh=False)
            self._bar.update(self._done - self._bar.n)
        elif now - self._said >= EVERY:
            self._said = now
            self.say(f"{self._file}/{self._files} files, {self._sentences:,} sentences, {self._state(now)}")

    def _state(self, now: float) -> str:
        elapsed = now - self._begun
        rate = self._sentences / elapsed if elapsed > 0 else 0.0
        fresh = self._done - self._skipped
        if fresh <= 0:
            return f"{rate:.0f} sentences/s"
        left = elapsed * (self._size - self._done) / fresh
        return f"{rate:.0f} sentences/s, {_in_words(left)} left"


def _in_words(seconds: float) -> str:
    """Say a duration as people do.

    >>> _in_words(42), _in_words(200), _in_words(9000)
    ('42 s', '3 min', '2 h 30 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d} min"
