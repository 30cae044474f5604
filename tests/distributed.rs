//! The examples for many machines, on what of them can be had here: a Dask cluster with a worker that is killed, a Slurm
//! cluster with a node that is drained, and the manifests of Kubernetes against their schema.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const P80: &str = env!("CARGO_BIN_EXE_p80");

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/distributed").join(name)
}

fn scenario() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/minimal.toml")
}

#[track_caller]
fn done(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{command:?}: {}{}", text(&output.stdout), text(&output.stderr));
    output
}

/// A Python that has these modules; says so and is none where there is none. `P80_PYTHON` names another than `python3`.
fn python_with(modules: &[&str]) -> Option<String> {
    let python = std::env::var("P80_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let imports: String = modules.iter().map(|module| format!("import {module}\n")).collect();
    let found = Command::new(&python).args(["-c", &imports]).output();
    if found.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    println!(
        "SKIPPED: {python} has not {}: pip install them, or name another in P80_PYTHON",
        modules.join(" and ")
    );
    None
}

/// Every file of a results folder with its bytes, but the log of how long it took.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder_here) = open.pop() {
        for entry in fs::read_dir(folder_here).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                open.push(path);
            } else if name != "run.log" {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    assert!(found.contains_key("manifest.json"));
    found
}

/// The results of the single run.
fn single(place: &TempDir, iterations: &str) -> BTreeMap<String, Vec<u8>> {
    let out = place.path().join("single");
    done(
        Command::new(P80)
            .arg("run")
            .arg(scenario())
            .args(["-n", iterations, "--no-charts", "--out"])
            .arg(&out),
    );
    files(&out)
}

fn merged(place: &TempDir, parts: &Path) -> BTreeMap<String, Vec<u8>> {
    let out = place.path().join("merged");
    done(Command::new(P80).arg("merge").arg(parts).args(["--no-charts", "--out"]).arg(&out));
    files(&out)
}

#[test]
fn a_dask_cluster_with_a_killed_worker_comes_to_the_single_run() {
    let Some(python) = python_with(&["dask", "distributed"]) else { return };
    let place = TempDir::new().unwrap();
    let (out, iterations) = (place.path().join("merged"), "40960");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/distributed/kill_one_worker.py");
    let mut driver = Command::new(python);
    driver.arg(script).arg(example("")).arg(scenario()).args(["-n", iterations, "--into", "8", "--p80", P80]);
    let output = done(driver.arg("--out").arg(&out).args(["--merge", "--no-charts"]));
    assert!(String::from_utf8_lossy(&output.stdout).contains("killed worker process"));
    assert!(files(&out) == single(&place, iterations), "the merged results are not those of the single run");
}

/// A Slurm cluster of this machine, which ends with the test.
struct Slurm {
    place: TempDir,
}

impl Slurm {
    /// Starts it; none where Slurm or munge is not here, or where nobody may start it.
    fn start() -> Option<Self> {
        let has = |program: &str| Command::new(program).arg("-V").output().is_ok();
        let missing: Vec<&str> =
            ["slurmctld", "slurmd", "munged", "sbatch"].into_iter().filter(|program| !has(program)).collect();
        if !missing.is_empty() {
            println!("SKIPPED: no {} is here: apt-get install slurm-wlm munge", missing.join(", "));
            return None;
        }
        let user = Command::new("id").arg("-u").output().ok()?;
        if user.stdout.trim_ascii() != b"0" {
            println!("SKIPPED: only root may start a Slurm cluster");
            return None;
        }
        let slurm = Self { place: TempDir::new().unwrap() };
        let port = 20_000 + std::process::id() % 20_000;
        let mut start = Command::new(example("slurm-localhost.sh"));
        done(start.arg("start").arg(slurm.folder()).arg("2").env("SLURM_LOCALHOST_PORT", port.to_string()));
        Some(slurm)
    }

    fn folder(&self) -> PathBuf {
        self.place.path().join("cluster")
    }

    fn ask(&self, words: &[&str]) -> String {
        let mut command = Command::new(words[0]);
        let output = done(command.args(&words[1..]).env("SLURM_CONF", self.folder().join("slurm.conf")));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Slurm {
    fn drop(&mut self) {
        let _ = Command::new(example("slurm-localhost.sh")).arg("stop").arg(self.folder()).status();
    }
}

#[track_caller]
fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(240), "{what} did not come");
        sleep(Duration::from_millis(200));
    }
}

