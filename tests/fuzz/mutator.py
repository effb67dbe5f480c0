"""Bytes changed at random, as damage, bad software and bad will change them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x80",
    b"\r",
    b"\f",
    b"\n" * 40,
    b"<div>" * 200,
    b"<table><tr><td colspan=99999>",
    b"<!--",
    b"]]>",
    b"&#x110000;",
    b"&amp;" * 50,
    b"</",
    b'"',
    b"{" * 300,
    b"[" * 300,
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"\x1f\x8b\x08",
    b"9" * 400,
    "亿".encode() * 200,
    "（".encode() * 200,
    "《“".encode() * 100,
    "本报讯".encode(),
    "下转第二版".encode(),
    "　　".encode() * 60,
    "\u2028\u200d\ufeff".encode(),
    b"\t|\t|\t|",
    b"-1",
    b"4294967295",
    b"\x7f\xff\xff\xff",
)
MOST = 4  # changes at once


def mutate(data: bytes, random: Random) -> bytes:
    """The bytes with one to four changes; never the same bytes as `data` on purpose."""
    for _ in range(random.randint(1, MOST)):
        data = random.choice(CHANGES)(data, random)
    return data


def _flip(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.randint(1, 12)):
        if out:
            out[random.randrange(len(out))] ^= 1 << random.randrange(8)
    return bytes(out)


def _overwrite(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    token = random.choice(TOKENS)
    return data[:at] + token + data[at + len(token) :]


def _insert(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(TOKENS) + data[at:]


def _cut(data: bytes, random: Random) -> bytes:
    at, to = sorted((random.randint(0, len(data)), random.randint(0, len(data))))
    return data[:at] + data[min(to, at + 2_000) :]


def _break_off(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _repeat(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    piece = data[at : at + random.randint(1, 400)]
    return data[:at] + piece * random.randint(2, 20) + data[at:]


def _swap(data: bytes, random: Random) -> bytes:
    a, b, c = sorted(random.randint(0, len(data)) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def _number(data: bytes, random: Random) -> bytes:
    """A digit becomes another: lengths and offsets that are not true."""
    places = [i for i, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    if not places:
        return data
    out = bytearray(data)
    for place in random.sample(places, min(3, len(places))):
        out[place] = random.choice(b"0123456789")
    return bytes(out)


CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip,
    _overwrite,
    _insert,
    _cut,
    _break_off,
    _repeat,
    _swap,
    _number,
)
