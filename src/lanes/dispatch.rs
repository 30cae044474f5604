//! One loop, compiled for every instruction set.

/// Defines functions whose body is compiled for every instruction set and chosen by their first argument.
macro_rules! for_each_set {
    ($($(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? $body:block)*) => {
        $(
            $(#[$meta])*
            $vis fn $name(set: $crate::lanes::InstructionSet, $($arg: $ty),*) $(-> $ret)? {
                #[inline(always)]
                fn body($($arg: $ty),*) $(-> $ret)? $body
                #[cfg(target_arch = "x86_64")]
                {
                    #[target_feature(enable = "avx2")]
                    fn avx2($($arg: $ty),*) $(-> $ret)? {
                        body($($arg),*)
                    }
                    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
                    fn avx512($($arg: $ty),*) $(-> $ret)? {
                        body($($arg),*)
                    }
                    if set.has_avx512() {
                        // SAFETY: a set says so only where these instructions were detected.
                        return unsafe { avx512($($arg),*) };
                    }
                    if set.has_avx2() {
                        // SAFETY: as above.
                        return unsafe { avx2($($arg),*) };
                    }
                }
                let _ = set;
                body($($arg),*)
            }
        )*
    };
}

pub(crate) use for_each_set;
