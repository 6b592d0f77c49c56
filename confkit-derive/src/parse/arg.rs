//! The form of `arg`.

use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Expr, Lit, Meta, Token};

use super::value::{Form, Word, assigned, key_name, string, wrong};
use crate::diag::{Diag, did_you_mean};
use crate::model::{Arg, At};

/// `arg`.
#[derive(Debug)]
pub(super) struct ArgForm(Vec<Meta>);

impl Form for ArgForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Meta::List(list) = item else {
            return Err(wrong(item));
        };
        let inner =
            list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).map_err(|_| wrong(item))?;
        if inner.is_empty() { Err(wrong(item)) } else { Ok(Self(inner.into_iter().collect())) }
    }
}

impl ArgForm {
    /// What can be said of an argument.
    const WORDS: [&str; 4] = ["long", "short", "skip", "secret_on_command_line"];

    /// Reads what is said; a letter may follow from the field's key.
    pub(super) fn of(self, key: &str, diag: &Diag) -> Option<Arg> {
        let mut arg = Arg::default();
        let mut seen: Vec<String> = Vec::new();
        for item in &self.0 {
            let (word, span) = (key_name(item), item.path().span());
            if seen.contains(&word) {
                diag.error(span, format!("duplicate key `{word}`; write it once"));
                continue;
            }
            match word.as_str() {
                "long" => arg.long = Some(diag.take(long(item))?),
                "short" => arg.short = Some(diag.take(short(item, key))?),
                "skip" => arg.skip = Some(diag.take(word_alone(item).map(|()| span))?),
                "secret_on_command_line" => arg.secret = diag.take(word_alone(item)).is_some(),
                _ => {
                    let end = did_you_mean(&word, "keys of `arg`", &Self::WORDS);
                    diag.error(span, format!("unknown key `{word}` in `arg`{end}"));
                }
            }
            seen.push(word);
        }
        Some(arg)
    }
}

/// The whole name of an argument.
fn long(item: &Meta) -> syn::Result<At<String>> {
    let text = string(assigned(item).map_err(|_| wrong_arg(item))?).ok_or_else(|| wrong_arg(item))?;
    let name = text.value();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if let Some(bare) = name.strip_prefix("--") {
        let message = format!("the name of an argument is written without its dashes: `long = \"{bare}\"`");
        return Err(syn::Error::new(text.span(), message));
    }
    if !name.starts_with(|letter: char| letter.is_ascii_alphanumeric()) || !name.chars().all(fits) {
        let message = format!(
            "\"{name}\" cannot be an argument; write letters, digits, `-` and `_`, and begin with a letter or digit"
        );
        return Err(syn::Error::new(text.span(), message));
    }
    Ok(At::new(text.span(), name))
}

/// The letter of an argument, from the key where none is written.
fn short(item: &Meta, key: &str) -> syn::Result<At<char>> {
    let (letter, span) = match item {
        Meta::Path(path) => (key.chars().next().map(|letter| letter.to_ascii_lowercase()), path.span()),
        _ => match assigned(item).map_err(|_| wrong_arg(item))? {
            Expr::Lit(syn::ExprLit { lit: Lit::Char(letter), .. }) => (Some(letter.value()), letter.span()),
            _ => return Err(wrong_arg(item)),
        },
    };
    if let Some(letter) = letter.filter(char::is_ascii_alphabetic) {
        return Ok(At::new(span, letter));
    }
    let message = match letter {
        Some(letter) => format!("`-{letter}` cannot be an argument; write a letter from a to z or A to Z"),
        None => "there is no key to take a letter from; write one, as in `short = 'p'`".to_owned(),
    };
    Err(syn::Error::new(span, message))
}

fn word_alone(item: &Meta) -> syn::Result<()> {
    Word::read(item).map(|Word| ()).map_err(|_| wrong_arg(item))
}

fn wrong_arg(item: &Meta) -> syn::Error {
    syn::Error::new(item.span(), format!("`arg` is written {}", crate::keys::forms("arg")))
}
