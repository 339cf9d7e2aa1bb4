"""Archives are opened by their bytes, within bounds, whatever is wrong with them."""

import gzip
import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Mapping
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.errors import Broken, ReadError, TooLarge
from sekisho.core.limits import KIB, MIB, Limits
from sekisho.core.unpack import Budget, read_all, shown_name, unpack

gz = partial(gzip.compress, mtime=0)
"""Equal bytes in every run: they are names of tests."""

TEXT = b"<feedback>" + bytes(range(256)) * 40 + b"</feedback>"


def opened(data: bytes, limits: Limits | None = None) -> list[tuple[str, bytes, list[str]]]:
    """Name, bytes and flaws of all that is in it."""
    found = []
    for content in unpack(data, Budget(limits or Limits())):
        body = b"".join(content.chunks)
        found.append((content.name, body, [flaw.code for flaw in content.flaws]))
    return found


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


class Pipe(io.RawIOBase):
    """A stream that cannot be wound back, so that zipfile writes data descriptors."""

    def __init__(self) -> None:
        super().__init__()
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]
        return len(data)  # type: ignore[arg-type]


def streamed_zip(files: Mapping[str, bytes]) -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            archive.writestr(name, data)
    return pipe.data


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (TEXT, [""]),
        (gz(TEXT), [""]),
        (gz(gz(TEXT)), [""]),
        (zlib.compress(TEXT), [""]),
        (zlib.compress(TEXT, 9), [""]),
        (zipped({"a.xml": TEXT}), ["a.xml"]),
        (zipped({"a.xml": TEXT}, zipfile.ZIP_STORED), ["a.xml"]),
        (zipped({"a.xml": TEXT, "b.xml": TEXT}), ["a.xml", "b.xml"]),
        (zipped({"folder/": b"", "folder/a.xml": TEXT, "__MACOSX/folder/._a.xml": b"fork", "._b": b"fork"}), ["a.xml"]),
        (streamed_zip({"a.xml": TEXT, "b.xml": TEXT}), ["a.xml", "b.xml"]),
        (b"MZ stub" * 9 + zipped({"a.xml": TEXT}), None),
        (zipped({"a.xml.gz": gz(TEXT)}), ["a.xml.gz"]),
        (gz(zipped({"a.xml": TEXT})), ["a.xml"]),
        (zipped({"a.zip": zipped({"a.xml": TEXT, "b.xml": TEXT})}), ["a.xml", "b.xml"]),
    ],
)
def test_what_is_packed_comes_out(data: bytes, names: list[str] | None) -> None:
    if names is None:  # bytes in front hide what it is; nothing is guessed
        assert opened(data) == [("", data, [])]
        return
    assert opened(data) == [(name, TEXT, []) for name in names]


def test_members_of_gzip_are_joined() -> None:
    assert opened(gz(TEXT) + gz(b"more")) == [("", TEXT + b"more", [])]


@pytest.mark.parametrize("rest", [b"\r\n", b"\0\0\x01", b"\x1f\x8b", TEXT])
def test_bytes_after_gzip_are_left_with_a_note(rest: bytes) -> None:
    assert opened(gz(TEXT) + rest) == [("", TEXT, ["bytes_after_archive"])]


def test_zeroes_after_gzip_are_padding() -> None:
    assert opened(gz(TEXT) + b"\0" * 100) == [("", TEXT, [])]


def test_a_long_gzip_header_is_stepped_over() -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = raw.compress(TEXT) + raw.flush()
    header = b"\x1f\x8b\x08\x1e" + b"\0" * 6 + struct.pack("<H", 3) + b"abc" + b"name\0" + b"comment\0" + b"\0\0"
    trailer = struct.pack("<II", zlib.crc32(TEXT), len(TEXT))
    assert opened(header + packed + trailer) == [("", TEXT, [])]


def test_a_wrong_check_sum_is_noted() -> None:
    packed = bytearray(gz(TEXT))
    packed[-5] ^= 1
    assert opened(bytes(packed)) == [("", TEXT, ["wrong_checksum"])]
    archive = bytearray(zipped({"a.xml": TEXT}, zipfile.ZIP_STORED))
    archive[60] ^= 1
    assert opened(bytes(archive))[0][2] == ["wrong_checksum"]


