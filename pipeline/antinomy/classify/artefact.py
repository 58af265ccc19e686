"""A model folder <-> its parts, each checked by hash; nothing in it is pickled.

The folder holds ``model.onnx.1``, ``.2``, ... (int8 weights, in shards), ``tokenizer.json``,
``labels.json`` (codes in order of the outputs), ``thresholds.json`` (code -> least probability),
``config.json`` (name, version, codebook), ``calibration.json`` (what it said of the calibration split,
for acceptance within an error budget), ``metrics.json``, ``README.md`` (the card) and
``manifest.json`` (file -> sha256). ``studies.json`` may lie beside them: what was measured around
the training, baselines on the same test and the learning curve.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antinomy.codebook import Codebook
from antinomy.errors import ModelError

WEIGHTS = "model.onnx"
TOKENIZER = "tokenizer.json"
PARTS = (TOKENIZER, "labels.json", "thresholds.json", "config.json")
# Below what code hosts take as one file.
SHARD = 45_000_000
CALIBRATION = "calibration.json"
MANIFEST = "manifest.json"
METRICS = "metrics.json"
STUDIES = "studies.json"
# The models that come with antinomy, by what they are for.
RELEASED = {"default": "antinomy-mpnet-5", "fast": "antinomy-minilm-2"}
FETCH = "Reinstall antinomy, or fetch the model again."


@dataclass(frozen=True, slots=True)
class Artefact:
    """A model that was read and found to be what its manifest says.

    Attributes:
        folder: Where it lies.
        name: Its name, for example ``antinomy-mpnet-5``.
        sha256: Hash of the manifest, hence of everything that decides a label.
        labels: Code ids in the order of the model's outputs.
        thresholds: Code id -> least probability at which the code is given.
        config: What else the model says about itself.
    """

    folder: Path
    name: str
    sha256: str
    labels: tuple[str, ...]
    thresholds: dict[str, float]
    config: dict[str, Any]

    def find_changed_codes(self, codebook: Codebook) -> list[str]:
        """Return the codes that meant something else when the model was trained."""
        trained, now = self.config.get("codebook", {}).get("codes", {}), codebook.hash_codes()
        return [label for label in self.labels if label in trained and trained[label] != now[label]]

    def read_calibration(self) -> dict[str, Any] | None:
        """Return what the model said of the calibration split; None for models without it."""
        return dict(_read_json(self.folder, CALIBRATION)) if (self.folder / CALIBRATION).is_file() else None

    def read_studies(self) -> dict[str, Any]:
        """Return what was measured around the training; empty if nothing was."""
        return dict(_read_json(self.folder, STUDIES)) if (self.folder / STUDIES).is_file() else {}

    def read_test_scores(self) -> dict[str, Any]:
        """Return gold set -> sentences and, per dimension and code, the scores on its test split; empty if unmeasured.

        Intervals are left to ``metrics.json``: whoever is handed a run needs to see at once how far to trust it.
        """
        path = self.folder / METRICS
        splits = _read_json(self.folder, METRICS)["splits"] if path.is_file() else {}
        return {
            gold: {
                "sentences": table["sentences"],
                **{
                    part: {
                        name: {key: _plain(score) for key, score in row.items()} for name, row in table[part].items()
                    }
                    for part in ("codes", "dimensions")
                },
            }
            for gold, table in splits.get("test", {}).items()
        }


def find_model(model: str | Path | None = None) -> Path:
    """Return the folder of a model by path, by name, by what it is for (``fast``), or of the default model.

    Raises:
        ModelError: If it is not there.
    """
    if model is not None and Path(model).is_dir():
        return Path(model)
    wanted = "default" if model is None else str(model)
    name = RELEASED.get(wanted, wanted)
    package = Path(__file__).resolve().parents[1]
    # in a wheel the released weights lie in the package, in a checkout beside the source root
    places = (package / "weights" / name, package.parents[1] / "models" / name)
    for place in places:
        if (place / MANIFEST).is_file():
            return place
    raise ModelError(
        f"model {name!r} is not installed", where=str(model or name), fix="Name a model folder: --model DIR."
    )


def load_artefact(folder: Path, codebook: Codebook) -> Artefact:
    """Read a model folder and check every file that decides a label.

    Raises:
        ModelError: If a file is missing or altered, or the model knows codes that the codebook lacks.
    """
    hashes = _read_json(folder, MANIFEST).get("files", {})
    for name in dict.fromkeys((f"{WEIGHTS}.1", *PARTS, *hashes)):
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{name} is missing", where=str(folder), fix=FETCH)
        if hash_file(path) != hashes.get(name):
            raise ModelError(f"{name} was altered", where=str(folder), fix=FETCH)
    labels = tuple(_read_json(folder, "labels.json"))
    thresholds = dict(_read_json(folder, "thresholds.json"))
    config = _read_json(folder, "config.json")
    if set(thresholds) != set(labels) or not {"name", "version"} <= set(config):
        raise ModelError("labels, thresholds and config do not fit together", where=str(folder), fix=FETCH)
    unknown = [label for label in labels if label not in codebook.by_id]
    if unknown:
        raise ModelError(
            f"the model gives codes that the codebook lacks: {', '.join(unknown)}",
            where=str(folder),
            fix="Keep these codes in your codebook, or train a model on your own gold data.",
        )
    return Artefact(folder, config["name"], hash_file(folder / MANIFEST), labels, thresholds, config)


def write_manifest(folder: Path) -> None:
    """Write the hashes of the files that decide a label."""
    names = [path.name for path in list_shards(folder)] + list(PARTS)
    if (folder / CALIBRATION).is_file():
        names.append(CALIBRATION)
    files = {name: hash_file(folder / name) for name in names}
    write_json(folder / MANIFEST, {"layout": 1, "files": files})


def list_shards(folder: Path) -> list[Path]:
    """Return the files that make up the weights, in order."""
    return sorted(folder.glob(f"{WEIGHTS}.*"), key=lambda path: int(path.suffix[1:]))


def read_weights(folder: Path) -> bytes:
    """Join the shards of the weights."""
    return b"".join(path.read_bytes() for path in list_shards(folder))


def write_weights(folder: Path, weights: Path) -> None:
    """Split a file of weights into shards."""
    with weights.open("rb") as file:
        for number, shard in enumerate(iter(lambda: file.read(SHARD), b""), 1):
            (folder / f"{WEIGHTS}.{number}").write_bytes(shard)


def write_json(path: Path, data: object) -> None:
    """Write readable JSON with a stable order of keys as given."""
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def hash_file(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(score: Any) -> Any:  # noqa: ANN401 - JSON: a number, or one with its interval
    return score["value"] if isinstance(score, dict) else score


def _read_json(folder: Path, name: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{name} is missing", where=str(folder), fix="Is it a model folder of antinomy?") from error
    except ValueError as error:
        raise ModelError(f"{name} is no JSON", where=str(folder), fix="Fetch the model again.") from error
