//! The engine as WebAssembly under node gives the same bits as here.

#[path = "support/golden.rs"]
mod golden;

use std::path::{Path, PathBuf};
use std::process::Command;

use p80::draws::Sampler;

const TARGET: &str = "wasm32-unknown-unknown";

/// Instantiates the module without any import and prints the fingerprint of each sampler.
const SCRIPT: &str = "
const fs = require('fs');
const module_ = new WebAssembly.Module(fs.readFileSync(process.argv[1]));
const engine = (new WebAssembly.Instance(module_, {})).exports;
for (const sampler of [0, 1]) {
    const bits = BigInt.asUintN(64, engine.fingerprint(sampler, Number(process.argv[2])));
    console.log(bits.toString(16).padStart(16, '0'));
}
";

/// Why it cannot be tried here, if it cannot.
fn missing() -> Option<String> {
    let libraries = Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    let installed =
        libraries.is_ok_and(|found| Path::new(String::from_utf8_lossy(&found.stdout).trim()).is_dir());
    if !installed {
        return Some(format!("the target {TARGET} is not installed: `rustup target add {TARGET}`"));
    }
    let node = Command::new("node").arg("--version").output();
    (!node.is_ok_and(|node| node.status.success())).then(|| "node is not installed".to_owned())
}

/// Builds the example and tells where it is.
fn build() -> Result<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let built = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["build", "--example", "wasm", "--no-default-features", "--locked", "--target", TARGET])
        .arg("--target-dir")
        .arg(&target)
        .output()
        .map_err(|error| error.to_string())?;
    if !built.status.success() {
        return Err(String::from_utf8_lossy(&built.stderr).into_owned());
    }
    Ok(target.join(TARGET).join("debug/examples/wasm.wasm"))
}

// Seen to fail with one block less.
#[test]
fn the_engine_in_web_assembly_gives_the_golden_bits_without_any_import() {
    if let Some(why) = missing() {
        println!("SKIPPED: {why}");
        return;
    }
    let module = build().unwrap();
    let run = Command::new("node")
        .args(["-e", SCRIPT])
        .arg(&module)
        .arg(golden::BLOCKS.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let samplers: Vec<(Sampler, &str)> =
        [Sampler::Stratified, Sampler::Random].into_iter().zip(said.lines()).collect();
    assert_eq!(samplers, golden::WORKLOAD_M);
}
