//! The list of all statements, so that a test can prepare each of them on both engines.

/// Defines the statements of a module and lists them as `STATEMENTS`.
#[macro_export]
#[doc(hidden)]
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$meta])* const $name: &str = $text;)*
        #[cfg(test)]
        /// All statements of this module.
        pub(crate) const STATEMENTS: &[&str] = &[$($name),*];
    };
}
