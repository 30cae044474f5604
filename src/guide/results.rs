#![doc = include_str!("results.md")]
