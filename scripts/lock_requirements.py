"""Resolves pyproject.toml into requirements/run.txt and requirements/dev.txt with uv (``pip install uv``)."""

import subprocess
import sys

COMMON = [
    "--universal",
    "--python-version",
    "3.11",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
]


def lock(out: str, *options: str) -> None:
    """Run ``uv pip compile`` on pyproject.toml."""
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "requirements/build.in",
        *COMMON,
        *options,
        "--output-file",
        out,
    ]
    subprocess.run(command, check=True)


lock("requirements/run.txt", "--generate-hashes")
# torch brings its own platform packages; without hashes a CPU build may take its place
lock("requirements/dev.txt", "--extra", "train", "--extra", "dev", "--constraint", "requirements/run.txt")
