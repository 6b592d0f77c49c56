//! What a declaration says of a setting, in words.

use confkit_sources::declared::{Check, Field, Kind, Rule, RuleKind, ValueKind};

use super::{Section, Setting};
use crate::defaults;
use crate::report::clean;
use crate::resolve::one_of;
use crate::rules::{length_words, range_words};

impl Setting {
    /// What its value is, without an article: `integer`, `list of text`, `one of …`.
    pub(crate) fn kind_words(&self) -> String {
        kind(&self.kind)
    }

    /// What its rules and its type ask of the value, each in a few words.
    pub(crate) fn limits(&self) -> Vec<String> {
        let ranged = self.rules.iter().any(|rule| matches!(rule.kind(), RuleKind::Range { .. }));
        let by_type = type_limits(&self.kind).filter(|_| !ranged);
        by_type.into_iter().chain(self.rules.iter().filter_map(|rule| self.rule(rule))).collect()
    }

    fn rule(&self, rule: &Rule) -> Option<String> {
        let unit = if matches!(self.kind.kind(), Kind::List | Kind::Map) { "elements" } else { "characters" };
        rule_words(rule, unit)
    }

    /// When it has to be given: always, in profiles, or by what else is given. Empty if never.
    pub(crate) fn need(&self) -> Vec<String> {
        if self.is_required() {
            return vec!["required".to_owned()];
        }
        let profiles = match self.field.required_profiles() {
            [] => None,
            profiles => Some(format!("required in profile {}", profiles.join(", "))),
        };
        profiles.into_iter().chain(self.rules.iter().filter_map(|rule| needed(rule))).collect()
    }

    /// The default as text, as it would be written in a variable; none of what may hold a secret.
    pub(crate) fn default(&self) -> Option<String> {
        defaults::shown(self.field, &self.kind).filter(|_| !self.is_secret)
    }
}

impl Section {
    /// What is asked of the list or map that it is in.
    pub(crate) fn limits(&self) -> Vec<String> {
        let rules = self.field.map(Field::rules).unwrap_or_default();
        rules.iter().filter_map(|rule| rule_words(rule, "elements")).collect()
    }

    /// The rules over several of its settings, in words.
    pub(crate) fn rules(&self) -> Vec<String> {
        self.metadata.checks().iter().map(check).collect()
    }
}

/// What a kind of value is called, without an article.
pub(crate) fn kind(of: &ValueKind) -> String {
    match of.kind() {
        Kind::Duration => "duration, such as `30s`".to_owned(),
        Kind::Bytes => "size, such as `10MiB`".to_owned(),
        Kind::List => format!("list of {}", several(of.element())),
        Kind::Map => format!("table of {}", several(of.element())),
        _ => named(of),
    }
}

/// What several values of a kind are called.
fn several(of: Option<&ValueKind>) -> String {
    let Some(of) = of else { return "values".to_owned() };
    match of.kind() {
        Kind::Bool => "booleans".to_owned(),
        Kind::Text if !of.is_path() => "texts".to_owned(),
        Kind::List => format!("lists of {}", several(of.element())),
        Kind::Map => format!("tables of {}", several(of.element())),
        Kind::Structure(keys) => format!("tables with {}", list(keys)),
        Kind::Choice(names) => format!("names among {}", list(names)),
        Kind::Any | Kind::Other => "values of any kind".to_owned(),
        _ if named(of).ends_with("address") => format!("{}es", named(of)),
        _ => format!("{}s", named(of)),
    }
}

fn named(of: &ValueKind) -> String {
    match of.kind() {
        Kind::Bool => "true or false".to_owned(),
        Kind::Integer { .. } => "integer".to_owned(),
        Kind::Float => "number".to_owned(),
        Kind::Text if of.is_path() => "path".to_owned(),
        Kind::Text => "text".to_owned(),
        Kind::Duration => "duration".to_owned(),
        Kind::Bytes => "size".to_owned(),
        Kind::Parsed(what) if what.contains("URL") => "URL".to_owned(),
        Kind::Parsed(what) => without_article(what).to_owned(),
        Kind::Structure(keys) => format!("table with {}", list(keys)),
        Kind::Choice(names) => one_of(names),
        _ => "any value".to_owned(),
    }
}

fn without_article(words: &str) -> &str {
    let words = words.trim();
    ["a ", "an ", "the "].iter().find_map(|article| words.strip_prefix(article)).unwrap_or(words)
}

/// Text between the marks of code, whatever is in it: as Markdown has it, more marks than it has itself.
pub(crate) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{blank}{}{blank}{marks}", clean(text))
}

