//! Typed positions in a program's tables.

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position as an index.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The typed position of an index.
            ///
            /// # Panics
            /// If the index needs more than 32 bits.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("a program has fewer than 2^32 of anything"))
            }
        }
    )*};
}

index! {
    /// A task or milestone of the program.
    TaskIx;
    /// A project (work breakdown node).
    ProjectIx;
    /// A calendar.
    CalendarIx;
    /// A link.
    LinkIx;
    /// A risk.
    RiskIx;
    /// A risk driver.
    DriverIx;
    /// A chance on which tasks depend.
    ChanceIx;
    /// A condition under which tasks exist.
    ConditionIx;
}
