//! How past programs turned out, as written.

use super::{Quantity, choice, raw_table};

choice! {
    /// A published table of uplifts.
    pub enum RawPublished {
        /// HM Treasury: standard buildings.
        StandardBuildings "hm-treasury.standard-buildings",
        /// HM Treasury: non-standard buildings.
        NonStandardBuildings "hm-treasury.non-standard-buildings",
        /// HM Treasury: standard civil engineering.
        StandardCivil "hm-treasury.standard-civil",
        /// HM Treasury: non-standard civil engineering.
        NonStandardCivil "hm-treasury.non-standard-civil",
        /// HM Treasury: equipment and development, IT among them.
        Equipment "hm-treasury.equipment",
        /// HM Treasury: outsourcing.
        Outsourcing "hm-treasury.outsourcing",
        /// Flyvbjerg and COWI for the UK Department for Transport: roads.
        Roads "dft-2004.roads",
        /// The same: rail.
        Rail "dft-2004.rail",
        /// The same: bridges and tunnels.
        FixedLinks "dft-2004.fixed-links",
    }
}

raw_table! {
    /// A reference class: a published table, or outcomes of one's own.
    pub struct RawReferenceClass is "a reference class" {
        /// The name that people read; that of the table or the id unless given.
        name: String,
        /// A published table.
        table: RawPublished,
        /// Which share of the bias that a table of HM Treasury states has been dealt with: `"40 %"`.
        mitigated: Quantity,
        /// A CSV file of past outcomes with the columns `planned_duration` and `actual_duration`, or `planned_cost`
        /// and `actual_cost`, or both.
        csv: String,
    }
}
