"""``wencang ingest`` itself, killed anywhere: the flow, one of its workers, or all of them at once."""

import contextlib
import os
import random
import signal
import time

import pytest

KILLS = 8


def strike(lab, chance, root, pid):
    """Wait for a moment of the ingest and kill what chance names; returns what was killed."""
    enough = lab.commits(root) + chance.randint(0, 3)
    end = time.monotonic() + 60
    while lab.commits(root) < enough and lab.is_alive(pid) and time.monotonic() < end:
        time.sleep(0.005)
    time.sleep(chance.uniform(0.0, 0.5) if enough else chance.uniform(0.0, 4.0))
    target = chance.choice(("flow", "worker", "group"))
    workers = lab.workers_of(pid)
    try:
        if target == "worker" and workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
            time.sleep(chance.uniform(0.0, 1.0))  # it goes on; what it does then is killed as well
            os.kill(pid, signal.SIGKILL)
        elif target == "flow":
            os.kill(pid, signal.SIGKILL)
        else:
            os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return "nothing"
    return target


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(13))
def test_kills_of_a_real_ingest(lab, tmp_path, ingests, source, undisturbed_ingest, seed):
    """Eight kills for each of thirteen seeds; the promise after each, and the same warehouse at the end."""
    root, chance = tmp_path / "lake", random.Random(seed)
    killed = []
    while len(killed) < KILLS:
        pid = ingests.start(source, root)
        killed.append(strike(lab, chance, root, pid))
        status = ingests.wait(pid)
        assert status in (-signal.SIGKILL, 0), lab.log_of(root)
        if (
            lab.check_promise(root, undisturbed_ingest) == len(undisturbed_ingest["documents"])
            and status == 0
        ):
            root = root.with_name(f"lake-{len(killed)}")  # done: the next kills are of a new one

    assert ingests.wait(ingests.start(source, root)) == 0, lab.log_of(root)
    assert lab.held_by(root) == undisturbed_ingest


@pytest.mark.slow
def test_a_killed_worker_costs_nothing(lab, tmp_path, ingests, source, undisturbed_ingest):
    """An ingest whose workers are killed one after the other goes through, and leaves what it should."""
    root, chance = tmp_path / "lake", random.Random(1)
    pid = ingests.start(source, root)
    for enough in (2, 5, 8):
        while lab.commits(root) < enough and lab.is_alive(pid):
            time.sleep(0.01)
        workers = lab.workers_of(pid)
        if workers:
            with contextlib.suppress(ProcessLookupError):  # it had done its part and ended just now
                os.kill(chance.choice(workers), signal.SIGKILL)

    assert ingests.wait(pid) == 0, lab.log_of(root)
    assert lab.held_by(root) == undisturbed_ingest
