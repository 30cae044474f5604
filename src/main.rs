//! The `p80` command.

fn main() {}
