#!/bin/sh
# One run in shards as a Slurm array job, and its merge as a job that waits for it.
#
#   sbatch --export=ALL,SCENARIO=$PWD/program.toml,ITERATIONS=100000000,PARTS=$PWD/parts slurm.sh
#   sbatch --dependency=afterok:JOBID --wrap "p80 merge $PWD/parts --out $PWD/results"
#
# SCENARIO and PARTS lie on a file system that all nodes see. A task that is started again, because its node was drained
# or died, finds its shard done or does it anew: the file of a shard is there whole or not at all.
#SBATCH --job-name=p80
#SBATCH --array=1-16
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --output=p80-%A-%a.log
set -eu
exec "${P80:-p80}" run "$SCENARIO" -n "${ITERATIONS:-10000000}" --shard auto/"$SLURM_ARRAY_TASK_COUNT" \
  --threads "${SLURM_CPUS_PER_TASK:-1}" --out "$PARTS/"
