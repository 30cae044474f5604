#![doc = include_str!("agile.md")]
