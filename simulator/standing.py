"""The consent that people begin a run with, as their profiles tell it (semantics B.10)."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from flows.columns import LONG_AGO, Column
from flows.memory import ask
from flows.moments import micros
from flows.people import Profiles
from flows.rules import Channel
from flows.scene import (
    NEVER_SUBSCRIBED,
    PERMISSIONS,
    STATUSES,
    SUBSCRIBED,
    UNSUBSCRIBED,
    Consent,
)
from simulator.suppression import Suppression

EXPLICIT = {code: PERMISSIONS[code] for code in (SUBSCRIBED, UNSUBSCRIBED)}
"""The permission that a person gives or refuses by a consent."""
TRANSACTIONAL: dict[Channel, str] = {
    "sms": "consent.sms_transactional",
    "whatsapp": "consent.whatsapp_transactional",
}
"""The properties that tell of consent to transactional messages."""
_EARLIEST = micros(datetime(1990, 1, 1, tzinfo=UTC))
"""No consent counts as older."""
_UNTOLD = -1


def consents_of(profiles: Profiles, suppression: Suppression) -> dict[Channel, Consent]:
    """Every channel's consent, in arrays of its own that may be changed."""
    return {channel: _consent(profiles, channel, suppression) for channel in profiles.consent}


def _consent(profiles: Profiles, channel: Channel, suppression: Suppression) -> Consent:
    held = profiles.consent[channel]
    status = _permitted(profiles, f"permission.{channel}_marketing", held.status.copy())
    since = held.since.copy()
    since[(since > LONG_AGO) & (since < _EARLIEST)] = _EARLIEST
    if channel == "email":
        return Consent(status, since, suppression.suppressed, suppression.barred)
    return Consent(status, since, held.suppressed, None, _transactional(profiles, channel))


def _permitted(profiles: Profiles, name: str, status: NDArray[np.int8]) -> NDArray[np.int8]:
    """The status with that of an explicit permission in its place, where there is one."""
    told = profiles.properties.get(name)
    if told is None:
        return status
    codes = ask(told, _permission_code, np.int8)
    return np.where(codes == _UNTOLD, status, codes).astype(np.int8)


def _permission_code(value: object) -> int:
    return next((code for code, word in EXPLICIT.items() if word == value), _UNTOLD)


def _transactional(profiles: Profiles, channel: Channel) -> NDArray[np.int8] | None:
    told = profiles.properties.get(TRANSACTIONAL.get(channel, ""))
    permitted = f"permission.{channel}_transactional"
    if told is None and permitted not in profiles.properties:
        return None
    held = Column.unset(len(profiles)) if told is None else told
    status = ask(held, _status_code, np.int8)
    return _permitted(profiles, permitted, status)


def _status_code(value: object) -> int:
    return STATUSES.index(value) if value in STATUSES else NEVER_SUBSCRIBED
