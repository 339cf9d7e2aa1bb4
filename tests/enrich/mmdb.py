"""A small writer of MMDB files for tests (MaxMind DB format 2.0, records of 32 bits)."""

from __future__ import annotations

import struct
from ipaddress import ip_network
from pathlib import Path

MARKER = b"\xab\xcd\xefMaxMind.com"
U16, U32, U64 = 5, 6, 9
BUILT = 1_790_000_000
"""2026-09-21."""


def write_mmdb(path: Path, networks: dict[str, object], *, kind: str = "made for a test", version: int = 6) -> Path:
    """Writes a database that answers the given networks (which must not overlap) with the given records."""
    nodes: list[list[int | bytes | None]] = [[None, None]]
    for text, record in networks.items():
        network = ip_network(text)
        bits = f"{int(network.network_address):0{network.max_prefixlen}b}"[: network.prefixlen]
        if version == 6 and network.version == 4:
            bits = "0" * 96 + bits
        _place(nodes, bits, _encoded(record))
    data = bytearray()
    tree = bytearray()
    for node in nodes:
        for side in node:
            if isinstance(side, bytes):
                tree += struct.pack(">I", len(nodes) + 16 + len(data))
                data += side
            else:
                tree += struct.pack(">I", len(nodes) if side is None else side)
    about = {
        "node_count": len(nodes),
        "record_size": (U16, 32),
        "ip_version": (U16, version),
        "database_type": kind,
        "binary_format_major_version": (U16, 2),
        "binary_format_minor_version": (U16, 0),
        "build_epoch": (U64, BUILT),
        "languages": ["en"],
        "description": {"en": "made for a test"},
    }
    path.write_bytes(bytes(tree) + bytes(16) + bytes(data) + MARKER + _encoded(about))
    return path


def _place(nodes: list[list[int | bytes | None]], bits: str, record: bytes) -> None:
    at = 0
    for bit in bits[:-1]:
        below = nodes[at][int(bit)]
        if below is None:
            nodes.append([None, None])
            below = nodes[at][int(bit)] = len(nodes) - 1
        assert isinstance(below, int)
        at = below
    nodes[at][int(bits[-1])] = record


def _encoded(value: object) -> bytes:
    if isinstance(value, str):
        raw = value.encode()
        return _head(2, len(raw)) + raw
    if isinstance(value, float):
        return _head(3, 8) + struct.pack(">d", value)
    if isinstance(value, int):
        value = (U32, value)
    if isinstance(value, tuple):
        kind, number = value
        raw = number.to_bytes(8, "big").lstrip(b"\0")
        return _head(kind, len(raw)) + raw
    if isinstance(value, dict):
        return _head(7, len(value)) + b"".join(_encoded(k) + _encoded(v) for k, v in value.items())
    assert isinstance(value, list)
    return _head(11, len(value)) + b"".join(map(_encoded, value))


def _head(kind: int, size: int) -> bytes:
    assert size < 285
    low, rest = (size, b"") if size < 29 else (29, bytes([size - 29]))
    return bytes([kind << 5 | low]) + rest if kind <= 7 else bytes([low, kind - 7]) + rest
