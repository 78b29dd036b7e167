//! What the errors of this crate have in common.

/// Debug shows the text of Display: it is what people see when `main` gives the error back.
macro_rules! debug_is_display {
    ($error:ty) => {
        impl core::fmt::Debug for $error {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(self, f)
            }
        }
    };
}

pub(crate) use debug_is_display;
