"""What a whole crowd settles: won tests, used-up plans and coupons; see docs/decisions/0016."""

from simulator.deciding.settling import Evidence, Settling

__all__ = ["Evidence", "Settling"]
