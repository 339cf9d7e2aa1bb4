"""What is loaded late: not at the start, and then as if it had always been there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
import django
django.setup()
from django.urls import resolve, reverse
from sekisho.web import wsgi
from sekisho import workers
assert reverse("api_reference") == "/api/v1/" and reverse("overview", kwargs={"org": "acme"}) == "/acme/overview"
assert resolve("/acme/overview").view_name == "overview"
print("ninja" in sys.modules, "pydantic" in sys.modules, "sekisho.web.api.service" in sys.modules)
assert resolve("/api/v1/deliveries").func.csrf_exempt and not resolve("/api/v1/").func.csrf_exempt
assert resolve("/api/v1/organisations").namespace == "api"
print(reverse("api:openapi-json"), "ninja" in sys.modules)
"""
AT_ONCE = """
import sys
import django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.urls import resolve
from sekisho.web.api.service import interface
sys.setswitchinterval(1e-5)
start = Barrier(8)
def ask(number):
    start.wait()
    return id(interface()) if number % 2 else resolve("/api/v1/organisations").namespace
with ThreadPoolExecutor(8) as pool:
    print(len(set(pool.map(ask, range(8)))))
"""


def run(program: str, home: Path) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, as the server sets it up."""
    told = os.environ | {"PYTHONPATH": str(ROOT / "src"), "SEKISHO_HOME": str(home)}
    told |= {"DJANGO_SETTINGS_MODULE": "sekisho.web.settings", "SEKISHO_DNS_SERVERS": "off"}
    return subprocess.run([sys.executable, "-c", program], env=told, capture_output=True, text=True, timeout=120, check=False)


def test_the_interface_is_loaded_when_it_is_asked_for(tmp_path: Path) -> None:
    found = run(PROGRAM, tmp_path)
    assert found.stdout.splitlines() == ["False False False", "/api/v1/openapi.json True"], found.stderr


def test_the_first_requests_may_come_at_once(tmp_path: Path) -> None:
    found = run(AT_ONCE, tmp_path)
    assert found.stdout.splitlines() == ["2"], found.stderr
