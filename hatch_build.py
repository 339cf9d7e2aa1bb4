"""Puts into the wheel what is made when it is built: the browser bundle, the compiled translations, and machine code.

`SEKISHO_SKIP_FRONTEND=1` leaves the bundle out (for work on the Python side alone); `SEKISHO_PREBUILT=<folder>` takes one that
is built already; `SEKISHO_PURE=1` leaves out the machine code, as does a machine without a C compiler. An editable install gets
all of it written into the source tree, at places that git ignores.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

IN_WHEEL = Path("sekisho/web")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the bundle and the catalogues; scratch folders live until the wheel is written."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Names the made files for the wheel, or writes them into the tree for an editable install."""
        self._scratch = ExitStack()
        is_editable = version == "editable"
        self._add_catalogues(build_data, is_editable=is_editable)
        if not os.environ.get("SEKISHO_SKIP_FRONTEND"):
            self._add_bundle(build_data, is_editable=is_editable)
        self._add_machine_code(build_data, is_editable=is_editable)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's signature
        """Clears the scratch folders."""
        self._scratch.close()

    def _add_bundle(self, build_data: dict[str, Any], *, is_editable: bool) -> None:
        frontend = _tool(self.root, "build_frontend")
        prebuilt = os.environ.get("SEKISHO_PREBUILT")
        bundle = Path(prebuilt) if prebuilt else self._scratch.enter_context(frontend.built(Path(self.root)))
        if not (bundle / "manifest.json").is_file():
            raise SystemExit(f"{bundle} holds no manifest.json, so it is no bundle")
        if is_editable:
            frontend.install(bundle, Path(self.root))
        else:
            build_data["force_include"][str(bundle)] = str(IN_WHEEL / "static" / "dist")

    def _add_catalogues(self, build_data: dict[str, Any], *, is_editable: bool) -> None:
        messages = _tool(self.root, "messages")
        locale = Path(self.root) / messages.LOCALE
        out = locale if is_editable else Path(self._scratch.enter_context(tempfile.TemporaryDirectory(prefix="sekisho-locale-")))
        for path in messages.compile_all(locale, out):
            if not is_editable:
                build_data["force_include"][str(path)] = str(IN_WHEEL / "locale" / path.relative_to(out))

    def _add_machine_code(self, build_data: dict[str, Any], *, is_editable: bool) -> None:
        """The modules that are compiled, where that is possible: the source stands beside them in any case."""
        tool = _tool(self.root, "compile")
        root = Path(self.root)
        if is_editable:
            tool.remove(root)
        if not tool.can_compile():
            return
        made = self._scratch.enter_context(tool.compiled(root))
        if is_editable:
            tool.install(made, root)
            return
        for path in made.rglob(f"*{tool.SUFFIX}"):
            build_data["force_include"][str(path)] = str(path.relative_to(made))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def _tool(root: str, name: str) -> ModuleType:
    """A module of `tools/`, which is no package and not on the path of an isolated build."""
    spec = importlib.util.spec_from_file_location(f"sekisho_tools_{name}", Path(root) / "tools" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"tools/{name}.py is missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module
