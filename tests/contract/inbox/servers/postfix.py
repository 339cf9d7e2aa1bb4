"""A private Postfix on a free loopback port that hands all mail for rcpt.test to one transport and tries again every three seconds.

Sooner it finds a mail still locked by the agent that has just failed, and lets it rest for a minute.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.contract.inbox.servers.dovecot import free_ports, wait_for

MAIN = """
compatibility_level = 3.6
queue_directory = {root}/spool
data_directory = {root}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
mail_owner = postfix
setgid_group = postdrop
maillog_file = /dev/stdout
myhostname = mx.example.test
mydestination =
mynetworks =
mynetworks_style = host
inet_interfaces = 127.0.0.1
inet_protocols = all
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = inline:{{ rcpt.test=x }}
virtual_mailbox_maps = static:all
virtual_transport = {transport}
smtpd_relay_restrictions = permit_auth_destination, reject
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_tls_security_level = none
smtp_tls_security_level = may
lmtp_tls_security_level = may
smtp_host_lookup = native
disable_dns_lookups = yes
queue_run_delay = 1s
minimal_backoff_time = 3s
maximal_backoff_time = 3s
transport_retry_time = 1s
bounce_queue_lifetime = 0
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n -  0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n -  - trivial-rewrite
bounce    unix  - - n -  0 bounce
defer     unix  - - n -  0 bounce
trace     unix  - - n -  0 bounce
verify    unix  - - n -  1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n -  - proxymap
smtp      unix  - - n -  - smtp
lmtp      unix  - - n -  - lmtp
showq     unix  n - n -  - showq
error     unix  - - n -  - error
retry     unix  - - n -  - error
discard   unix  - - n -  - discard
anvil     unix  - - n -  1 anvil
scache    unix  - - n -  1 scache
postlog   unix-dgram n - n - 1 postlogd
"""

START_S, STOP_S = 15, 30
ATTEMPTS = 4


@dataclass
class Postfix:
    """The running server."""

    root: Path
    transport: str
    main: str = ""
    """More lines of main.cf."""
    master: str = ""
    """More lines of master.cf."""
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Writes the instance and waits until it answers; the first start builds the queue."""
        for name in ("etc", "spool", "data"):
            (self.root / name).mkdir(parents=True, mode=0o755)
        self.root.chmod(0o755)
        shutil.chown(self.root / "data", "postfix")
        (self.port,) = free_ports(1)
        (self.root / "etc" / "main.cf").write_text(MAIN.format(root=self.root, transport=self.transport) + self.main)
        (self.root / "etc" / "master.cf").write_text(MASTER.format(port=self.port) + self.master)
        for _ in range(ATTEMPTS):
            if self._begin():
                return
            self._kill()
        raise TimeoutError(f"Postfix does not start: {self.log}")

    def _begin(self) -> bool:
        """Starts it once, and waits until its log is written: its logger can wait for itself for ever, when it is late."""
        with (self.root / "log").open("ab") as out:
            self._process = subprocess.Popen(
                ["postfix", "-c", self.root / "etc", "start-fg"], stdout=out, stderr=out, start_new_session=True
            )
        wait_for(self.port)
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            if "daemon started" in self.log:
                return True
            time.sleep(0.05)
        return False

    def _kill(self) -> None:
        """Ends all its processes at once."""
        assert self._process is not None
        for pid in self._pids():
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(30)

    def _pids(self) -> list[int]:
        """Its processes, by the configuration they have open or the folder they are in."""
        mine, found = str(self.root), []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if os.readlink(folder / "cwd").startswith(mine):
                    found.append(int(folder.name))
        return found

    def stop(self) -> None:
        """Stops it."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(["postfix", "-c", self.root / "etc", "stop"], check=False, capture_output=True, timeout=STOP_S)
            self._process.wait(STOP_S)
            return
        self._kill()

    @property
    def log(self) -> str:
        """All it has logged."""
        return (self.root / "log").read_text(errors="replace")
