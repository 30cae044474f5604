"""Runs the Dask driver on a cluster of two workers and kills one of them half-way.

    python kill_one_worker.py FOLDER_OF_THE_DRIVER ARGUMENTS_OF_THE_DRIVER...
"""

import os
import signal
import sys

sys.path.insert(0, sys.argv[1])
import dask_run  # noqa: E402
from dask.distributed import Client  # noqa: E402


def main():
    args = dask_run.arguments(sys.argv[2:])
    with dask_run.cluster(2) as cluster, Client(cluster) as client:
        client.wait_for_workers(2)
        workers = client.run(os.getpid)
        victim = sorted(workers.values())[0]
        killed = []

        def kill(done):
            if done == args.into // 2 and not killed:
                # The worker is at a shard: that one has to be done again by somebody else.
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)

        dask_run.run(client, args, kill)
        assert killed, "nobody was killed"
        print(f"killed worker process {victim} of {sorted(workers.values())}")


if __name__ == "__main__":
    main()
