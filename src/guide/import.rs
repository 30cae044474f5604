#![doc = include_str!("import.md")]
