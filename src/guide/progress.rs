#![doc = include_str!("progress.md")]
