//! Calendars to the minute against a minute-by-minute oracle.

#[path = "calendars/oracle.rs"]
mod oracle;
#[path = "calendars/random.rs"]
mod random;
