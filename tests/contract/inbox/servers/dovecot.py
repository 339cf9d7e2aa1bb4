"""A private Dovecot on free loopback ports: IMAP, IMAPS, POP3 and LMTP over Maildirs in one scratch folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

PASSWORD = "secret-word"
USER = "mail"
"""Owner of the mailboxes: every Debian has this account."""

CONF = """
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/dovecot.log
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{root}/mail/%u
mail_uid = {user}
mail_fsync = never
mail_gid = {user}
first_valid_uid = 1
mail_max_userip_connections = 100
mailbox_idle_check_interval = 1s
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={user} home={root}/mail/%u allow_all_users=yes
}}
service imap-login {{
  chroot =
  service_count = 0
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service pop3-login {{
  chroot =
  service_count = 0
  inet_listener pop3 {{
    address = 127.0.0.1
    port = {pop3}
  }}
  inet_listener pop3s {{
    address = 127.0.0.1
    port = {pop3s}
    ssl = yes
  }}
}}
service imap {{
  service_count = 100
}}
service pop3 {{
  service_count = 100
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
namespace inbox {{
  inbox = yes
}}
"""


def free_ports(count: int) -> list[int]:
    """Loopback ports that nobody listens on now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


def wait_for(port: int, seconds: float = 60) -> None:
    """Returns when something listens on the port."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing listens on port {port}")


@dataclass
class Dovecot:
    """The running server; `mailbox` makes a user and fills the INBOX by files, as an MDA would."""

    root: Path
    cert: Path
    key: Path
    ca: Path
    imap: int = 0
    imaps: int = 0
    pop3: int = 0
    pop3s: int = 0
    lmtp: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _made: int = 0

    def start(self) -> None:
        """Writes the configuration and waits until the server answers."""
        if not self.imap:
            self.imap, self.imaps, self.pop3, self.pop3s, self.lmtp = free_ports(5)
        (self.root / "mail").mkdir(exist_ok=True)
        self.root.chmod(0o755)
        shutil.chown(self.root / "mail", USER, USER)
        names = {"root": self.root, "cert": self.cert, "key": self.key, "user": USER, "password": PASSWORD}
        ports = {"imap": self.imap, "imaps": self.imaps, "pop3": self.pop3, "pop3s": self.pop3s, "lmtp": self.lmtp}
        conf = self.root / "dovecot.conf"
        conf.write_text(CONF.format(**names, **ports))
        with (self.root / "dovecot.out").open("ab") as out:
            self._process = subprocess.Popen(["dovecot", "-F", "-c", conf], stdout=out, stderr=out)
        for port in ports.values():
            wait_for(port)

    def stop(self) -> None:
        """Ends the server and its sessions."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def user(self) -> str:
        """A new user with an empty INBOX."""
        self._made += 1
        name = f"u{self._made}@rcpt.test"
        for part in ("", "tmp", "new", "cur"):
            folder = self.root / "mail" / name / part
            folder.mkdir(mode=0o700)
            shutil.chown(folder, USER, USER)
        return name

    def put(self, user: str, data: bytes, name: str = "") -> None:
        """Delivers a mail into the INBOX by rename, oldest first."""
        self._made += 1
        home = self.root / "mail" / user
        name = name or f"{1_700_000_000 + self._made}.M{self._made}.host"
        made = home / "tmp" / name
        made.write_bytes(data)
        shutil.chown(made, USER, USER)
        made.rename(home / "new" / name)

    def kick(self, user: str) -> None:
        """Cuts the sessions of a user."""
        subprocess.run(["doveadm", "-c", self.root / "dovecot.conf", "kick", user], check=False, capture_output=True)

    def next_uid(self, user: str, uid: int) -> None:
        """Lets the next mail have this UID."""
        options = ["-c", str(self.root / "dovecot.conf")]
        subprocess.run(["doveadm", *options, "mailbox", "update", "-u", user, "--min-next-uid", str(uid), "INBOX"], check=True)

    def renumber(self, user: str) -> None:
        """Gives the INBOX a new UIDVALIDITY under the same UIDs, as a server restored from a backup may do."""
        options = ["doveadm", "-c", str(self.root / "dovecot.conf"), "mailbox"]
        told = subprocess.run([*options, "status", "-u", user, "uidvalidity", "INBOX"], check=True, capture_output=True, text=True)
        value = int(told.stdout.rpartition("=")[2]) + 1
        subprocess.run([*options, "update", "-u", user, "--uid-validity", str(value), "INBOX"], check=True)
