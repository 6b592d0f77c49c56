//! What is serialised of secrets on this thread. Their types are not known here: they ask.

use std::cell::Cell;

/// The name by which a newtype announces that its content is not to be written. Lists that have it as
/// an element, and tables that have nothing else, are not written either by
/// `Document::revised`.
pub const HIDDEN: &str = "$confkit::Hidden";

/// What a secret says that refuses to be serialised.
pub const REFUSED: &str = "it is a secret, which is not shown";

/// What is serialised of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// The mask.
    Mask,
    /// The value.
    Clear,
    /// An announcement that there is one, by [`HIDDEN`]; the mask for who does not know it.
    Nothing,
    /// An error: [`REFUSED`].
    Refusal,
}

thread_local! {
    static SHOWING: Cell<Showing> = const { Cell::new(Showing::Mask) };
}

/// What is serialised of secrets at this moment.
pub fn shown() -> Showing {
    SHOWING.get()
}

/// Runs a function in which secrets are serialised in one way, on this thread alone.
pub fn showing<T>(showing: Showing, run: impl FnOnce() -> T) -> T {
    struct Restore(Showing);
    impl Drop for Restore {
        fn drop(&mut self) {
            SHOWING.set(self.0);
        }
    }
    let _restore = Restore(SHOWING.replace(showing));
    run()
}
