"""The straightforward simulator as an expert writes it with numpy: a row of 4,096 iterations per task.

    python3 benches/straightforward.py m.toml [seconds]

reads a scenario that the example `workload` has written (PERT durations and triangular costs in whole numbers,
finish-to-start links, risks with a delay and a cost), simulates for so many seconds (default 3) on one thread
and prints the microseconds of one iteration of its fastest batch, the mean finish in working minutes and the
mean cost. Statistics: finish and cost of every iteration, criticality and mean duration of every task, how
often each risk occurred.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
import time
import tomllib

import numpy as np

BATCH = 4096


def numbers(values):
    return [float(str(value).rstrip("m")) for value in values]


class Simulator:
    def __init__(self, scenario):
        tasks = scenario["tasks"]
        number = {task["id"]: at for at, task in enumerate(tasks)}
        self.perts = []
        for task in tasks:
            low, mode, high = numbers(task["duration"]["pert"])
            width = high - low
            alpha, beta = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
            self.perts.append((low, width, alpha, beta))
        self.costs = [numbers(task["cost"]["lump"]["triangular"]) for task in tasks if "cost" in task]
        # Tasks are written in an order in which every task follows its predecessors.
        self.before = [[number[name] for name in task.get("after", [])] for task in tasks]
        self.risks = []
        for risk in scenario.get("risks", []):
            impact = risk["impact"][0]
            on = [number[name] for name in impact["on"]]
            delay, cost = numbers(impact["delay"]["triangular"]), numbers(impact["cost"]["triangular"])
            self.risks.append((risk["probability"], on, delay, cost))
        n = len(tasks)
        self.d, self.early, self.late = (np.empty((n, BATCH)) for _ in range(3))
        self.scratch = np.empty(BATCH)
        self.critical, self.minutes = np.zeros(n, dtype=np.int64), np.zeros(n)
        self.occurred = np.zeros(len(self.risks), dtype=np.int64)
        self.finish, self.cost = [], []

    def batch(self, rng):
        d, early, late, scratch = self.d, self.early, self.late, self.scratch
        for row, (low, width, alpha, beta) in zip(d, self.perts):
            np.multiply(rng.beta(alpha, beta, BATCH), width, out=row)
            row += low
        cost = np.zeros(BATCH)
        for low, mode, high in self.costs:
            cost += rng.triangular(low, mode, high, BATCH)
        for at, (probability, on, delay, price) in enumerate(self.risks):
            # Only the iterations in which it occurs draw an impact.
            hit = np.flatnonzero(rng.random(BATCH) < probability)
            self.occurred[at] += len(hit)
            minutes = rng.triangular(*delay, len(hit))
            for task in on:
                d[task, hit] += minutes
            cost[hit] += rng.triangular(*price, len(hit))
        finish = np.zeros(BATCH)
        for task, before in enumerate(self.before):
            row = early[task]
            if not before:
                row[:] = d[task]
            else:
                start = early[before[0]]
                for other in before[1:]:
                    start = np.maximum(start, early[other], out=scratch)
                np.add(start, d[task], out=row)
            np.maximum(finish, row, out=finish)
        late[:] = finish
        for task in range(len(self.before) - 1, -1, -1):
            before = self.before[task]
            if before:
                np.subtract(late[task], d[task], out=scratch)
                for other in before:
                    np.minimum(late[other], scratch, out=late[other])
        # Sums in another order differ in the last bits.
        np.subtract(late, early, out=early)
        self.critical += np.count_nonzero(early < 1e-6, axis=1)
        self.minutes += d.sum(axis=1)
        self.finish.append(finish)
        self.cost.append(cost)


def main():
    with open(sys.argv[1], "rb") as file:
        simulator = Simulator(tomllib.load(file))
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3.0
    rng = np.random.Generator(np.random.SFC64(1))
    end, best = time.perf_counter() + seconds, float("inf")
    while time.perf_counter() < end:
        begin = time.perf_counter()
        simulator.batch(rng)
        best = min(best, time.perf_counter() - begin)
    finish, cost = np.concatenate(simulator.finish), np.concatenate(simulator.cost)
    np.percentile(finish, [10, 50, 80, 90])
    print(f"{best / BATCH * 1e6:.3f} {finish.mean():.1f} {cost.mean():.1f}")


if __name__ == "__main__":
    main()
