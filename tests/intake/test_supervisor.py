"""More inboxes than threads: each gets its turn, changes are noticed, and a stop is quick."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import environment, sekisho
from tests.cli.served import add_inbox

MANY = 7
WORK = """
import sys, threading, time
from pathlib import Path
from sekisho.cli.house import open_registry
open_registry()
from sekisho.intake.supervisor import Supervisor
from sekisho.registry.models import Delivery, Inbox
from sekisho.registry import inboxes
from sekisho.registry.domains import the_organisation
from sekisho.intake.kinds import set_up
root, seats, most_waiting = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
for path in sorted(root.iterdir()):
    inboxes.add(the_organisation(None).pk, set_up("maildir", "", {"path": str(path)}))
woken = threading.Event()
work = Supervisor(woken.set, seats=seats, most_waiting=most_waiting)
work.start()

def until(is_so, seconds=120):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.1)

"""


def _run(home: Path, root: Path, body: str, *, seats: int, most_waiting: int = 5000) -> None:
    argv = [sys.executable, "-W", "error", "-c", WORK + body, str(root), str(seats), str(most_waiting)]
    env = environment(home) | {"DJANGO_SETTINGS_MODULE": "sekisho.web.settings"}
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def boxes(tmp_path: Path) -> Path:
    """A folder with seven Maildirs, each to be an inbox."""
    root = tmp_path / "boxes"
    for number in range(MANY):
        for part in ("new", "cur", "tmp"):
            (root / str(number) / part).mkdir(parents=True)
        (root / str(number) / "new" / "1.first").write_bytes(b"first %d" % number)
    return root


@pytest.mark.slow
def test_all_inboxes_get_their_turn_with_two_threads(tmp_path: Path, boxes: Path) -> None:
    body = """
until(lambda: Delivery.objects.count() == 7)
assert woken.is_set()
for folder in root.iterdir():
    (folder / "new" / "2.second").write_bytes(b"second " + folder.name.encode())
until(lambda: Delivery.objects.count() == 14)
until(lambda: Inbox.objects.filter(taken=2).count() == 7)
began = time.monotonic()
work.stop()
assert time.monotonic() - began < 60
assert threading.active_count() == 1
"""
    _run(tmp_path / "home", boxes, body, seats=2)


@pytest.mark.slow
def test_paused_and_removed_inboxes_are_left_alone_and_new_ones_found(tmp_path: Path, boxes: Path) -> None:
    body = """
until(lambda: Delivery.objects.count() == 7)
first, second, third = Inbox.objects.order_by("pk")[:3]
inboxes.pause(first)
inboxes.remove(second)
time.sleep(6)
for folder in root.iterdir():
    (folder / "new" / "2.second").write_bytes(b"second " + folder.name.encode())
until(lambda: Delivery.objects.count() == 12)
time.sleep(2)
assert Delivery.objects.count() == 12
inboxes.resume(first)
until(lambda: Delivery.objects.count() == 13)
work.stop()
"""
    _run(tmp_path / "home", boxes, body, seats=40)


@pytest.mark.slow
def test_nothing_is_fetched_while_much_waits(tmp_path: Path, boxes: Path) -> None:
    body = """
until(lambda: work.held())
time.sleep(2)
count = Delivery.objects.count()
for folder in root.iterdir():
    (folder / "new" / "2.second").write_bytes(b"second " + folder.name.encode())
time.sleep(3)
assert Delivery.objects.count() == count
Delivery.objects.update(state=1)
until(lambda: Delivery.objects.count() > count)
work.stop()
"""
    _run(tmp_path / "home", boxes, body, seats=40, most_waiting=4)


@pytest.mark.slow
def test_inboxes_can_be_managed_from_the_command_line(tmp_path: Path, boxes: Path) -> None:
    home = tmp_path / "home"
    assert add_inbox(home, "maildir", {"path": boxes / "1"}) == 1
    word = tmp_path / "word"
    word.write_text("geheim-42\n")
    given = ["--set", "host=imap.example.test", "--set", "user=u", "--secret-file", f"password={word}"]
    assert sekisho(home, ["inbox", "add", "imap", *given]).returncode == 0
    for wrong in (["--set", "password=geheim"], ["--set", "nonsense"], ["--secret-file", f"host={word}"], ["--set", "x=y"]):
        refused = sekisho(home, ["inbox", "add", "imap", *given, *wrong])
        assert refused.returncode == 2
        assert "geheim" not in refused.stderr
    assert sekisho(home, ["inbox", "change", 2, "--set", "folder=Reports"]).returncode == 0
    moved = sekisho(home, ["inbox", "change", 2, "--set", "host=evil.example.test"])
    assert moved.returncode == 2
    assert "enter it again" in moved.stderr
    for command in (["inbox", "list"], ["inbox", "list", "--format", "json"], ["inbox", "kinds"], ["inbox", "kinds", "imap"]):
        shown = sekisho(home, command)
        assert shown.returncode == 0
        assert "geheim-42" not in shown.stdout + shown.stderr
    listed = sekisho(home, ["inbox", "list"]).stdout
    assert "imap.example.test" in listed
    assert sekisho(home, ["inbox", "test", 1]).returncode == 0
    failed = sekisho(home, ["inbox", "test", 2])
    assert failed.returncode == 1
    assert "not known" in failed.stdout
    key = (home / "secret.key").read_text()
    (home / "secret.key").write_text("another")
    examined = sekisho(home, ["doctor"])
    assert "enter its secrets again" in examined.stdout
    (home / "secret.key").write_text(key)
    assert sekisho(home, ["inbox", "remove", 2]).returncode == 0
    assert sekisho(home, ["inbox", "test", 2]).returncode == 2
    assert sekisho(home, ["inbox", "address"]).stdout.strip().endswith("@")
    made = sekisho(home, ["token", "add", "gateway", "--days", "30"])
    assert made.stdout.startswith("sek_")
    listed = sekisho(home, ["token", "list", "--format", "json"]).stdout
    assert made.stdout.strip() not in listed
    assert '"scopes": "ingest"' in listed
    assert sekisho(home, ["token", "revoke", 1]).returncode == 0
    assert sekisho(home, ["token", "revoke", 9]).returncode == 2
