"""Scripts find what lies beside them by their folder; tests need it too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
