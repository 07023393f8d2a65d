"""What one process counts: events, answers, how long they took, what went wrong."""

from collections.abc import Callable, Iterable
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from bot.counting.gauges import Gauge, of_processes

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
KEPT_IN_S = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15)
SENT_IN_S = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15, 50)


class Meter:
    """Counts for as long as its process lives.

    Args:
        folder: where processes of one server count together; None: this one counts for itself.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        # Together, what is told is read from the folder, and not from what is registered here.
        self._own = own = CollectorRegistry()
        self._events = Counter(
            "shizhong_events", "Events of LINE, by kind and outcome.", ["kind", "outcome"],
            registry=own,
        )  # fmt: skip
        self._replies = Counter(
            "shizhong_replies", "Replies to events, by how they ended.", ["end"], registry=own
        )
        self._errors = Counter(
            "shizhong_errors", "What went wrong, by where and what.", ["where", "error"],
            registry=own,
        )  # fmt: skip
        self._kept = Histogram(
            "shizhong_answer_kept_seconds", "From the webhook to the answer's commit.",
            buckets=KEPT_IN_S, registry=own,
        )  # fmt: skip
        self._sent = Histogram(
            "shizhong_reply_sent_seconds", "From the webhook to LINE having taken the reply.",
            buckets=SENT_IN_S, registry=own,
        )  # fmt: skip

    def event(self, kind: str, outcome: str, seconds: float) -> None:
        """An event was handled, and what became of it was kept."""
        self._events.labels(kind, outcome).inc()
        self._kept.observe(seconds)

    def reply(self, end: str, seconds: float) -> None:
        """The sending of a reply ended."""
        self._replies.labels(end).inc()
        if end == "sent":
            self._sent.observe(seconds)

    def error(self, where: str, error: str) -> None:
        """Something went wrong."""
        self._errors.labels(where, error).inc()

    def told(self, gauges: Callable[[], Iterable[Gauge]]) -> bytes:
        """All that was counted, and what is read now, as Prometheus reads it."""
        registry = CollectorRegistry()
        if self._folder is not None:
            MultiProcessCollector(registry, path=str(self._folder))
        registry.register(_Read(gauges))
        registry.register(_Read(lambda: of_processes(self._folder)))
        return (b"" if self._folder else generate_latest(self._own)) + generate_latest(registry)


class _Read:
    """What is read at the moment when somebody asks."""

    def __init__(self, gauges: Callable[[], Iterable[Gauge]]) -> None:
        self._gauges = gauges

    def describe(self) -> list[Metric]:
        """Nothing: else all would be read once for its names alone."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Each name with all its labels."""
        families: dict[str, GaugeMetricFamily] = {}
        for gauge in self._gauges():
            labels = list(gauge.labels)
            family = families.get(gauge.name) or GaugeMetricFamily(
                gauge.name, gauge.what, labels=labels
            )
            families[gauge.name] = family
            family.add_metric(list(gauge.labels.values()), gauge.value)
        return families.values()
