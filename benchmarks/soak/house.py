"""The bot's processes: started, killed one by one, started again, and weighed."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

import psutil

from benchmarks.load.bots import await_up, free_port


@dataclass(slots=True)
class House:
    """Servers and workers over one database.

    Args:
        environment: what all of them are told.
        webs: how many `bot web`, each with its own processes.
        workers: how many `bot worker`.
    """

    environment: Mapping[str, str]
    webs: int = 2
    workers: int = 2
    kills: dict[str, int] = field(default_factory=lambda: {"web process": 0, "worker": 0})
    ports: list[int] = field(default_factory=list)
    _webs: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    _workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self) -> None:
        """Start all, and wait until the servers answer."""
        for _ in range(self.webs):
            port = free_port()
            web = self._start("web", {"PORT": str(port)})
            await_up("web", port, web)
            self.ports.append(port)
            self._webs.append(web)
        self._workers = [self._start("worker", {}) for _ in range(self.workers)]

    def kill_one(self, chance: Random) -> None:
        """Kill a process that serves, or a worker, at once; what watches over it starts a new one.

        A server starts its own processes again; workers are started again here.
        """
        with self._lock:
            if chance.random() < 0.5:
                serving = psutil.Process(chance.choice(self._webs).pid).children()
                if serving:
                    os.kill(chance.choice(serving).pid, signal.SIGKILL)
                    self.kills["web process"] += 1
                return
            place = chance.randrange(len(self._workers))
            self._workers[place].kill()
            self._workers[place].wait()
            self._workers[place] = self._start("worker", {})
            self.kills["worker"] += 1

    def megabytes(self) -> dict[str, float]:
        """The largest process of each sort (MB of proportional set size)."""
        with self._lock:
            serving = [p for web in self._webs for p in psutil.Process(web.pid).children()]
            working = [psutil.Process(worker.pid) for worker in self._workers]
        return {"web": _largest(serving), "worker": _largest(working)}

    def close(self) -> None:
        """End all as an operator would."""
        for process in (*self._workers, *self._webs):
            process.terminate()
        for process in (*self._workers, *self._webs):
            process.wait(60)

    def _start(self, command: str, more: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            (sys.executable, "-m", "bot", command),
            env={**os.environ, **self.environment, **more},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _largest(processes: list[psutil.Process]) -> float:
    found = [0.0]
    for process in processes:
        try:
            found.append(process.memory_full_info().pss / 2**20)
        except psutil.Error:
            continue  # killed meanwhile
    return max(found)
