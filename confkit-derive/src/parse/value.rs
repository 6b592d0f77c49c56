//! The forms that a key's value can have. Each reads one item and says in the table's words how the
//! key is written if it cannot.

use darling::FromMeta;
use proc_macro2::Span;
use syn::parse::Parse;
use syn::spanned::Spanned as _;
use syn::{Expr, Lit, LitStr, Meta, Path, Type};

use crate::diag::Diag;
use crate::keys;
use crate::model::At;

/// A value that knows how it is written.
pub(super) trait Form: Sized {
    fn read(item: &Meta) -> syn::Result<Self>;
}

/// A key with its value, or with the reason why that cannot be read.
#[derive(Debug)]
pub(super) struct Written<T> {
    span: Span,
    value: syn::Result<T>,
}

impl<T> Written<T> {
    /// Takes the value, or records why there is none.
    pub(super) fn take(self, diag: &Diag) -> Option<At<T>> {
        let span = self.span;
        diag.take(self.value).map(|value| At::new(span, value))
    }
}

/// Takes the value of a key that may be absent.
pub(super) fn take<T>(written: Option<Written<T>>, diag: &Diag) -> Option<At<T>> {
    written.and_then(|written| written.take(diag))
}

/// Takes the values of a key that may be repeated.
pub(super) fn take_all<T>(written: Vec<Written<T>>, diag: &Diag) -> Vec<At<T>> {
    written.into_iter().filter_map(|written| written.take(diag)).collect()
}

impl<T: Form> FromMeta for Written<T> {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        Ok(Self { span: item.path().span(), value: T::read(item) })
    }
}

/// Says how the key of an item is written.
pub(super) fn wrong_form(path: &Path, span: Span) -> syn::Error {
    let name = path.get_ident().map(ToString::to_string).unwrap_or_default();
    syn::Error::new(span, format!("`{name}` is written {}", keys::forms(&name)))
}

pub(super) fn wrong(item: &Meta) -> syn::Error {
    let span = match item {
        Meta::Path(path) => path.span(),
        Meta::List(list) => list.span(),
        Meta::NameValue(pair) => pair.value.span(),
    };
    wrong_form(item.path(), span)
}

/// Removes the invisible groups that `macro_rules!` leaves around its arguments.
pub(crate) fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => bare(&group.expr),
        other => other,
    }
}

/// Returns a string literal.
pub(super) fn string(expr: &Expr) -> Option<&LitStr> {
    match bare(expr) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the expression behind `=`.
pub(super) fn assigned(item: &Meta) -> syn::Result<&Expr> {
    match item {
        Meta::NameValue(pair) => Ok(bare(&pair.value)),
        _ => Err(wrong(item)),
    }
}

/// Parses the tokens between the parentheses of an item.
pub(super) fn inside<T: Parse>(item: &Meta) -> syn::Result<T> {
    match item {
        Meta::List(list) => syn::parse2(list.tokens.clone()),
        _ => Err(wrong(item)),
    }
}

/// The word alone.
#[derive(Debug)]
pub(super) struct Word;

impl Form for Word {
    fn read(item: &Meta) -> syn::Result<Self> {
        matches!(item, Meta::Path(_)).then_some(Self).ok_or_else(|| wrong(item))
    }
}

/// A string that is not empty.
#[derive(Debug)]
pub(super) struct Text(pub(super) String);

impl Form for Text {
    fn read(item: &Meta) -> syn::Result<Self> {
        let text = string(assigned(item)?).ok_or_else(|| wrong(item))?;
        if text.value().is_empty() {
            return Err(syn::Error::new(
                text.span(),
                format!("{} cannot be empty", crate::diag::list([&*key_name(item)])),
            ));
        }
        Ok(Self(text.value()))
    }
}

pub(super) fn key_name(item: &Meta) -> String {
    item.path().get_ident().map(ToString::to_string).unwrap_or_default()
}

/// Returns the text that stands for a literal in a default: a string's value, a number without
/// underscores and suffix, a word or a letter.
pub(crate) fn literal(expr: &Expr) -> Option<String> {
    match bare(expr) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            Lit::Int(number) => Some(number.base10_digits().to_owned()),
            Lit::Float(number) => Some(number.base10_digits().to_owned()),
            Lit::Bool(word) => Some(word.value.to_string()),
            Lit::Char(letter) => Some(letter.value().to_string()),
            _ => None,
        },
        Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => match bare(expr) {
            Expr::Lit(syn::ExprLit { lit: Lit::Int(_) | Lit::Float(_), .. }) => {
                literal(expr).map(|text| format!("-{text}"))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Parses a type or path that serde writes as a string.
pub(super) fn quoted<T: Parse>(text: &LitStr) -> syn::Result<T> {
    text.parse().map_err(|_| syn::Error::new(text.span(), format!("`{}` cannot be read here", text.value())))
}

/// A type written as a string.
pub(super) fn quoted_type(text: &LitStr) -> syn::Result<Type> {
    quoted(text)
}