#[test]
fn a_slurm_array_with_a_drained_node_comes_to_the_single_run() {
    let Some(slurm) = Slurm::start() else { return };
    let (parts, iterations) = (slurm.place.path().join("parts"), "102400");
    fs::create_dir(&parts).unwrap();
    let variables = format!(
        "--export=ALL,P80={P80},SCENARIO={},ITERATIONS={iterations},PARTS={}",
        scenario().display(),
        parts.display()
    );
    let (script, logs) = (example("slurm.sh"), slurm.place.path().join("%a.log"));
    let output = format!("--output={}", logs.display());
    let words = ["sbatch", "--parsable", "--array=1-10", &output, &variables, script.to_str().unwrap()];
    let job = slurm.ask(&words);
    let count = || fs::read_dir(&parts).unwrap().filter(|entry| is_shard(entry.as_ref().unwrap())).count();
    wait_until("the first shard", || count() > 0);
    slurm.ask(&["scontrol", "update", "nodename=node1", "state=drain", "reason=maintenance"]);
    wait_until("the end of the array", || slurm.ask(&["squeue", "-h"]).is_empty());
    assert_eq!(count(), 10);
    // What was left when the node was drained went to the other one.
    let tasks = slurm.ask(&["scontrol", "show", "job", &job]);
    let on = |node: &str| tasks.matches(&format!(" NodeList={node}\n")).count();
    assert_eq!(on("node1") + on("node2"), 10, "{tasks}");
    assert!(on("node2") > on("node1") && on("node1") > 0, "{tasks}");
    assert!(slurm.ask(&["sinfo", "-h", "-n", "node1", "-o", "%T"]).starts_with("drained"));
    assert!(merged(&slurm.place, &parts) == single(&slurm.place, iterations));
}

fn is_shard(entry: &fs::DirEntry) -> bool {
    entry.path().extension().is_some_and(|extension| extension == "shard")
}

#[test]
fn the_manifests_of_kubernetes_pass_their_schema() {
    let Some(python) = python_with(&["kubernetes_validate", "yaml"]) else { return };
    let check = "import sys, yaml, kubernetes_validate as check\n\
                 for path in sys.argv[1:]:\n    \
                 for one in yaml.safe_load_all(open(path)):\n        \
                 check.validate(one, check.latest_version(), strict=True)\n";
    let run = |manifest: &Path| Command::new(&python).args(["-c", check]).arg(manifest).output().unwrap();
    let place = TempDir::new().unwrap();
    for name in ["kubernetes.yaml", "kubernetes-merge.yaml"] {
        let output = run(&example(name));
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        // And what is wrong does not pass.
        let wrong = fs::read_to_string(example(name)).unwrap().replace("backoffLimit", "backofLimit");
        let path = place.path().join(name);
        fs::write(&path, wrong).unwrap();
        assert!(!run(&path).status.success(), "{name} passes whatever it says");
    }
}

#[test]
fn the_pods_of_the_indexed_job_come_to_the_single_run() {
    // The words that the manifest gives to each pod, with the scenario and the folder of this test.
    let manifest = fs::read_to_string(example("kubernetes.yaml")).unwrap();
    let args = manifest.lines().find_map(|line| line.trim().strip_prefix("args: [")).unwrap();
    let words: Vec<&str> =
        args.trim_end_matches(']').split(", ").map(|word| word.trim_matches('"')).collect();
    let completions = manifest.lines().find_map(|line| line.trim().strip_prefix("completions: ")).unwrap();
    assert!(words.contains(&format!("auto/{completions}").as_str()), "{words:?}");
    let place = TempDir::new().unwrap();
    let parts = place.path().join("parts");
    fs::create_dir(&parts).unwrap();
    let iterations = "20480";
    for index in 0..completions.parse::<u32>().unwrap() {
        let mut pod = Command::new(P80);
        for word in &words {
            match *word {
                "/run/program.toml" => pod.arg(scenario()),
                "/run/parts/" => pod.arg(format!("{}/", parts.display())),
                "100000000" => pod.arg(iterations),
                word => pod.arg(word),
            };
        }
        done(pod.env("JOB_COMPLETION_INDEX", index.to_string()));
    }
    assert!(merged(&place, &parts) == single(&place, iterations));
}
