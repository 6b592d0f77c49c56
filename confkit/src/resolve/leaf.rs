//! Values that serde reads: found, read, defaulted or missed.

use std::fmt::Display;

use confkit_sources::NodeKind;
use confkit_sources::declared::{Content, Field, FieldDefault, Kind};
use serde::de::DeserializeOwned;

use super::error::{Found, Inner, Issue, What, article, kind_words, one_of, shortened};
use super::merge::Merged;
use super::{At, Cx, De, Draft, Error, PlaceOf, Ref, Scope, kind_of};
use crate::report::{Code, nearest};

/// A type that serde reads as one value; every owned one does.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read as a value",
    label = "this type does not implement serde's `Deserialize`",
    note = "what derives `Config`, and containers of it such as `Lenient`, is marked `#[config(nested)]`",
    note = "for anything else derive `serde::Deserialize`, or name a function with `parse` or `with`"
)]
pub trait Leaf: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Leaf for T {}

impl<'a> Cx<'a> {
    /// Reads a value. Literal defaults, `Option` and `required(profile)` are in the metadata.
    pub fn leaf<T: Leaf>(&mut self, scope: &Scope, index: usize) -> Option<T> {
        match self.offered(scope, index, read::<T>) {
            Offer::Value(value) => Some(value),
            Offer::Failed => None,
            Offer::Nothing => self.fallback(scope, index, read::<T>),
        }
    }

    /// Reads a value that has a default which is an expression.
    pub fn leaf_or<T: Leaf>(
        &mut self,
        scope: &Scope,
        index: usize,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        match self.offered(scope, index, read::<T>) {
            Offer::Value(value) => Some(value),
            Offer::Failed => None,
            Offer::Nothing if scope.broken || self.is_required(scope, index) => None,
            Offer::Nothing => {
                self.note_default(scope.field(index));
                Some(default())
            }
        }
    }

    /// Reads a value through a function of the user's.
    pub fn leaf_with<T>(
        &mut self,
        scope: &Scope,
        index: usize,
        read: impl Fn(De<'_>) -> Result<T, Error>,
        default: Option<fn() -> T>,
    ) -> Option<T> {
        match self.offered(scope, index, &read) {
            Offer::Value(value) => Some(value),
            Offer::Failed => None,
            Offer::Nothing => match default {
                Some(_) if self.is_required(scope, index) => None,
                Some(default) => {
                    self.note_default(scope.field(index));
                    Some(default())
                }
                None => self.fallback(scope, index, read),
            },
        }
    }

    /// Reads text through a function of the user's.
    pub fn leaf_parse<T, E: Display>(
        &mut self,
        scope: &Scope,
        index: usize,
        parse: impl Fn(&str) -> Result<T, E>,
        default: Option<fn() -> T>,
    ) -> Option<T> {
        let read = |de: De<'_>| match de.as_text() {
            Some(text) => parse(text).map_err(|error| de.placed(serde::de::Error::custom(error))),
            None => Err(de.mismatch(Kind::Text)),
        };
        self.leaf_with(scope, index, read, default)
    }

