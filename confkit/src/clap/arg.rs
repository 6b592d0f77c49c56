//! A declared argument as an `Arg` of clap.

use std::collections::HashSet;

use ::clap::{Arg, ArgAction, ValueHint};
use confkit_sources::args::{Declared, Names, declared_arguments};
use confkit_sources::declared::{Kind, Metadata, RuleKind, ValueKind};
use confkit_sources::path::{self, Segment};

use super::typed::{NEGATED, PREFIX};
use super::value::Text;
use crate::help::{choice, facts, kind, paragraph, title, word};
use crate::report::clean;

/// The arguments of a type, which stands in a section.
pub(super) fn args(metadata: &'static Metadata, section: &[Segment<'_>]) -> Vec<Arg> {
    let names = Names { section, metadata };
    let declared: Vec<Declared> =
        declared_arguments(&names).into_iter().filter(|one| !one.is_secret && !one.is_dynamic).collect();
    // What two settings have, the first one gets: clap would panic, and a load tells it. So does one
    // about `--help`, which is clap's own.
    let mut taken = Taken(HashSet::from(["--help".to_owned(), "-h".to_owned()]));
    let longs: Vec<bool> = declared.iter().map(|one| taken.take_long(&one.long)).collect();
    let declared = declared.iter().zip(longs).filter(|(_, is_own)| *is_own).map(|(one, _)| one);
    let variable = |path: &str| variable(metadata, section, path);
    let with_aliases: Vec<(&Declared, Vec<String>)> = declared
        .map(|one| (one, paths(one).into_iter().filter(|path| taken.take_long(path)).collect()))
        .collect();
    let args = with_aliases.into_iter().flat_map(|(one, aliases)| {
        let negated = one.is_switch() && taken.take_long(&format!("no-{}", one.long));
        let short = one.short.filter(|short| taken.0.insert(format!("-{short}")));
        let negation = negated.then(|| {
            let aliases = aliases.iter().map(|path| format!("no-{path}"));
            negation(one, aliases.filter(|name| taken.take_long(name)).collect())
        });
        let facts = facts(one, &variable);
        std::iter::once(arg(one, aliases, short, negated, facts)).chain(negation)
    });
    args.collect()
}

/// Names that are given away, with their dashes.
struct Taken(HashSet<String>);

impl Taken {
    /// Takes a name without dashes, if it is free and clap can read it.
    fn take_long(&mut self, name: &str) -> bool {
        let fits = !name.is_empty() && !name.starts_with('-') && !name.contains('=');
        fits && self.0.insert(format!("--{name}"))
    }
}

/// The paths that stand for an argument, too: with the key and with each of its aliases.
fn paths(one: &Declared) -> Vec<String> {
    let beside = |key: &&'static str| {
        let mut path = one.section.0.clone();
        path::push_key(&mut path, key);
        path
    };
    let aliases = one.field.aliases().iter().map(beside);
    std::iter::once(one.path.clone()).chain(aliases).collect()
}

fn arg(one: &Declared, aliases: Vec<String>, short: Option<char>, negated: bool, facts: Vec<String>) -> Arg {
    let kind = kind(one).unwrap_or_else(|| ValueKind::new(Kind::Other));
    let arg = Arg::new(format!("{PREFIX}{}", one.long))
        .long(one.long.clone())
        .short(short)
        .aliases(aliases)
        // What is given twice is told by confkit, which may find it to be the same.
        .action(ArgAction::Append)
        .value_name(word(&kind).trim_end_matches("...").trim_matches(['<', '>']).to_owned())
        .value_hint(hint(one, &kind))
        .hide(one.is_hidden);
    let arg = if one.is_switch() {
        arg.num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(Text::with([("true", ""), ("false", "")]))
            .hide_possible_values(true)
    } else {
        let (names, docs) = choice(one).unwrap_or_default();
        let docs = docs.iter().map(|docs| paragraph(docs)).chain(std::iter::repeat(String::new()));
        arg.allow_negative_numbers(true).value_parser(Text::with(names.iter().copied().zip(docs)))
    };
    let arg = if one.section.0.is_empty() { arg } else { arg.help_heading(title(one)) };
    let no = negated.then(|| format!("[or: --no-{}]", clean(&one.long)));
    let repeated = matches!(kind.kind(), Kind::List | Kind::Map | Kind::Structure(_));
    let repeated = repeated.then(|| "[may be repeated]".to_owned());
    let facts: Vec<String> = repeated.into_iter().chain(no).chain(facts).collect();
    documented(arg, one.field.docs(), &facts)
}

