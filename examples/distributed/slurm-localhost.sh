#!/bin/sh
# A Slurm cluster of several nodes on this machine, to try `slurm.sh` on: slurmctld, and one slurmd per node.
# Debian: apt-get install slurm-wlm munge. To be run as root, on a machine on which no other Slurm runs.
#
#   slurm-localhost.sh start FOLDER [NODES]    then: export SLURM_CONF=FOLDER/slurm.conf
#   slurm-localhost.sh stop FOLDER
set -eu
action=$1 folder=$(mkdir -p "$2" && cd "$2" && pwd) nodes=${3:-2}
here=$(hostname -s)
port=${SLURM_LOCALHOST_PORT:-17000}

start() {
  mkdir -p "$folder/state" "$folder/log" "$folder/munge"
  # Every message of the cluster is signed by munge, with a key and a socket of its own.
  chmod 0755 "$folder" && chmod 0700 "$folder/munge"
  dd if=/dev/urandom of="$folder/munge/key" bs=128 count=1 2>/dev/null
  chmod 0400 "$folder/munge/key"
  munged --force --key-file="$folder/munge/key" --socket="$folder/munged.socket" \
    --pid-file="$folder/munged.pid" --log-file="$folder/log/munged.log" --seed-file="$folder/munge/seed"
  {
    cat <<CONF
ClusterName=localhost
SlurmctldHost=$here(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munged.socket
CredType=cred/munge
SlurmctldPort=$port
StateSaveLocation=$folder/state
SlurmctldPidFile=$folder/slurmctld.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmdLogFile=$folder/log/slurmd-%n.log
SlurmdSpoolDir=$folder/spool-%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=1,sched_interval=2
SelectType=select/linear
ReturnToService=2
SlurmdTimeout=30
KillWait=2
MessageTimeout=20
# Whatever this machine has, each node says one processor.
SlurmdParameters=config_overrides
CONF
    for number in $(seq "$nodes"); do
      echo "NodeName=node$number NodeHostname=$here NodeAddr=127.0.0.1 Port=$((port + number)) CPUs=1 State=UNKNOWN"
    done
    echo "PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP"
  } >"$folder/slurm.conf"
  export SLURM_CONF="$folder/slurm.conf"
  slurmctld -c
  for number in $(seq "$nodes"); do
    mkdir -p "$folder/spool-node$number"
    slurmd -N "node$number"
  done
  for _ in $(seq 60); do
    [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = "$nodes" ] && echo "$folder/slurm.conf" && return
    sleep 1
  done
  sinfo >&2 || true
  tail -n 20 "$folder"/log/*.log >&2
  return 1
}

stop() {
  for pid in "$folder"/slurmd-*.pid "$folder/slurmctld.pid" "$folder/munged.pid"; do
    [ -f "$pid" ] && kill "$(cat "$pid")" 2>/dev/null || true
  done
}

case $action in
start) start ;;
stop) stop ;;
*) echo "slurm-localhost.sh start|stop FOLDER [NODES]" >&2 && exit 2 ;;
esac
