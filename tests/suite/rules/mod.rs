//! Rules: what they accept, what they refuse, how they are told, and the place they name.

mod limits;
mod types;
