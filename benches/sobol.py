"""How much a Sobol sampler would be worth: variances of four results at equal iterations.

    cargo run --release --example workload -- M > m.toml
    python3 benches/sobol.py m.toml [iterations] [replicates]

reads a scenario that the example `workload` has written, simulates it in working time with independent draws,
with Latin hypercubes in blocks of 512 and with scrambled Sobol points, and prints for each how many times
smaller the variance over the replicates (default 60, of 16,384 iterations) is than that of independent draws:
P80 and mean of the finish, P80 and mean of the cost. Needs numpy and scipy.
"""

import sys
import tomllib

import numpy as np
from scipy.stats import beta, qmc

BLOCK = 512
SEED = 5


def numbers(values):
    return [float(str(value).rstrip("m")) for value in values]


def pert(values):
    """The quantile function of BetaPERT, from a table."""
    low, mode, high = numbers(values)
    width, grid = high - low, np.linspace(0.0, 1.0, 4097)
    alpha, other = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    table = low + width * beta.ppf(grid, alpha, other)
    return lambda u: np.interp(u, grid, table)


def triangular(values):
    low, mode, high = numbers(values)
    share = (mode - low) / (high - low)
    rise, fall = (high - low) * (mode - low), (high - low) * (high - mode)
    return lambda u: np.where(u < share, low + np.sqrt(u * rise), high - np.sqrt((1 - u) * fall))


class Simulator:
    def __init__(self, scenario):
        tasks, risks = scenario["tasks"], scenario["risks"]
        number = {task["id"]: at for at, task in enumerate(tasks)}
        self.durations = [pert(task["duration"]["pert"]) for task in tasks]
        self.costs = [triangular(task["cost"]["lump"]["triangular"]) for task in tasks]
        self.before = [[number[name] for name in task.get("after", [])] for task in tasks]
        self.risks = []
        for risk in risks:
            impact = risk["impact"][0]
            on = [number[name] for name in impact["on"]]
            laws = [triangular(impact[key]["triangular"]) for key in ("delay", "cost")]
            self.risks.append((risk["probability"], on, *laws))
        self.dimensions = 2 * len(tasks) + 3 * len(risks)

    def results(self, u):
        """P80 and mean of finish and cost; a row of u is an iteration, a column a quantity."""
        column = iter(u.T)
        durations = [law(next(column)) for law in self.durations]
        cost = sum(law(next(column)) for law in self.costs)
        for probability, on, delay, amount in self.risks:
            occurs = next(column) < probability
            days = np.where(occurs, delay(next(column)), 0.0)
            for at in on:
                durations[at] = durations[at] + days
            cost = cost + np.where(occurs, amount(next(column)), 0.0)
        finish = []
        for duration, before in zip(durations, self.before):
            start = 0.0
            for at in before:
                start = np.maximum(start, finish[at])
            finish.append(start + duration)
        ends = (np.max(finish, axis=0), cost)
        return [of(end) for end in ends for of in (lambda x: np.percentile(x, 80, method="inverted_cdf"), np.mean)]


def hypercubes(rng, n, dimensions):
    blocks = [np.argsort(rng.random((BLOCK, dimensions)), axis=0) for _ in range(n // BLOCK)]
    return (np.concatenate(blocks) + rng.random((n, dimensions))) / BLOCK


def main():
    with open(sys.argv[1], "rb") as file:
        simulator = Simulator(tomllib.load(file))
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 16_384
    replicates = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    rng = np.random.default_rng(SEED)
    samplers = {
        "independent": lambda: rng.random((n, simulator.dimensions)),
        "blocks of 512": lambda: hypercubes(rng, n, simulator.dimensions),
        "Sobol": lambda: qmc.Sobol(simulator.dimensions, scramble=True, rng=rng).random(n),
    }
    print(f"{n} iterations, {replicates} replicates, variance of independent draws over that of each")
    print(f"{'points':15}{'P80 finish':>12}{'mean finish':>13}{'P80 cost':>10}{'mean cost':>11}")
    independent = None
    for name, sampler in samplers.items():
        rows = [simulator.results(sampler()) for _ in range(replicates)]
        variance = np.var(rows, axis=0, ddof=1)
        independent = variance if independent is None else independent
        gains = independent / variance
        print(f"{name:15}{gains[0]:12.1f}{gains[1]:13.1f}{gains[2]:10.1f}{gains[3]:11.1f}", flush=True)


main()
