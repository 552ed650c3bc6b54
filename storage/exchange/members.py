"""Which profile each row of a file speaks of."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from flows.columns import UNSET, Rows
from flows.people import Profiles
from storage.exchange.sheet import Sheet


def rows_of(sheet: Sheet, profiles: Profiles) -> Rows:
    """The row of each one's profile by the column `profile`; who is unknown is refused."""
    column = sheet.converted("profile", lambda value: None if value == "" else str(value))
    known = pa.array(profiles.ids, pa.large_string())
    found = pc.index_in(pa.array(column.pool, pa.large_string()), value_set=known)
    places = np.append(found.fill_null(UNSET).to_numpy(zero_copy_only=False), UNSET)
    rows = places[column.codes].astype(np.int32)
    sheet.refuse(np.flatnonzero(column.codes == UNSET).tolist(), "The row names no profile.")
    for row in np.flatnonzero((rows == UNSET) & column.is_set()).tolist():
        sheet.refuse([row], f"There is no profile “{column.pool[column.codes[row]]}”.")
    return rows
