"""Trying an inbox out step by step, with the server's own words."""

from __future__ import annotations

import socket
import ssl
from contextlib import closing

from sekisho.core.errors import SettingsError
from sekisho.ingest.config import Config
from sekisho.ingest.errors import IngestError, Trouble, from_os, plain
from sekisho.ingest.inbox import Attempt, Probe, Step
from sekisho.ingest.kinds import open_inbox
from sekisho.intake.kinds import ListenConfig, config_of, only_public
from sekisho.registry import inboxes
from sekisho.registry.models import Inbox

GREETING_S = 5
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what a listener may be set to


def try_out(inbox: Inbox) -> list[Probe]:
    """The steps up to the first that fails; a success lets an inbox that waits after failures go on at once."""
    try:
        config = config_of(inbox)
    except SettingsError as error:
        return [Probe(Step.CONNECT, ok=False, said=str(error))]
    probes = _try(config, lambda name, value: inboxes.renew_secret(inbox.pk, name, value))
    if inbox.failures and not inbox.is_paused and all(probe.ok for probe in probes):
        inboxes.resume(inbox)
    return probes


def _try(config: Config, renewed: object) -> list[Probe]:
    if isinstance(config, ListenConfig):
        return _try_listener(config)
    with open_inbox(config, renewed, only_public=only_public()) as mailbox:  # type: ignore[arg-type]
        return mailbox.test()


def _try_listener(config: ListenConfig) -> list[Probe]:
    """Whether the port answers as ours, or could be had; and the certificate."""
    attempt = Attempt()
    step = Step.CONNECT
    try:
        attempt.passed(step, _greeting(config) or _free(config))
        if config.cert_file:
            step = Step.TLS
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(config.cert_file, config.key_file or None)
            attempt.passed(step, config.cert_file)
    except IngestError as error:
        return attempt.failed(step, error)
    except OSError as error:
        return attempt.failed(step, IngestError(Trouble.FILE, config.cert_file, error.strerror or str(error)))
    return attempt.probes


def _greeting(config: ListenConfig) -> str:
    """How our own listener greets at this port; empty where nobody answers. Raises IngestError for somebody else."""
    where = f"{config.host}:{config.port}"
    try:
        connected = socket.create_connection((ANYWHERE.get(config.host, config.host), config.port), GREETING_S)
    except OSError:
        return ""
    with closing(connected):
        try:
            said = plain(connected.recv(512).decode("utf-8", "replace"))
        except OSError as error:
            raise from_os(error, where) from error
    if "Sekisho" not in said:
        raise IngestError(Trouble.FILE, where, f"another program listens there: {said}")
    return said


def _free(config: ListenConfig) -> str:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            raise IngestError(Trouble.FILE, f"{config.host}:{config.port}", error.strerror or str(error)) from error
    return f"{config.host}:{config.port}"
