#![doc = include_str!("start.md")]
