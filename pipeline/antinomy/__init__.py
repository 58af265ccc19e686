"""Finds organisational paradoxes, imbalances and rebalancing in interviews and reports."""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from antinomy.codebook import load_codebook
    from antinomy.datasets_view import open_gold, open_run
    from antinomy.errors import Problem, UserError
    from antinomy.flow import LabelSettings, label_files

# name -> module; loaded when first used, so that importing antinomy costs nothing
_PUBLIC = {
    "LabelSettings": "antinomy.flow",
    "Problem": "antinomy.errors",
    "UserError": "antinomy.errors",
    "label_files": "antinomy.flow",
    "load_codebook": "antinomy.codebook",
    "open_gold": "antinomy.datasets_view",
    "open_run": "antinomy.datasets_view",
}
__all__ = ["LabelSettings", "Problem", "UserError", "label_files", "load_codebook", "open_gold", "open_run"]


def __getattr__(name: str) -> object:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'antinomy' has no attribute {name!r}")
