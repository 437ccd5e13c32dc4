"""Runs programs in turn and keeps what they took. Part of tests/bench/run."""
import os
import statistics
import subprocess
import sys
import threading
import time

ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC", NODE_NO_WARNINGS="1")


class Failed(Exception):
    """A program that did not do its work; says which and what it wrote."""


def run(command, cpu=False, out=os.devnull):
    """Seconds from start to end of one program; or, with `cpu`, of processor time, which no other program can lengthen.
    Its standard output goes to `out`. What it writes was not there before: giving up an old file takes time too."""
    written = [out, *(after for before, after in zip(command, command[1:]) if before == "-o")]
    for path in filter(os.path.isfile, written):
        os.remove(path)
    with open(out, "wb") as stdout:
        start = time.perf_counter()
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
            said = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = usage.ru_utime + usage.ru_stime if cpu else time.perf_counter() - start
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}\n  ended with {process.returncode}: {said.decode(errors='replace')[-400:]}")
    return seconds


def peak_memory(command):
    """(seconds, peak resident KiB) of one program, read from /proc while it runs.

    The kernel's own figure for an ended child holds that of the process it was forked from, so it is of no use here.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
        said = []
        reader = threading.Thread(target=lambda: said.append(process.stderr.read()))
        reader.start()
        peak = 0
        while process.poll() is None:
            try:
                with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                    for line in status:
                        if line.startswith("VmHWM:"):
                            peak = max(peak, int(line.split()[1]))
            except OSError:
                pass
            time.sleep(0.005)
        reader.join()
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}\n  ended with {process.returncode}: {said[0].decode(errors='replace')[-400:]}")
    return time.perf_counter() - start, peak


class Job:
    """A program and the number of profiles one run of it does. `fresh` makes the command of each run anew; `out` is
    where its standard output goes."""

    def __init__(self, name, count, command=None, fresh=None, out=os.devnull):
        self.name, self.count, self.command, self.fresh, self.out = name, count, command, fresh, out
        self.seconds = []

    def once(self, cpu=False):
        return run(self.fresh() if self.fresh else self.command, cpu, self.out)

    @property
    def rates(self):
        return [self.count / s for s in self.seconds]


def interleave(jobs, rounds, say, cpu=False):
    """Runs every job once a round, after one round that does not count, so that a slow minute slows all of them."""
    for number in range(rounds + 1):
        for job in jobs:
            say(f"round {number}/{rounds}: {job.name}")
            seconds = job.once(cpu)
            if number > 0:
                job.seconds.append(seconds)


def ratio(a, b):
    """How many times as fast a is as b: the median over the rounds, and the least and the most."""
    ratios = [x / y for x, y in zip(a.rates, b.rates)]
    return statistics.median(ratios), min(ratios), max(ratios)


def speaker(quiet=False):
    """Says on the terminal what is being done, one line rewritten."""
    alive = sys.stderr.isatty() and not quiet

    def say(text):
        if alive:
            print(f"\r\x1b[K{text[:100]}", end="", file=sys.stderr, flush=True)
    return say


class Table:
    """Rows of a result against the goals: `must` is the least that counts as done, `aim` what is aimed at."""

    def __init__(self):
        self.rows = []
        self.missed = False

    def add(self, what, figure, must=None, aim=None, note="", most=False, unit=""):
        """`most`: the goals are upper ends."""
        def reached(goal):
            return goal is None or (figure <= goal if most else figure >= goal)
        sign = "<=" if most else ">="
        # The word is the highest goal there is that was reached; a row with an aim alone has no least to fall back on.
        if must is None and aim is None:
            word = "-"
        elif aim is not None and reached(aim):
            word = "aim"
        elif must is not None and reached(must):
            word = "must"
        else:
            word = "MISSED" if must is not None else "aim missed"
        self.missed |= word == "MISSED"
        goal = lambda g: "-" if g is None else f"{sign} {g:g}"
        self.rows.append([what, f"{figure:.2f}{unit}" if figure < 100 else f"{figure:.0f}{unit}", goal(must), goal(aim), word, note])

    def skip(self, what, why):
        self.rows.append([what, "-", "", "", "SKIPPED", why])

    def text(self):
        lines = ["| what | measured | must | aim | reached | range, notes |", "|---|---|---|---|---|---|"]
        return "\n".join(lines + [f"| {' | '.join(row)} |" for row in self.rows])


def rates_text(jobs):
    lines = ["| program | profiles/s | least - most |", "|---|---|---|"]
    for job in jobs:
        if job.seconds:
            lines.append(f"| {job.name} | {statistics.median(job.rates):,.0f} | {min(job.rates):,.0f} - {max(job.rates):,.0f} |")
    return "\n".join(lines)
