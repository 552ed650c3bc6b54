"""How generated tests run: examples take as long as a busy machine needs."""

from effort import examples
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    max_examples=examples(100),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")
