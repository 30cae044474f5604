#![doc = include_str!("portfolio.md")]
