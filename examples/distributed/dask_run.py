#!/usr/bin/env python3
"""Runs a p80 program in shards on a Dask cluster and merges them.

    pip install dask distributed
    python dask_run.py program.toml -n 100_000_000 --into 64 --out results

The result is that of `p80 run program.toml -n 100_000_000 --out results` on one machine, byte for byte. Workers need
the `p80` binary and nothing else: the scenario travels with each task and the shard comes back as bytes, so that no
folder has to be shared. A worker that dies loses the shard that it was at; Dask gives it to another.

Without --scheduler the cluster is one of this machine. For another one change `cluster` below: SLURMCluster of
dask_jobqueue, KubeCluster of dask_kubernetes, FargateCluster of dask_cloudprovider have the same interface.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from dask.distributed import Client, LocalCluster, as_completed


def cluster(workers):
    """Where the work is done: one process per worker, one shard at a time in each."""
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)


def plan(p80, scenario, iterations, into, seed):
    """The division of the run, and every file that it is read from."""
    words = [p80, "shards", str(scenario), "-n", str(iterations), "--into", str(into), "--seed", str(seed)]
    division = json.loads(subprocess.check_output(words))
    names = [one["name"] for one in division["manifest"]["inputs"]]
    inputs = {name: (scenario.parent / name).read_bytes() for name in names}
    return division, inputs


def simulate(p80, shard, scenario, inputs, threads):
    """One shard, on whichever worker: the bytes of its file."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, content in inputs.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        words = list(shard["command"])
        words[0] = p80
        words[words.index("run") + 1] = scenario
        words[words.index("--out") + 1] = "part.shard"
        done = subprocess.run(words + ["--threads", str(threads)], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"shard {shard['shard']}: {done.stderr.strip()}")
        return (folder / "part.shard").read_bytes()


def run(client, args, after_each=lambda done: None):
    """Simulates all shards and merges them; `after_each` is told how many are done."""
    division, inputs = plan(args.p80, args.scenario, args.iterations, args.into, args.seed)
    inputs = client.scatter(inputs, broadcast=True)
    name = args.scenario.name
    futures = {}
    for shard in division["shards"]:
        future = client.submit(simulate, args.p80, shard, name, inputs, args.threads, pure=False, retries=2)
        futures[future] = shard["file"]
    with tempfile.TemporaryDirectory() as folder:
        parts = pathlib.Path(folder)
        for done, future in enumerate(as_completed(list(futures)), start=1):
            (parts / pathlib.PurePath(futures[future]).name).write_bytes(future.result())
            future.release()
            print(f"{done} of {len(futures)} shards", file=sys.stderr)
            after_each(done)
        merge = [args.p80, "merge", str(parts), "--out", str(args.out)]
        subprocess.run(merge + args.merge, check=True)


def arguments(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", type=pathlib.Path, help="scenario file or portfolio")
    parser.add_argument("-n", dest="iterations", type=int, default=10_000_000, help="iterations of the whole run")
    parser.add_argument("--into", type=int, default=16, help="how many shards: some more than workers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="results folder")
    parser.add_argument("--p80", default="p80", help="the binary, as workers find it")
    parser.add_argument("--threads", type=int, default=1, help="threads of each shard")
    parser.add_argument("--workers", type=int, default=2, help="workers of a cluster of this machine")
    parser.add_argument("--scheduler", help="address of a running scheduler, such as tcp://10.0.0.5:8786")
    parser.add_argument("--merge", nargs=argparse.REMAINDER, default=[], help="options of `p80 merge`, at the end")
    return parser.parse_args(words)


def main():
    args = arguments()
    with Client(args.scheduler or cluster(args.workers)) as client:
        run(client, args)


if __name__ == "__main__":
    main()
