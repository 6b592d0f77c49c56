//! Documentation comments.

use syn::{Attribute, Expr, Lit, Meta};

/// Joins the lines of a documentation comment, without the blanks that all of them start with.
pub(super) fn docs(attrs: &[Attribute]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        let Meta::NameValue(pair) = &attr.meta else {
            continue;
        };
        if let Expr::Lit(literal) = super::value::bare(&pair.value)
            && let Lit::Str(text) = &literal.lit
        {
            let text = text.value();
            let starred = is_starred(&text);
            let plain = text.lines().map(|line| if starred { undecorated(line) } else { line });
            lines.extend(plain.map(|line| line.trim_end().to_owned()));
            if text.is_empty() {
                lines.push(String::new());
            }
        }
    }
    let indent = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Returns whether this is a block comment whose lines start with a star.
fn is_starred(text: &str) -> bool {
    let mut lines = text.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.peek().is_some() && lines.all(|line| line.starts_with('*'))
}

fn undecorated(line: &str) -> &str {
    line.trim_start().strip_prefix('*').unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::docs;

    #[test]
    fn comments_lose_their_decoration() {
        let item: syn::DeriveInput = syn::parse_quote! {
            /// First.
            ///
            ///  - indented
            /// * a star
            struct Lines {}
        };
        assert_eq!(docs(&item.attrs), "First.\n\n - indented\n* a star");
        let item: syn::DeriveInput = syn::parse_quote! {
            #[doc = "\n * First.\n *\n * Second.\n "]
            struct Block {}
        };
        assert_eq!(docs(&item.attrs), "First.\n\nSecond.");
    }
}
