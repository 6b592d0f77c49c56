//! The keys about versions of files.

use syn::{Expr, Lit, Meta};

use super::value::{Form, assigned, bare, wrong};

/// A version: a whole number from 1.
#[derive(Debug)]
pub(super) struct Version(pub(super) u32);

impl Form for Version {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Expr::Lit(literal) = bare(assigned(item)?) else { return Err(wrong(item)) };
        let Lit::Int(number) = &literal.lit else { return Err(wrong(item)) };
        match number.base10_parse() {
            Ok(version) if version > 0 => Ok(Self(version)),
            _ => Err(syn::Error::new(number.span(), "a version is a whole number from 1 to 4294967295")),
        }
    }
}
