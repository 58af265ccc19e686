"""Prints peak memory while labelling ever more of a corpus: ``python scripts/bench_memory.py FOLDER [WORDS…]``.

FOLDER holds text files; as many of them are labelled (in a process of their own) as make up each number of
words, the files being repeated under new names where the corpus is too small.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

MEASURE = """
import resource, sys
from antinomy.cli.app import app
try:
    app(sys.argv[1:], standalone_mode=False)
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def fill(folder: Path, files: list[Path], words: int) -> int:
    """Link files into ``folder`` until they have that many words; return how many they have."""
    total = number = 0
    while total < words:
        source = files[number % len(files)]
        # every copy differs in its last line, or it would be recognised as the same document
        text = source.read_text("utf-8")
        (folder / f"{number:05d}{source.suffix}").write_text(f"{text}\n\n{number}\n", encoding="utf-8")
        total += len(text.split())
        number += 1
    return total


def main(corpus: Path, sizes: list[int]) -> None:
    """Print a row per corpus size."""
    files = sorted(corpus.rglob("*.txt"))
    print("|     words | peak memory, MiB |\n|---|--:|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            inputs = Path(place) / "in"
            inputs.mkdir()
            words = fill(inputs, files, size)
            command = [sys.executable, "-c", MEASURE, "label", str(inputs), "--out", f"{place}/run", "--quiet"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            print(f"| {words:,} | {done.stdout.split()[-1]} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [50_000, 500_000, 2_000_000])
