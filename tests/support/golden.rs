//! The bits that workload M has everywhere.

use p80::draws::Sampler;

/// Blocks of the golden run.
pub const BLOCKS: u64 = 17;

/// The fingerprint of workload M with seed 1, by sampler.
pub const WORKLOAD_M: [(Sampler, &str); 2] =
    [(Sampler::Stratified, "68bb4e268cfd2f76"), (Sampler::Random, "d11955b46e50fb94")];
