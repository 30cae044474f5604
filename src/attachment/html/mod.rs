//! One page that needs nothing else: no network, no font, no script to be read.

mod page;

pub(super) use page::page;
