//! What every check needs to know.

use super::calendars::Calendars;
use super::scales::Scales;
use super::settings::Settings;
use super::template::Templates;
use crate::model::Exchange;
use crate::scenario::open::Desk;

/// The settings, the tables that references point into, and the desk on which problems are put.
pub struct Context<'a, 'f> {
    pub settings: &'a Settings,
    pub calendars: &'a mut Calendars,
    pub templates: &'a mut Templates,
    pub scales: &'a Scales,
    /// What other currencies cost.
    pub exchanges: Vec<Exchange>,
    pub desk: &'a mut Desk<'f>,
}
