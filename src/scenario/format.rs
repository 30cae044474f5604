#![doc = include_str!("../guide/scenario.md")]