    /// Reads a map from the keys that no field takes.
    pub fn rest<T: Leaf>(&mut self, scope: &Scope, index: usize) -> Option<T> {
        if scope.broken {
            return None;
        }
        let entries: Vec<Ref> = self.candidates(self.slot(scope, index)).collect();
        match T::deserialize(De::entries(&self.shared, &entries)) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(None, scope.field(index).may_hold_secret(), error);
                None
            }
        }
    }

    /// Reads the topmost candidate that says something.
    #[inline]
    fn offered<T>(
        &mut self,
        scope: &Scope,
        index: usize,
        read: impl Fn(De<'_>) -> Result<T, Error>,
    ) -> Offer<T> {
        let mut at = self.slot(scope, index);
        let field = scope.field(index);
        if let (Some(merge), false) = (field.merge(), at.is_none()) {
            match self.merged(scope, index, merge) {
                Merged::Usual => {}
                Merged::Only(topmost) => at = topmost,
                Merged::Failed => return Offer::Failed,
                Merged::List { parts, elements, complete } => {
                    let reads = self.reads();
                    let result = read(De::elements(&self.shared, &elements, field.env_delimiter()));
                    return match result {
                        Ok(value) => {
                            self.merged_well(field, reads, &parts);
                            if complete { Offer::Value(value) } else { Offer::Failed }
                        }
                        Err(error) => {
                            self.hide_buffered(reads, &parts);
                            let top = parts.first().copied();
                            let error = if complete { error } else { error.of_parts() };
                            self.fail(Some(field), field.secret, error.placed(top, || None));
                            Offer::Failed
                        }
                    };
                }
            }
        }
        while let Some(node) = self.first(at) {
            let below = self.next(at);
            let kind = self.shared.node(node).kind();
            if kind == NodeKind::Null && self.is_required(scope, index) {
                return Offer::Failed;
            }
            // Secrets of other crates do not announce themselves; the field says so for them.
            if field.secret && self.shared.node(node).text() == crate::secret::MASK {
                let de = De::node(&self.shared, node, field.env_delimiter());
                let error = de.placed(Error::mask());
                self.fail(Some(field), true, error);
                return Offer::Failed;
            }
            let reads = self.reads();
            let whole = below.is_none()
                || match kind {
                    NodeKind::Table => self.is_list_of_one(node, field),
                    _ => !self.is_mixed(node, below) || is_choice(field),
                };
            let alone = whole && !(kind == NodeKind::Text && self.is_map_over(field, below));
            let result = if alone {
                read(De::node(&self.shared, node, field.env_delimiter()))
            } else {
                match self.over(at, node, field) {
                    Ok(tables) => read(De::tables(&self.shared, &tables, field.env_delimiter())),
                    Err((upper, lower)) => {
                        self.mixed(self.field_path(field), upper, lower);
                        return Offer::Failed;
                    }
                }
            };
            self.hide_buffered(reads, &[node]);
            match result {
                Ok(value) => {
                    if field.secret {
                        self.shared.secrets.borrow_mut().push(node);
                    }
                    if !self.shared.unknown.borrow().is_empty() {
                        self.take_unknown(&self.field_path(field));
                    }
                    return Offer::Value(value);
                }
                Err(error) if error.is_empty() => at = below,
                Err(error) => {
                    self.fail(Some(field), field.secret, error.placed(Some(node), || None));
                    return Offer::Failed;
                }
            }
        }
        Offer::Nothing
    }

    /// How many secrets were read, and how many said so.
    #[inline]
    fn reads(&self) -> (u64, u64) {
        (crate::secret::reads(), self.shared.announced())
    }

    /// Where a buffer stood between, which part is secret cannot be told, so all of it is.
    #[inline]
    fn hide_buffered(&self, (reads, announced): (u64, u64), nodes: &[Ref]) {
        if crate::secret::reads() != reads
            && crate::secret::reads().wrapping_sub(reads) > self.shared.announced().saturating_sub(announced)
        {
            self.shared.secrets.borrow_mut().extend(nodes);
        }
    }

    /// What is left to do once layers were read as one list.
    #[cold]
    fn merged_well(&mut self, field: &'static Field, reads: (u64, u64), parts: &[Ref]) {
        self.hide_buffered(reads, parts);
        if field.secret {
            self.shared.secrets.borrow_mut().extend(parts);
        }
        if !self.shared.unknown.borrow().is_empty() {
            self.take_unknown(&self.field_path(field));
        }
    }

    /// Whether a table is all of a list, as HCL writes one of one element.
    #[cold]
    fn is_list_of_one(&self, node: Ref, field: &Field) -> bool {
        let is_list = || matches!(field.content(), Content::Value(kind) if *kind().kind() == Kind::List);
        self.shared.node(node).is_block() && is_list()
    }

    /// Whether a single value stands over a table.
    fn is_mixed(&self, upper: Ref, below: At) -> bool {
        let single =
            !matches!(self.shared.node(upper).kind(), NodeKind::Null | NodeKind::Text | NodeKind::Array);
        single && self.first(below).is_some_and(|lower| self.shared.node(lower).kind() == NodeKind::Table)
    }

    /// Whether text is a table that combines with one below it, which may be text too.
    #[cold]
    fn is_map_over(&self, field: &Field, below: At) -> bool {
        let is_blank = |at: &Ref| {
            let node = self.shared.node(*at);
            node.kind() == NodeKind::Text && node.text().trim().is_empty()
        };
        let lower = self.candidates(below).find(|at| !is_blank(at));
        let is_table = |at| matches!(self.shared.node(at).kind(), NodeKind::Table | NodeKind::Text);
        lower.is_some_and(is_table) && is_map(field)
    }

    /// The tables that are read as one, topmost first; or one of them, and what it stands over and cannot.
    fn over(&self, at: At, top: Ref, field: &Field) -> Result<Vec<Ref>, (Ref, Ref)> {
        let (choice, map) = (is_choice(field), is_map(field));
        if !matches!(self.shared.node(top).kind(), NodeKind::Table | NodeKind::Text) {
            return Err((top, self.candidates(at).nth(1).unwrap_or(top)));
        }
        let (mut tables, mut table) = (Vec::new(), None);
        for node in self.candidates(at) {
            match self.shared.node(node).kind() {
                NodeKind::Table => {
                    table = table.or(Some(node));
                    tables.push(node);
                }
                NodeKind::Array if self.shared.is_patch(top) => {
                    tables.push(node);
                    break;
                }
                // Elements and entries stand over a value that one variable gives as a whole.
                NodeKind::Text if map && !self.shared.node(node).text().trim().is_empty() => {
                    tables.push(node);
                }
                NodeKind::Text if map => {}
                NodeKind::Text if !tables.is_empty() => {
                    tables.push(node);
                    break;
                }
                // Nothing below an explicit nothing counts.
                NodeKind::Null | NodeKind::Text => break,
                _ if choice => break,
                _ => match table {
                    Some(table) => return Err((table, node)),
                    // Texts replace what is no table.
                    None => break,
                },
            }
        }
        Ok(tables)
    }

    /// The literal default, or what the type makes of nothing.
    fn fallback<T>(
        &mut self,
        scope: &Scope,
        index: usize,
        read: impl Fn(De<'_>) -> Result<T, Error>,
    ) -> Option<T> {
        let field = scope.field(index);
        if scope.broken || self.is_required(scope, index) {
            return None;
        }
        let result = match field.default() {
            FieldDefault::Text(text) => read(De::text(text, field.env_delimiter())),
            FieldDefault::List(texts) => read(De::texts(texts)),
            _ => read(De::absent()),
        };
        match result {
            Ok(value) => {
                // Other literals are in the program for everyone to read.
                if self.secret > 0 {
                    self.note_default(field);
                }
                return Some(value);
            }
            Err(error) if error.is_absent() => self.missing(field, None, ""),
            Err(error) => self.bad_default(field, error),
        }
        None
    }

    /// Whether the profile asks for a value that no layer has; tells it then.
    pub(super) fn is_required(&mut self, scope: &Scope, index: usize) -> bool {
        let field = scope.field(index);
        if field.required_profiles().is_empty() || !field.required_profiles().contains(&self.terms.profile) {
            return false;
        }
        if !scope.broken {
            let profile = self.terms.profile;
            self.missing(field, Some("required"), &format!(" in profile {profile}"));
        }
        true
    }

    #[cold]
    fn bad_default(&mut self, field: &'static Field, error: Error) {
        let path = self.field_path(field);
        for issue in error.into_issues() {
            let secret = issue.secret || field.secret;
            let what = issue_words(&issue, &path, secret).1;
            let message = format!("the declared default of {path} is not valid: {what}");
            let help = format!("correct the default of `{}` in the declaration", field.name());
            self.push(Draft::new(Code::Declaration, path.clone(), message).help(help));
        }
    }

    /// Tells what serde did not like.
    #[cold]
    pub(super) fn fail(&mut self, field: Option<&'static Field>, secret: bool, error: Error) {
        let outer = field.map_or_else(|| self.path_text(), |field| self.field_path(field));
        // Where a value has secrets inside, what stands in the wrong place may be one of them.
        let secret = secret || self.secret > 0 || field.is_some_and(Field::may_hold_secret);
        for issue in error.into_issues() {
            let draft = self.draft(&outer, issue, secret);
            self.push(draft);
        }
        self.take_unknown(&outer);
    }

    fn draft(&self, outer: &str, issue: Issue, secret: bool) -> Draft {
        // Keys are no secrets; only values are.
        let secret = (secret && !issue.key)
            || issue.secret
            || issue.at.is_some_and(|at| self.shared.secrets.borrow().contains(&at));
        let mut path = outer.to_owned();
        for step in issue.path.iter().rev() {
            match step {
                Inner::Key(key) => confkit_sources::path::push_key(&mut path, key),
                Inner::Index(index) => confkit_sources::path::push_index(&mut path, *index),
            }
        }
        if let What::MissingField(field) = &issue.what {
            let table = path.clone();
            confkit_sources::path::push_key(&mut path, field);
            let message = format!("{path} is required");
            let mut draft = Draft::new(Code::Missing, path, message);
            draft.place = issue.at.map(PlaceOf::Key);
            // In a list that layers make together an element has another position than in its file.
            let node = issue.at.map(|at| self.shared.node(at)).filter(|node| node.kind() == NodeKind::Table);
            let own = node.filter(|node| node.span().is_some()).and_then(super::path_of);
            return draft.help(format!("add `{field}` to `{}`", own.unwrap_or(table)));
        }
        if let (What::Mixed(lower), Some(upper)) = (&issue.what, issue.at) {
            return self.mixed_draft(path, upper, *lower);
        }
        let (code, message) = issue_words(&issue, &path, secret);
        let mut draft = Draft::new(code, path, message);
        draft.place = issue.at.map(if issue.key { PlaceOf::Key } else { PlaceOf::Value });
        draft.secret = secret;
        if let (What::Kind(kind), Some(at), false) = (&issue.what, issue.at, secret || issue.key) {
            draft.help = super::hint::on_plain_scalar(self.shared.node(at), kind);
        }
        if let What::UnknownVariant(variant, expected) = &issue.what
            && !secret
        {
            draft.suggestion = nearest(variant, expected.iter().map(String::as_str)).map(str::to_owned);
        }
        draft
    }
}

/// Whether a value is one of several variants: then the topmost layer alone says which.
#[cold]
fn is_choice(field: &Field) -> bool {
    matches!(field.content(), Content::Value(kind) if matches!(kind().kind(), Kind::Choice(_)))
}

/// Whether a value is a table in whatever form it is given.
#[cold]
fn is_map(field: &Field) -> bool {
    matches!(field.content(), Content::Value(kind) if *kind().kind() == Kind::Map)
}

enum Offer<T> {
    Value(T),
    /// A candidate was there and could not be read, which has been told.
    Failed,
    Nothing,
}

fn read<T: DeserializeOwned>(de: De<'_>) -> Result<T, Error> {
    T::deserialize(de).map_err(|error| error.refined(|| kind_of::<T>().kind))
}

/// What an issue is, and the sentence that tells it.
fn issue_words(issue: &Issue, path: &str, secret: bool) -> (Code, String) {
    let found = issue.found.as_ref().map(|found| found.words(secret));
    let not = found.map(|found| format!(", not {found}")).unwrap_or_default();
    match &issue.what {
        What::Kind(kind) => {
            let is = |what: fn(&Found) -> bool| issue.found.as_ref().is_some_and(what);
            let why = match kind {
                Kind::Duration if is(Found::is_number) => ": a number alone does not tell its unit",
                Kind::Float if !secret && is(Found::is_huge) => ": it is too large for the setting's type",
                _ => "",
            };
            let subject = if issue.map_key { "the key of " } else { "" };
            (Code::Type, format!("{subject}{path} must be {}{not}{why}", kind_words(kind)))
        }
        What::Expected(words) => (Code::Type, format!("{path} must be {}{not}", article(words))),
        What::UnknownVariant(_, expected) => {
            let subject = if issue.map_key { "the key of " } else { "" };
            (Code::UnknownVariant, format!("{subject}{path} must be {}{not}", one_of(expected)))
        }
        What::Length(words) => (Code::Invalid, format!("{path} {words}")),
        What::DuplicateField(_) if secret => (Code::Duplicate, format!("{path} has a key twice")),
        What::DuplicateField(field) => (Code::Duplicate, format!("{path} has `{field}` twice")),
        What::Mask => {
            (Code::Invalid, format!("{path} is `[redacted]`, which is the mask of a secret and not a value"))
        }
        What::Custom(_) if secret => {
            (Code::Invalid, format!("{path} is not valid; its value and what is wrong with it are not shown"))
        }
        What::Custom(words) => (Code::Invalid, format!("{path} is not valid: {}", shortened_words(words))),
        What::MissingField(field) => (Code::Missing, format!("{path}.{field} is required")),
        What::Mixed(_) => {
            (Code::Conflict, format!("{path} is a table in one layer and a single value in another"))
        }
        What::Empty | What::Absent | What::Probed => (Code::Missing, format!("{path} is required")),
    }
}

fn shortened_words(words: &str) -> String {
    if words.len() > 400 { shortened(words) } else { words.to_owned() }
}
