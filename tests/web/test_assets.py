"""The pages find their bundle by its manifest, and do without one."""

import json

import pytest

from sekisho.web import assets

MANIFEST = {
    "src/main.ts": {
        "file": "assets/main-1.js",
        "isEntry": True,
        "css": ["assets/main-2.css"],
        "imports": ["_shared.js"],
        "dynamicImports": ["src/charts.ts"],
    },
    "_shared.js": {"file": "assets/shared-3.js", "css": ["assets/shared-4.css"], "imports": ["src/main.ts"]},
    "src/charts.ts": {"file": "assets/charts-5.js", "css": ["assets/charts-6.css"]},
}


def test_styles_of_all_that_is_imported_at_once_are_named():
    found = assets.from_manifest(MANIFEST, "src/main.ts")
    assert found.scripts == ("dist/assets/main-1.js",)
    assert found.styles == ("dist/assets/main-2.css", "dist/assets/shared-4.css")


def test_bundle_is_read_from_its_folder(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    assert assets.bundle(tmp_path).scripts == ("dist/assets/main-1.js",)


@pytest.mark.parametrize("content", [None, "", "{", "[]", "{}", '{"src/main.ts": 1}', "\udcff"])
def test_without_a_readable_manifest_pages_have_no_bundle_and_no_error(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert assets.bundle(tmp_path) == assets.Bundle()
