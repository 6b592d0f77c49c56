//! Source text of tokens, for documentation and reports.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Writes tokens as a person would: on one line, without blanks inside paths and calls.
pub(crate) fn of(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut before = Before::Start;
    write(tokens, &mut text, &mut before);
    text
}

/// What stands before the next token, as far as it decides about a blank.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing, or an opening bracket, or something that binds to what follows.
    Start,
    /// A name, a literal or a closing bracket.
    Value,
    /// A closing brace.
    Block,
    /// A word of the language that cannot be called or indexed.
    Keyword,
    /// An operator between two values.
    Operator,
    /// The first half of a longer operator.
    Joint,
}

fn write(tokens: TokenStream, text: &mut String, before: &mut Before) {
    let mut tokens = tokens.into_iter().peekable();
    let mut parameters = false;
    let mut generics = 0;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => write_group(&group, text, before),
            TokenTree::Punct(mark) if mark.as_char() == '|' && parameters => {
                parameters = false;
                text.push('|');
                *before = Before::Operator;
            }
            TokenTree::Punct(mark) => {
                let start = matches!(*before, Before::Start | Before::Operator | Before::Keyword);
                parameters |= mark.as_char() == '|' && mark.spacing() == Spacing::Alone && start;
                let joint =
                    mark.spacing() == Spacing::Joint && matches!(tokens.peek(), Some(TokenTree::Punct(_)));
                write_mark(mark.as_char(), joint, &mut generics, text, before);
            }
            TokenTree::Ident(word) => {
                let word = word.to_string();
                let keyword = matches!(
                    word.as_str(),
                    "if" | "else" | "match" | "in" | "as" | "return" | "move" | "let" | "mut" | "ref"
                );
                write_value(&word, text, *before);
                *before = if keyword { Before::Keyword } else { Before::Value };
            }
            TokenTree::Literal(literal) => {
                write_value(&literal.to_string(), text, *before);
                *before = Before::Value;
            }
        }
    }
}

fn write_value(value: &str, text: &mut String, before: Before) {
    if before != Before::Start {
        text.push(' ');
    }
    text.push_str(value);
}

fn write_group(group: &proc_macro2::Group, text: &mut String, before: &mut Before) {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{ ", " }"),
        Delimiter::None => return write(group.stream(), text, before),
    };
    let brace = group.delimiter() == Delimiter::Brace;
    let apart = matches!(*before, Before::Keyword | Before::Operator | Before::Block);
    if apart || (brace && *before == Before::Value) {
        text.push(' ');
    }
    text.push_str(if group.stream().is_empty() { open.trim() } else { open });
    let mut inside = Before::Start;
    write(group.stream(), text, &mut inside);
    text.push_str(if group.stream().is_empty() { close.trim() } else { close });
    *before = if brace { Before::Block } else { Before::Value };
}

fn write_mark(mark: char, joint: bool, generics: &mut usize, text: &mut String, before: &mut Before) {
    let prefix = matches!(*before, Before::Start | Before::Operator | Before::Keyword);
    let path = text.ends_with("::");
    match mark {
        ',' | ';' => {
            text.push(mark);
            *before = Before::Operator;
        }
        '.' | '?' => {
            text.push(mark);
            *before = if mark == '?' { Before::Value } else { Before::Start };
        }
        ':' => {
            text.push(':');
            *before = if joint || text.ends_with("::") { Before::Start } else { Before::Operator };
        }
        '!' if !joint => {
            // A macro call binds to its name, a negation to its value.
            if !prefix || *before == Before::Start {
                text.push('!');
            } else {
                text.push_str(" !");
            }
            *before = Before::Start;
        }
        '>' if *generics > 0 => {
            *generics -= 1;
            text.push('>');
            *before = Before::Value;
        }
        '=' if text.ends_with("..") => {
            text.push('=');
            *before = Before::Start;
        }
        '<' if path => {
            *generics += 1;
            text.push('<');
            *before = Before::Start;
        }
        '|' | '&' | '*' | '-' | '\'' | '#' if prefix => {
            if *before != Before::Start {
                text.push(' ');
            }
            text.push(mark);
            *before = Before::Start;
        }
        _ => {
            if *before != Before::Joint && *before != Before::Start {
                text.push(' ');
            }
            text.push(mark);
            *before = if joint { Before::Joint } else { Before::Operator };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn reads_like_source() {
        for source in [
            "self.min <= self.max",
            "Mode::Dev",
            "!self.names.is_empty()",
            "vec![1, 2]",
            "|v| v % 2 == 0",
            "matches!(self.mode, Mode::Dev) && self.a > -1",
            "if cfg!(test) { 1 } else { 2 }",
            "Duration::from_secs(30)",
            "[\"a\", \"b\"]",
            "|v, w| matches!(v, 1..=9) || *w == Some(-1)",
            "Vec::<u8>::new()",
        ] {
            assert_eq!(of(source.parse().expect("tokens")), source);
        }
    }
}