def test_cut_archives_give_what_is_there() -> None:
    packed = gz(TEXT * 50)
    [(_, body, flaws)] = opened(packed[: len(packed) // 2])
    assert (TEXT * 50).startswith(body)
    assert flaws == ["damaged_archive"]
    archive = zipped({"a.xml": TEXT, "b.xml": TEXT * 50})
    assert [name for name, _, _ in opened(archive[: len(archive) - 200])] == ["a.xml", "b.xml"]
    assert opened(archive[: len(archive) - 200])[0] == ("a.xml", TEXT, [])


def test_names_are_shown_but_never_trusted() -> None:
    assert opened(zipped({"../../etc/passwd": TEXT}))[0][0] == "passwd"
    assert opened(zipped({"C:\\reports\\a.xml": TEXT}))[0][0] == "a.xml"
    assert shown_name("report\u202elmx.exe\x00\x1b[31m") == "reportlmx.exe[31m"
    assert len(shown_name("x" * 9999)) == 200
    raw = zipped({"xxxxxxxx.xml": TEXT}).replace(b"xxxxxxxx.xml", "報告書".encode("cp932") + b"__.xml")
    assert opened(raw)[0][0] == "報告書__.xml"


def test_an_encrypted_member_does_not_hide_the_others() -> None:
    archive = bytearray(zipped({"a.xml": TEXT, "b.xml": TEXT}))
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        archive[archive.find(signature) + place] |= 1
    contents = list(unpack(bytes(archive), Budget()))
    with pytest.raises(Broken, match="encrypted"):
        b"".join(contents[0].chunks)
    assert b"".join(contents[1].chunks) == TEXT


@pytest.mark.parametrize("data", [b"BZh91AY&SY", b"7z\xbc\xaf\x27\x1c\0\4", b"Rar!\x1a\x07\0", b"\xfd7zXZ\0\0\4"])
def test_other_archives_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(Broken, match="of a kind that is not read"):
        opened(data)


def test_a_method_that_is_not_read_is_refused() -> None:
    [content] = unpack(zipped({"a.xml": TEXT}, zipfile.ZIP_BZIP2), Budget())
    with pytest.raises(Broken, match="packed in a way"):
        b"".join(content.chunks)


def test_bombs_are_stopped_within_little_memory() -> None:
    layer = gz(b"\0" * (40 * MIB), 9)
    tracemalloc.start()
    with pytest.raises(TooLarge, match="unpacks to more"):
        opened_slowly(layer, Limits(unpacked_bytes=30 * MIB))
    with pytest.raises(TooLarge, match="unpacks to more"):
        opened_slowly(zipped({f"{i}.xml": b"\0" * (4 * MIB) for i in range(9)}), Limits(unpacked_bytes=30 * MIB))
    with pytest.raises(TooLarge, match="in each other"):
        opened_slowly(gz(gz(gz(gz(gz(TEXT))))), Limits())
    with pytest.raises(TooLarge, match="too large"):
        opened_slowly(gz(zipped({"a": b"\0" * (2 * MIB)}, zipfile.ZIP_STORED)), Limits(held_bytes=1 * MIB))
    assert tracemalloc.get_traced_memory()[1] < 50 * MIB
    tracemalloc.stop()


def opened_slowly(data: bytes, limits: Limits) -> None:
    for content in unpack(data, Budget(limits)):
        for _ in content.chunks:
            pass


def test_too_many_members_and_archives_are_refused() -> None:
    with pytest.raises(TooLarge, match="too many members"):
        opened(zipped({f"{i}": b"x" for i in range(30)}), Limits(members=20))
    with pytest.raises(TooLarge, match="too many archives"):
        opened_slowly(zipped({f"{i}.gz": gz(b"x") for i in range(30)}), Limits(archives=20))


def test_overlapping_members_are_refused() -> None:
    """All entries of the directory point to the same data, as in a flat zip bomb."""
    archive = bytearray(zipped({"a": b"\0" * 100_000, "b": b"\0" * 100_000, "c": b"x"}))
    first = archive.find(b"PK\1\2")
    second = archive.find(b"PK\1\2", first + 4)
    archive[second + 42 : second + 46] = archive[first + 42 : first + 46]
    with pytest.raises(TooLarge, match="overlap"):
        opened(bytes(archive))


@given(st.binary(max_size=300), st.sampled_from(["gzip", "zlib", "zip", "plain"]), st.data())
def test_damage_raises_only_our_own_errors(body: bytes, kind: str, data: st.DataObject) -> None:
    packed = {
        "gzip": gz(body),
        "zlib": zlib.compress(body),
        "zip": zipped({"a": body, "b": body}),
        "plain": body,
    }[kind]
    broken = bytearray(packed)
    for _ in range(data.draw(st.integers(0, 3))):
        if broken:
            at = data.draw(st.integers(0, len(broken) - 1))
            broken[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=3))
    try:
        for content in unpack(bytes(broken), Budget(Limits(unpacked_bytes=64 * KIB))):
            try:
                read_all(content, 64 * KIB)
            except ReadError:
                continue
    except ReadError:
        return
