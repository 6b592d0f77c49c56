//! The forms of single keys.

use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Expr, Ident, Lit, LitStr, Meta, Path, Token, Type, WherePredicate};

use super::value::{Form, Text, Word, assigned, bare, inside, key_name, literal, string, wrong};
use crate::diag::did_you_mean;
use crate::model::{At, Unknown};
use crate::names::RenameAll;

/// The path of a file or directory, in which `{profile}` alone stands for something.
#[derive(Debug)]
pub(super) struct Pattern(pub(super) String);

impl Form for Pattern {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Text(path) = Text::read(item)?;
        match other_placeholder(&path) {
            None => Ok(Self(path)),
            Some(other) => Err(syn::Error::new(
                assigned(item)?.span(),
                format!("only `{{profile}}` is replaced in a path, and `{{{other}}}` is not"),
            )),
        }
    }
}

/// A word in braces that is not `profile`.
fn other_placeholder(path: &str) -> Option<&str> {
    let in_braces = path.split('{').skip(1).filter_map(|behind| behind.split_once('}'));
    let is_word = |word: &&str| {
        word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    in_braces.map(|(word, _)| word).find(|word| *word != "profile" && is_word(word))
}

/// A path to a function.
#[derive(Debug)]
pub(super) struct Function(pub(super) Path);

impl Form for Function {
    fn read(item: &Meta) -> syn::Result<Self> {
        match assigned(item)? {
            Expr::Path(path) if path.qself.is_none() => Ok(Self(path.path.clone())),
            Expr::Path(path) => Err(syn::Error::new(
                path.span(),
                "write a plain path to a function; `<T as Trait>::function` can be wrapped in one",
            )),
            Expr::Closure(closure) => Err(syn::Error::new(
                closure.span(),
                format!("`{}` takes the path of a function, not a closure", key_name(item)),
            )),
            _ => Err(wrong(item)),
        }
    }
}

/// `deprecated`, with what to do instead.
#[derive(Debug)]
pub(super) struct DeprecatedForm(pub(super) String);

impl Form for DeprecatedForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        match item {
            Meta::Path(_) => Ok(Self(String::new())),
            _ => Text::read(item).map(|note| Self(note.0)),
        }
    }
}

/// A path to a crate, also as a string.
#[derive(Debug)]
pub(super) struct Crate(pub(super) Path);

impl Form for Crate {
    fn read(item: &Meta) -> syn::Result<Self> {
        crate_path(item).map(Self)
    }
}

/// Reads the value of `crate`.
pub(super) fn crate_path(item: &Meta) -> syn::Result<Path> {
    match assigned(item)? {
        Expr::Path(path) if path.qself.is_none() => Ok(path.path.clone()),
        expr => string(expr).ok_or_else(|| wrong(item))?.parse().map_err(|_| wrong(item)),
    }
}

/// Predicates of a `where` clause, as a string.
#[derive(Debug)]
pub(super) struct Bound(pub(super) Vec<WherePredicate>);

impl Form for Bound {
    fn read(item: &Meta) -> syn::Result<Self> {
        let text = string(assigned(item)?).ok_or_else(|| wrong(item))?;
        text.parse_with(Punctuated::<WherePredicate, Token![,]>::parse_terminated)
            .map(|list| Self(list.into_iter().collect()))
            .map_err(|error| {
                syn::Error::new(text.span(), format!("these are not bounds as in a `where` clause: {error}"))
            })
    }
}

/// The type of a context.
#[derive(Debug)]
pub(super) struct Facts(pub(super) Type);

impl Form for Facts {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Expr::Verbatim(tokens) = assigned(item)? else { return Err(wrong(item)) };
        match syn::parse2(tokens.clone())? {
            Type::Tuple(unit) if unit.elems.is_empty() => {
                Err(syn::Error::new(unit.span(), "a type without `context` has none already; drop the key"))
            }
            ty => Ok(Self(ty)),
        }
    }
}

/// `rename_all`.
#[derive(Debug)]
pub(super) struct Spelling(pub(super) RenameAll);

impl Form for Spelling {
    fn read(item: &Meta) -> syn::Result<Self> {
        spelling(string(assigned(item)?).ok_or_else(|| wrong(item))?).map(Self)
    }
}

/// Finds a spelling by its name.
pub(super) fn spelling(name: &LitStr) -> syn::Result<RenameAll> {
    let text = name.value();
    RenameAll::find(&text).ok_or_else(|| {
        syn::Error::new(
            name.span(),
            format!("unknown spelling \"{text}\"{}", did_you_mean(&text, "spellings", &RenameAll::names())),
        )
    })
}

/// `unknown_keys`.
#[derive(Debug)]
pub(super) struct Policy(pub(super) Unknown);

