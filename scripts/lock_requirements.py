"""Resolves pyproject.toml into requirements/run.txt and requirements/dev.txt: ``make lock``."""

import re
import subprocess
import sys
from pathlib import Path

INPUTS = ["pyproject.toml", "requirements/build.in"]
# nothing about the machine that resolved belongs into the files
COMMON = ["--universal", "--python-version", "3.11", "--quiet"]
COMMON += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
# what a build of torch for graphics cards brings along comes with that build, or not at all
GRAPHICS = re.compile(r"(nvidia|cuda|triton)[\w-]*==.*\n")


def lock(out: str, *options: str) -> None:
    """Run ``uv pip compile`` on pyproject.toml."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *INPUTS, *COMMON, *options, "--output-file", out]
    subprocess.run(command, check=True)


lock("requirements/run.txt", "--generate-hashes")
pins = ["--constraint", "requirements/run.txt", "--constraint", "requirements/torch.in"]
lock("requirements/dev.txt", "--extra", "train", "--extra", "dev", *pins)
dev = Path("requirements/dev.txt")
dev.write_text(GRAPHICS.sub("", dev.read_text("utf-8")), encoding="utf-8")
