"""What a shard writes down while it runs, and how it becomes tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from flows.actions.reasons import NOTES, SENT
from flows.columns import NEVER, Column, Times

ArrowArray: TypeAlias = "pa.Array[Any]"
ArrowWords: TypeAlias = "pa.DictionaryArray[Any, Any]"
MOMENT = pa.timestamp("us", tz="UTC")
WORD = pa.dictionary(pa.int32(), pa.string())


class Log:
    """Columns that grow in chunks."""

    def __init__(self, *names: str) -> None:
        self._chunks: dict[str, list[NDArray[np.generic] | int]] = {name: [] for name in names}
        self._sizes: list[int] = []
        self.size = 0

    def add(self, size: int, **columns: NDArray[np.generic] | int) -> None:
        """`size` rows; a single number stands for all of them."""
        if not size:
            return
        for name, chunks in self._chunks.items():
            chunks.append(columns[name])
        self._sizes.append(size)
        self.size += size

    def column(self, name: str) -> NDArray[np.generic]:
        """All chunks of one column behind each other."""
        chunks = self._chunks[name]
        if not chunks:
            return np.zeros(0, dtype=np.int64)
        if not any(isinstance(chunk, np.ndarray) for chunk in chunks):
            return np.repeat(np.array(chunks, dtype=np.int32), self._sizes)
        return np.concatenate(
            [
                chunk if isinstance(chunk, np.ndarray) else np.full(size, chunk, dtype=np.int32)
                for chunk, size in zip(chunks, self._sizes, strict=True)
            ]
        )


class Words:
    """A growing dictionary of words, for columns of few distinct ones."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.codes: dict[str, int] = {}
        self.list: list[str] = []
        for word in words:
            self(word)

    def __call__(self, word: str) -> int:
        code = self.codes.get(word)
        if code is None:
            code = self.codes[word] = len(self.list)
            self.list.append(word)
        return code

    def array(self, codes: NDArray[np.generic]) -> ArrowWords:
        """Codes as words; negative ones as null."""
        return dictionary(codes, self.list)


def dictionary(codes: NDArray[np.generic], words: Sequence[str]) -> ArrowWords:
    """Codes into words as an Arrow array; negative codes are null."""
    kind = np.int8 if codes.dtype == np.int8 else np.int32
    plain: NDArray[np.integer] = codes.astype(kind, copy=False)
    absent = plain < 0
    indices: ArrowArray = pa.array(plain, mask=absent if absent.any() else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def fixed(codes: NDArray[np.generic], words: Sequence[str]) -> ArrowWords:
    """The same for words that are known before the run, in as few bytes as their number needs."""
    small = np.int8 if len(words) <= np.iinfo(np.int8).max else np.int32
    return dictionary(codes.astype(small), words)


def moments(times: Times) -> ArrowArray:
    """Times as Arrow timestamps; NEVER is null."""
    absent = times == NEVER
    return pa.array(times, mask=absent if absent.any() else None).cast(MOMENT)


def amounts(values: NDArray[np.float64]) -> ArrowArray:
    """Numbers with NaN as null."""
    return pa.array(values, mask=np.isnan(values))


STATUS = ("sent", "skipped")


def send_status(reasons: NDArray[np.generic]) -> tuple[ArrowArray, ArrowArray]:
    """The columns `status` and `reason` out of reason codes."""
    return fixed(reasons != SENT, STATUS), fixed(reasons, NOTES)


def texts(column: Column) -> ArrowArray:
    """A column of properties as text; what is not text as JSON would show it."""
    words = [v if isinstance(v, str) else str(v) for v in column.pool]
    return dictionary(column.codes, words)