/// `--no-x`, which help names at `--x`.
fn negation(one: &Declared, aliases: Vec<String>) -> Arg {
    let id = format!("{NEGATED}{}", one.long);
    let arg = Arg::new(id.clone())
        .long(format!("no-{}", one.long))
        .aliases(aliases)
        .action(ArgAction::SetTrue)
        .overrides_with(id)
        .hide(true)
        .help(format!("Says no to --{}", clean(&one.long)));
    if one.section.0.is_empty() { arg } else { arg.help_heading(title(one)) }
}

/// The first paragraph is for `-h`, all of them for `--help`.
fn documented(arg: Arg, docs: &str, facts: &[String]) -> Arg {
    let paragraphs = paragraphs(docs);
    let first = paragraphs.first().into_iter().chain(facts);
    let short = first.map(String::as_str).collect::<Vec<_>>().join(" ");
    let arg = if paragraphs.len() > 1 {
        let facts = facts.join("\n");
        let whole = paragraphs.iter().chain((!facts.is_empty()).then_some(&facts));
        arg.long_help(whole.map(String::as_str).collect::<Vec<_>>().join("\n\n"))
    } else {
        arg
    };
    if short.is_empty() { arg } else { arg.help(short) }
}

fn paragraphs(docs: &str) -> Vec<String> {
    let lines: Vec<&str> = docs.lines().map(str::trim).collect();
    lines
        .split(|line| line.is_empty())
        .map(|lines| paragraph(&lines.join("\n")))
        .filter(|one| !one.is_empty())
        .collect()
}

/// What a shell can offer for a value.
fn hint(one: &Declared, kind: &ValueKind) -> ValueHint {
    let rules = one.field.rules().iter().flat_map(|rule| std::iter::once(rule).chain(rule.inner()));
    let by_rule = rules.into_iter().find_map(|rule| match rule.kind() {
        RuleKind::Email => Some(ValueHint::EmailAddress),
        RuleKind::Url => Some(ValueHint::Url),
        RuleKind::Ip | RuleKind::Ipv4 | RuleKind::Ipv6 => Some(ValueHint::Hostname),
        _ => None,
    });
    let of = kind.element().unwrap_or(kind);
    by_rule.unwrap_or_else(|| match of.kind() {
        Kind::Text if of.is_path() => ValueHint::AnyPath,
        Kind::Parsed(what) if what.contains("URL") => ValueHint::Url,
        Kind::Parsed(what) if what.contains("IP") || what.contains("socket address") => ValueHint::Hostname,
        Kind::Text | Kind::Parsed(_) | Kind::Choice(_) | Kind::Any | Kind::Other => ValueHint::Unknown,
        // Numbers and the like: not the files that shells offer else.
        _ => ValueHint::Other,
    })
}

/// The variable of a setting, where the type reads variables.
#[cfg(feature = "env")]
fn variable(metadata: &'static Metadata, section: &[Segment<'_>], path: &str) -> Option<String> {
    use confkit_sources::env::{Names, variable_for};
    let names = Names { prefix: metadata.loading().env_prefix(), section, metadata };
    variable_for(&names, &path::parse(path).ok()?)
}

#[cfg(not(feature = "env"))]
fn variable(_: &'static Metadata, _: &[Segment<'_>], _: &str) -> Option<String> {
    None
}