/// Words as a sentence: with a capital at its beginning, and a full stop.
pub(crate) fn sentence(words: &str) -> String {
    let words = clean(words);
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// Names in quotation marks, one after the other.
fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The limits of an integer's type; those of 64 bits and more nobody meets.
fn type_limits(kind: &ValueKind) -> Option<String> {
    match *kind.kind() {
        Kind::Integer { min, max } if max <= u128::from(u32::MAX) => Some(format!("from {min} to {max}")),
        Kind::Integer { min, .. } if min >= 0 => Some(format!("at least {min}")),
        _ => None,
    }
}

/// A rule, with when it holds; nothing for what is told elsewhere.
fn rule_words(rule: &Rule, unit: &str) -> Option<String> {
    let words = match (rule.message(), asked(rule, unit)) {
        (_, None) => return None,
        (Some(message), Some(_)) if !message.contains('{') => message.to_owned(),
        (_, Some(words)) => words,
    };
    let mut asides = Vec::new();
    asides
        .extend((!rule.profiles().is_empty()).then(|| format!("in profile {}", rule.profiles().join(", "))));
    asides.extend(rule.when().map(|when| format!("when {}", when.source())));
    asides.extend(rule.warns().then(|| "else a warning".to_owned()));
    Some(if asides.is_empty() { words } else { format!("{words} ({})", asides.join("; ")) })
}

fn asked(rule: &Rule, unit: &str) -> Option<String> {
    Some(match *rule.kind() {
        RuleKind::Range { min, max, exclusive_min, exclusive_max } => {
            let [min, max] = [min, max].map(|limit| limit.map(limit_text));
            range_words([min.as_deref(), max.as_deref()], [exclusive_min, exclusive_max])
        }
        RuleKind::Length { min, max, equal } => format!("{} {unit}", length_words(min, max, equal)?),
        RuleKind::NonEmpty => "not empty".to_owned(),
        RuleKind::OneOf(allowed) => one_of(allowed),
        RuleKind::Email => "an e-mail address".to_owned(),
        RuleKind::Url => "a URL".to_owned(),
        RuleKind::Ip => "an IP address".to_owned(),
        RuleKind::Ipv4 => "an IPv4 address".to_owned(),
        RuleKind::Ipv6 => "an IPv6 address".to_owned(),
        RuleKind::CreditCard => "the number of a credit card".to_owned(),
        RuleKind::NonControlCharacter => "no control characters".to_owned(),
        RuleKind::Regex(pattern) => format!("matches {}", code(pattern)),
        RuleKind::RegexAt(place) => format!("matches the pattern `{place}`"),
        RuleKind::Contains(part) => format!("contains {}", code(part)),
        RuleKind::DoesNotContain(part) => format!("does not contain {}", code(part)),
        RuleKind::MustMatch(field) => format!("equal to `{field}`"),
        RuleKind::Each(rules) => format!("each: {}", inner(rules)?),
        RuleKind::Keys(rules) => format!("keys: {}", inner(rules)?),
        RuleKind::Requires(fields) => format!("only with {}", list(fields)),
        RuleKind::ConflictsWith(fields) => format!("not with {}", list(fields)),
        RuleKind::JsonSchema(schema) => format!("as the JSON Schema `{schema}` says"),
        RuleKind::Closure(_) | RuleKind::Custom(_) | RuleKind::CustomAsync(_) | RuleKind::CheckWith(_) => {
            rule.message()?.to_owned()
        }
        _ => return None,
    })
}

/// A limit is an expression of Rust; those of spans of time are told as they are written in settings.
fn limit_text(source: &str) -> String {
    let source: String = source.split_whitespace().collect();
    let span = source.rsplit("Duration::from_").next().and_then(|call| call.strip_suffix(')'));
    let span = span.filter(|_| source.contains("Duration::from_")).and_then(|call| call.split_once('('));
    let units = [("secs", "s"), ("millis", "ms"), ("micros", "us"), ("mins", "m"), ("hours", "h")];
    let found = span.and_then(|(unit, count)| {
        units.iter().find(|(own, _)| *own == unit).map(|(_, short)| format!("{count}{short}"))
    });
    found.unwrap_or(source)
}

fn inner(rules: &[Rule]) -> Option<String> {
    let words: Vec<String> = rules.iter().filter_map(|rule| rule_words(rule, "characters")).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// When a rule asks for a value that may be absent.
fn needed(rule: &Rule) -> Option<String> {
    let words = match *rule.kind() {
        RuleKind::Required => "required".to_owned(),
        RuleKind::RequiredIf { field, value } => format!("required if `{field}` is {value}"),
        RuleKind::RequiredUnless { field, value } => format!("required unless `{field}` is {value}"),
        RuleKind::RequiredWith(fields) => format!("required with {}", list(fields)),
        _ => return None,
    };
    match rule.profiles() {
        [] => Some(words),
        profiles => Some(format!("{words} in profile {}", profiles.join(", "))),
    }
}

fn check(check: &Check) -> String {
    let rule = check.rule();
    let fields = list(check.fields());
    match (rule.message(), rule.kind()) {
        (Some(message), _) => message.to_owned(),
        (None, RuleKind::ExactlyOneOf) => format!("exactly one of {fields} has to be given"),
        (None, RuleKind::AtLeastOneOf) => format!("at least one of {fields} has to be given"),
        (None, RuleKind::AtMostOneOf) => format!("at most one of {fields} may be given"),
        (None, RuleKind::Check(source)) => format!("`{source}`"),
        (None, kind) => format!("{} over {fields}", kind.as_str()),
    }
}
