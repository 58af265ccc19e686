"""Puts together the texts that gold sets refer to: ``python scripts/rebuild_sources.py --clones DIR --out DIR``.

DIR of clones holds git clones as ``owner+name`` or ``owner/name``; nothing is fetched. What cannot be made is
listed with what to fetch, and the exit status is 1. The result is what ``antinomy train --sources`` takes.
"""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from antinomy.errors import Problem, UserError
from sources.clones import build_text
from sources.documents import DOCUMENTS, read_documents
from sources.gold_files import place_file, read_gold_files, write_inside


def main(request: argparse.Namespace) -> int:
    """Make, copy and check every file; return how many that gold needs are missing."""
    failed: dict[str, list[Problem]] = {}
    documents, gold_files = read_documents(request.documents), read_gold_files(request.gold)
    for document in tqdm(documents, "making", disable=None):
        try:
            write_inside(request.out, document.file, build_text(document, request.clones).encode())
        except UserError as error:
            failed[document.file] = list(error.problems)
    missing: list[Problem] = []
    for gold_file in tqdm(gold_files, "checking", disable=None):
        # why it could not be made says more than that it is missing
        why = failed.pop(gold_file.file, [])
        try:
            problem = place_file(gold_file, request.out, request.text)
        except UserError as error:
            problem = error.problems[0]
        missing += (why or [problem]) if problem else []
    for problem in missing:
        print(problem)
    for problems in failed.values():
        print(f"not needed: {problems[0]}")
    print(f"{len(gold_files) - len(missing)} of {len(gold_files)} files are there, each as it was coded")
    return len(missing)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clones", type=Path, required=True, help="folder of git clones")
    parser.add_argument("--text", type=Path, help="folder with prepared files (text/…), which are copied")
    parser.add_argument("--out", type=Path, required=True, help="gets newtext/… and text/…")
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[1] / "data" / "gold")
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="list of what to make, and how")
    try:
        sys.exit(1 if main(parser.parse_args()) else 0)
    except UserError as error:
        sys.exit(f"error: {error}")
