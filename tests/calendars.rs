//! Calendars to the minute: hand-computed cases, a minute-by-minute oracle on random calendars, and texts.

#[path = "calendars/hand.rs"]
mod hand;
#[path = "calendars/oracle.rs"]
mod oracle;
#[path = "calendars/random.rs"]
mod random;
#[path = "calendars/texts.rs"]
mod texts;
