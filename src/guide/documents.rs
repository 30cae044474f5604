#![doc = include_str!("documents.md")]
