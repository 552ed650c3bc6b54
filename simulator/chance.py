"""Numbers that depend on what they are for, never on when they are asked for.

Each is a hash (splitmix64, Steele et al. 2014) of a key per row and of constants, so the same
question has the same answer in any order, batch or process.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from flows.columns import Floats, Keys

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_BY_30, _BY_27, _BY_31, _BY_11 = (np.uint64(shift) for shift in (30, 27, 31, 11))
_UNIT = 2.0**-53
_NO_SALT = np.uint64(0)


def mix(keys: Keys) -> Keys:
    """One round of splitmix64 over every key of an array."""
    z = keys + _GOLDEN
    shifted = z >> _BY_30
    z ^= shifted
    z *= _FIRST
    np.right_shift(z, _BY_27, out=shifted)
    z ^= shifted
    z *= _SECOND
    np.right_shift(z, _BY_31, out=shifted)
    z ^= shifted
    return z


def name_key(*names: str | int) -> np.uint64:
    """A 64-bit key for constants: a seed, a flow, an action, a purpose."""
    text = "\x1f".join(map(str, names)).encode()
    return np.uint64(int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big"))


def profile_keys(ids: NDArray[np.object_]) -> Keys:
    """A 64-bit key per id: the id's UTF-8 bytes folded eight at a time."""
    if len(ids) == 0:
        return np.zeros(0, dtype=np.uint64)
    raw = _as_bytes(ids)
    width = -(-max(raw.dtype.itemsize, 1) // 8) * 8
    words = raw.astype(f"S{width}").view(np.uint64).reshape(len(raw), -1)
    keys = np.zeros(len(raw), dtype=np.uint64)
    for column in words.T:
        keys = np.where(column == 0, keys, mix(keys ^ column))
    return mix(keys)


def _as_bytes(ids: NDArray[np.object_]) -> NDArray[np.bytes_]:
    try:
        return ids.astype(np.bytes_)
    except UnicodeEncodeError:  # NumPy's own way knows ASCII alone
        return np.array([str(i).encode() for i in ids], dtype=np.bytes_)


def uniform(keys: Keys, *salts: np.uint64 | Keys) -> Floats:
    """A number in [0, 1) per key, 53 bits of it, salted by constants or by columns."""
    mixed = keys
    for salt in salts or (_NO_SALT,):
        mixed = mix(mixed ^ salt)
    mixed >>= _BY_11
    numbers: Floats = mixed.astype(np.float64) * _UNIT
    return numbers
