//! The block kernel is the plain engine, bit for bit.

#[path = "support/rich_program.rs"]
mod rich_program;

use p80::draws::{Sampler, Seed};
use p80::engine::{Block, Kernel, Simulation};
use p80::lanes::InstructionSet;
use proptest::prelude::*;
use rich_program::{Rare, program};

/// Compares every field, so that a difference is named.
fn compare(kernel: &Block, plain: &Block) -> Result<(), TestCaseError> {
    prop_assert_eq!(kernel.index, plain.index);
    prop_assert_eq!(&kernel.risk_occurred, &plain.risk_occurred, "risk_occurred");
    prop_assert_eq!(&kernel.risk_minutes, &plain.risk_minutes, "risk_minutes");
    rows("task_minutes", &kernel.task_minutes, &plain.task_minutes)?;
    rows("task_start", &kernel.task_start, &plain.task_start)?;
    rows("task_finish", &kernel.task_finish, &plain.task_finish)?;
    rows("task_wait", &kernel.task_wait, &plain.task_wait)?;
    rows("task_critical", &kernel.task_critical, &plain.task_critical)?;
    rows("task_driving", &kernel.task_driving, &plain.task_driving)?;
    rows("project_finish", &kernel.project_finish, &plain.project_finish)?;
    rows("project_drives", &kernel.project_drives, &plain.project_drives)?;
    rows("task_cost", &kernel.task_cost, &plain.task_cost)?;
    rows("risk_cost", &kernel.risk_cost, &plain.risk_cost)?;
    rows("project_cost", &kernel.project_cost, &plain.project_cost)?;
    prop_assert_eq!(&kernel.finish, &plain.finish, "finish");
    prop_assert_eq!(&kernel.cost, &plain.cost, "cost");
    prop_assert_eq!(kernel.durations_clamped, plain.durations_clamped, "durations_clamped");
    prop_assert_eq!(kernel, plain);
    Ok(())
}

fn rows<T: PartialEq + std::fmt::Debug>(
    name: &str,
    kernel: &ndarray::Array2<T>,
    plain: &ndarray::Array2<T>,
) -> Result<(), TestCaseError> {
    for ((at, kernel), plain) in kernel.indexed_iter().zip(plain) {
        prop_assert!(kernel == plain, "{name} at {at:?}: kernel {kernel:?}, plain {plain:?}");
    }
    Ok(())
}

/// Two blocks by the plain engine and, one after the other in the same memory, by every kernel.
fn check(seed: u64, tasks: usize, rare: Rare) -> Result<bool, TestCaseError> {
    let program = program(seed, tasks, rare);
    let sampler = if seed.is_multiple_of(2) { Sampler::Stratified } else { Sampler::Random };
    let Ok(mut simulation) = Simulation::compile(&program, Seed(seed), sampler) else { return Ok(false) };
    let blocks = [0, seed % 9_999];
    let mut scratch = simulation.scratch();
    let mut plain = [Block::new(&program), Block::new(&program)];
    for (index, plain) in blocks.into_iter().zip(&mut plain) {
        simulation.block(index, &mut scratch, plain);
    }
    let mut fast = true;
    for &set in InstructionSet::available() {
        simulation = simulation.with_instruction_set(set);
        let mut kernel = Kernel::new(&simulation);
        fast &= kernel.is_fast();
        let mut block = Block::new(&program);
        for (index, plain) in blocks.into_iter().zip(&plain) {
            kernel.block(index, &mut block);
            compare(&block, plain)?;
        }
    }
    Ok(fast)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_kernel_is_the_plain_engine_on_random_programs(seed in any::<u64>(), tasks in 1_usize..60) {
        check(seed, tasks, Rare::None)?;
    }

    #[test]
    fn the_kernel_is_the_plain_engine_on_small_programs(seed in any::<u64>(), tasks in 1_usize..8) {
        check(seed, tasks, Rare::None)?;
    }

    #[test]
    fn what_the_kernel_leaves_to_the_plain_engine_is_the_same(seed in any::<u64>(), tasks in 1_usize..12) {
        for rare in [Rare::Late, Rare::Trains, Rare::Spans] {
            check(seed, tasks, rare)?;
        }
    }
}

#[test]
fn the_kernel_is_the_plain_engine_on_large_programs() {
    let fast = (0..4).filter(|&seed| check(seed, 300, Rare::None).unwrap()).count();
    assert_eq!(fast, 4, "the kernel has to be what is compared");
}
