"""Makes the example district; the same files on every run.

    python examples/make_kota_contoh.py [FOLDER]

Without a folder it renews ``examples/kota-contoh``.
"""

import sys
from pathlib import Path

from kota_maker.town import make

if __name__ == "__main__":
    default = Path(__file__).parent / "kota-contoh"
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
