"""The way into long work: threads, Ctrl-C, fork, the GIL, progress."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest

import onrecord

SAMPLE = onrecord.sample()["text"].tolist()
MANY = SAMPLE * 20


def ipc(table: onrecord.Table) -> bytes:
    sink = pa.BufferOutputStream()
    arrow = pa.table(table)
    with pa.ipc.new_stream(sink, arrow.schema) as writer:
        writer.write_table(arrow)
    return sink.getvalue().to_pybytes()


def test_the_same_bytes_for_any_number_of_threads() -> None:
    one = onrecord.extract(MANY, threads=1)
    for threads in (2, 4):
        out = onrecord.extract(MANY, threads=threads)
        for name in ("documents", "sentences", "entities", "quotes"):
            assert ipc(getattr(out, name)) == ipc(getattr(one, name))


def test_the_same_rows_for_any_batches() -> None:
    whole = onrecord.extract(MANY[:147]).quotes.to_pylist()
    parts = [MANY[n : n + 7] for n in range(0, 147, 7)]
    assert [row for out in onrecord.stream(parts) for row in out.quotes.to_pylist()] == whole


def test_ctrl_c_stops_a_long_call_and_the_next_one_works() -> None:
    program = textwrap.dedent("""
        import os, signal, threading, time
        import onrecord
        texts = onrecord.sample()["text"].tolist() * 3000
        timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        start = time.monotonic()
        try:
            onrecord.extract(texts)
        except KeyboardInterrupt:
            print("stopped", len(onrecord.quotes(texts[:60])) > 0)
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=100, check=False)
    assert (done.stdout.strip(), done.returncode) == ("stopped True", 0), done.stderr


def child(queue: multiprocessing.Queue[object]) -> None:
    queue.put(onrecord.quotes(MANY, threads=2).to_pylist())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_reads_on() -> None:
    here = onrecord.quotes(MANY, threads=2).to_pylist()
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    process = context.Process(target=child, args=(queue,))
    process.start()
    assert queue.get(timeout=30) == here
    process.join(timeout=10)
    assert process.exitcode == 0


def test_other_threads_run_meanwhile() -> None:
    ticks, done = [], threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    time.sleep(0.05)
    start = time.monotonic()
    onrecord.extract(MANY * 5)
    end = time.monotonic()
    done.set()
    thread.join()
    during = [t for t in ticks if start < t < end]
    assert len(during) > 5, f"the other thread ran {len(during)} times in {end - start:.2f} s"


def test_parallel_callers_agree() -> None:
    want = onrecord.quotes(MANY).to_pylist()
    got: list[bool] = []
    threads = [threading.Thread(target=lambda: got.append(onrecord.quotes(MANY).to_pylist() == want)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [True] * 4


def test_progress_shows_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    onrecord.extract(MANY, progress=True)
    assert f"{len(MANY) / 1000:.2f}k" in capsys.readouterr().err
    onrecord.extract(MANY, progress=False)
    onrecord.extract(MANY)
    assert capsys.readouterr().err == ""


def test_a_bar_that_fails_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, stories: int, size: int) -> None:
        raise RuntimeError("no bar today")

    monkeypatch.setattr("onrecord.progress.Bar._report", fail)
    with pytest.raises(RuntimeError, match="no bar today"):
        onrecord.extract(MANY)


def test_the_number_of_threads_can_be_set_from_outside() -> None:
    program = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        import onrecord

        def ours():
            # A thread may end while it is looked at; one just started may not have its name yet.
            names = []
            for task in Path("/proc/self/task").iterdir():
                try:
                    names.append((task / "comm").read_text())
                except OSError:
                    pass
            return sum("onrecord" in name for name in names)

        onrecord.extract(onrecord.sample()["text"].tolist() * 50)
        until = time.monotonic() + 10
        while ours() != int(sys.argv[1]) and time.monotonic() < until:
            time.sleep(0.05)
        print(ours())
    """)
    if not Path("/proc/self/task").is_dir():
        pytest.skip("no /proc here")
    for threads in ("1", "3"):
        env = os.environ | {"ONRECORD_NUM_THREADS": threads}
        done = subprocess.run(
            [sys.executable, "-c", program, threads], env=env, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == threads
