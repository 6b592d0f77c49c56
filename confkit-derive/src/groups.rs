//! Invisible groups, which `macro_rules!` leaves around its arguments.
//!
//! The compiler forgets them in what a derive makes: `$limit * 2` would become `1 + 1 * 2`. So those
//! around which it matters are made visible before anything is read.

use proc_macro2::{Delimiter, Group, Punct, TokenStream, TokenTree};
use syn::Expr;

/// Puts arguments of macros that are operations in parentheses where they stand in other ones.
pub(crate) fn shown(tokens: TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let shown = |(at, tree): (usize, &TokenTree)| match tree {
        // What is as it was keeps the places of both its ends.
        TokenTree::Group(group) if holds_hidden(group) => {
            let hidden = group.delimiter() == Delimiter::None;
            let operand = hidden && is_operand(&trees[..at], &trees[at + 1..]) && is_operation(group);
            let delimiter = if operand { Delimiter::Parenthesis } else { group.delimiter() };
            let mut inner = Group::new(delimiter, shown(group.stream()));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        tree => tree.clone(),
    };
    trees.iter().enumerate().map(shown).collect()
}

fn holds_hidden(group: &Group) -> bool {
    let inside = |tree| matches!(&tree, TokenTree::Group(inner) if holds_hidden(inner));
    group.delimiter() == Delimiter::None || group.stream().into_iter().any(inside)
}

/// Whether what stands before or behind takes part in the expression.
fn is_operand(before: &[TokenTree], behind: &[TokenTree]) -> bool {
    let ends =
        |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if [',', ';'].contains(&punct.as_char()));
    if behind.first().is_some_and(|tree| !ends(tree)) {
        return true;
    }
    let punct = |tree: Option<&TokenTree>, of: &str| matches!(tree, Some(TokenTree::Punct(punct)) if of.contains(Punct::as_char(punct)));
    let mut before = before.iter().rev();
    let last = before.next();
    punct(last, "+-*/%&|^!<>") || punct(last, "=") && punct(before.next(), "=!<>")
}

/// Whether it has an operator that others may bind tighter than.
fn is_operation(group: &Group) -> bool {
    matches!(syn::parse2(group.stream()), Ok(Expr::Binary(_) | Expr::Cast(_)))
}