impl Form for Policy {
    fn read(item: &Meta) -> syn::Result<Self> {
        let name = string(assigned(item)?).ok_or_else(|| wrong(item))?;
        match name.value().as_str() {
            "deny" => Ok(Self(Unknown::Deny)),
            "warn" => Ok(Self(Unknown::Warn)),
            "allow" => Ok(Self(Unknown::Allow)),
            other => {
                let end = did_you_mean(other, "policies", &["deny", "warn", "allow"]);
                Err(syn::Error::new(name.span(), format!("unknown policy \"{other}\"{end}")))
            }
        }
    }
}

/// One or more strings in parentheses.
#[derive(Debug)]
pub(super) struct Texts(pub(super) Vec<At<String>>);

impl Form for Texts {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Meta::List(list) = item else {
            return Err(wrong(item));
        };
        let texts = list
            .parse_args_with(Punctuated::<LitStr, Token![,]>::parse_terminated)
            .map_err(|_| wrong(item))?;
        if texts.is_empty() {
            return Err(wrong(item));
        }
        Ok(Self(texts.into_iter().map(|text| At::new(text.span(), text.value())).collect()))
    }
}

/// `default`.
#[derive(Debug)]
pub(super) enum DefaultForm {
    Bare,
    Value(Box<Expr>),
}

impl Form for DefaultForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        match item {
            Meta::Path(_) => Ok(Self::Bare),
            Meta::NameValue(pair) => Ok(Self::Value(Box::new(bare(&pair.value).clone()))),
            Meta::List(_) => Err(wrong(item)),
        }
    }
}

/// `env`.
#[derive(Debug)]
pub(super) enum EnvForm {
    Marked,
    Named(String),
    Skip,
}

impl Form for EnvForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        match item {
            Meta::Path(_) => Ok(Self::Marked),
            Meta::NameValue(_) => Text::read(item).map(|text| Self::Named(text.0)),
            Meta::List(_) => inside::<Ident>(item)
                .ok()
                .filter(|word| word == "skip")
                .map(|_| Self::Skip)
                .ok_or_else(|| wrong(item)),
        }
    }
}

/// `secret`.
#[derive(Debug)]
pub(super) struct SecretForm {
    pub(super) plain: bool,
}

impl Form for SecretForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        match item {
            Meta::Path(_) => Ok(Self { plain: false }),
            Meta::List(_) => inside::<Ident>(item)
                .ok()
                .filter(|word| word == "plain")
                .map(|_| Self { plain: true })
                .ok_or_else(|| wrong(item)),
            Meta::NameValue(_) => Err(wrong(item)),
        }
    }
}

/// `nested`.
#[derive(Debug)]
pub(super) struct NestedForm {
    pub(super) env_prefix: Option<At<String>>,
}

impl Form for NestedForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Meta::List(list) = item else {
            return Word::read(item).map(|Word| Self { env_prefix: None });
        };
        let inner: Meta = syn::parse2(list.tokens.clone()).map_err(|_| wrong(item))?;
        if !inner.path().is_ident("env_prefix") {
            return Err(wrong(item));
        }
        Text::read(&inner)
            .map(|text| Self { env_prefix: Some(At::new(inner.path().span(), text.0)) })
            .map_err(|_| wrong(item))
    }
}

/// `env_delimiter`.
#[derive(Debug)]
pub(super) struct Delimiter(pub(super) char);

impl Form for Delimiter {
    fn read(item: &Meta) -> syn::Result<Self> {
        let text = match assigned(item)? {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Char(letter) => return Ok(Self(letter.value())),
                Lit::Str(text) => text.value(),
                _ => return Err(wrong(item)),
            },
            _ => return Err(wrong(item)),
        };
        let mut letters = text.chars();
        letters.next().filter(|_| letters.next().is_none()).map(Self).ok_or_else(|| wrong(item))
    }
}

/// `required`.
#[derive(Debug)]
pub(super) struct RequiredForm(pub(super) Vec<At<String>>);

impl Form for RequiredForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Meta::List(list) = item else {
            let message = "a setting is required unless it is an `Option` or has a default; `required(profile = \"production\")` asks for it in one profile only";
            return Err(syn::Error::new(item.span(), message));
        };
        let mut profiles = Vec::new();
        for inner in
            list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).map_err(|_| wrong(item))?
        {
            match &inner {
                _ if !inner.path().is_ident("profile") => return Err(wrong(item)),
                Meta::List(_) => profiles.extend(Texts::read(&inner).map_err(|_| wrong(item))?.0),
                Meta::NameValue(pair) => {
                    let text = string(&pair.value).ok_or_else(|| wrong(item))?;
                    profiles.push(At::new(text.span(), text.value()));
                }
                Meta::Path(_) => return Err(wrong(item)),
            }
        }
        if profiles.is_empty() { Err(wrong(item)) } else { Ok(Self(profiles)) }
    }
}

/// `example`.
#[derive(Debug)]
pub(super) struct Literal(pub(super) String);

impl Form for Literal {
    fn read(item: &Meta) -> syn::Result<Self> {
        literal(assigned(item)?).map(Self).ok_or_else(|| wrong(item))
    }
}
