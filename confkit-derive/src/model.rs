//! What a declaration means, once read: the input of the checks and of the expansion.

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Generics, Ident, LitStr, Path, Type, WherePredicate};

/// Something with the place it was written at.
#[derive(Debug, Clone)]
pub(crate) struct At<T> {
    pub(crate) span: Span,
    pub(crate) value: T,
}

impl<T> At<T> {
    pub(crate) fn new(span: Span, value: T) -> Self {
        Self { span, value }
    }
}

/// A whole derive input.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    /// The path of the `confkit` crate.
    pub(crate) krate: Path,
    pub(crate) docs: String,
    /// Replaces all bounds that the derive would find.
    pub(crate) bound: Option<Vec<WherePredicate>>,
    pub(crate) body: Body,
}

/// The kinds of type that can be declared.
#[derive(Debug)]
pub(crate) enum Body {
    /// A struct with named fields.
    Section(Section),
    /// A struct that is read as another type and converted.
    Converted(Conversion),
    /// A type around one value.
    Newtype(Box<Newtype>),
    /// An enum without data.
    Choice(Choice),
    /// An enum with data.
    Tagged(Tagged),
}

/// A struct with named fields.
#[derive(Debug, std::default::Default)]
pub(crate) struct Section {
    /// What its rules know besides the settings.
    pub(crate) context: Option<Type>,
    pub(crate) loading: Loading,
    pub(crate) unknown_keys: Option<Unknown>,
    /// Where it is written that other spellings of keys are accepted.
    pub(crate) relaxed_keys: Option<Span>,
    /// Where absent fields are taken from.
    pub(crate) base: Option<Base>,
    pub(crate) checks: Vec<Check>,
    pub(crate) fields: Vec<Field>,
}

/// Where a type says its values come from.
#[derive(Debug, std::default::Default)]
pub(crate) struct Loading {
    pub(crate) env_prefix: Option<At<String>>,
    pub(crate) files: Vec<DeclaredFile>,
    pub(crate) secrets_dirs: Vec<At<String>>,
    pub(crate) dotenv: Vec<At<String>>,
    pub(crate) profile_env: Option<At<String>>,
    pub(crate) profiles: Vec<At<String>>,
    pub(crate) args: bool,
    /// Boxed, since few types have one.
    pub(crate) versions: Box<Versions>,
}

/// The version of files that is read, and the way to it.
#[derive(Debug, std::default::Default)]
pub(crate) struct Versions {
    pub(crate) version: Option<u32>,
    pub(crate) key: Option<At<String>>,
    pub(crate) migrations: Option<At<Path>>,
}

impl Versions {
    /// The key under which a file says its version.
    pub(crate) fn key(&self) -> &str {
        self.key.as_ref().map_or("version", |key| &key.value)
    }
}

/// A file that is part of the declaration.
#[derive(Debug)]
pub(crate) struct DeclaredFile {
    pub(crate) path: At<String>,
    pub(crate) required: bool,
    pub(crate) directory: bool,
}

/// What happens to unknown keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    Deny,
    Warn,
    Allow,
}

/// A whole value that absent fields are taken from.
#[derive(Debug)]
pub(crate) enum Base {
    /// `Default::default()`.
    Default,
    /// The result of a function.
    Function(Path),
}

/// A rule over several fields.
#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) span: Span,
    pub(crate) kind: CheckKind,
    pub(crate) terms: Terms,
}

/// What a rule over several fields asks for.
#[derive(Debug)]
pub(crate) enum CheckKind {
    /// An expression over `self` is true.
    Expression(TokenStream),
    /// A function finds nothing wrong; the fields are those that it is about.
    Function { path: Path, fields: Vec<Names>, context: bool },
    /// The whole value fulfils a JSON Schema.
    Schema(Schema),
    /// So many of the fields are given.
    Group { which: Group, fields: Vec<Ident> },
}

/// How many fields of a group are given: one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Exactly,
    AtLeast,
    AtMost,
}

impl Group {
    /// Returns the key.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Exactly => "exactly_one_of",
            Self::AtLeast => "at_least_one_of",
            Self::AtMost => "at_most_one_of",
        }
    }
}

/// The names of a field and of one inside it, as in `pool.min`.
pub(crate) type Names = Vec<Ident>;

/// What is written about a rule beside what it asks for.
#[derive(Debug, std::default::Default)]
pub(crate) struct Terms {
    pub(crate) message: Option<At<String>>,
    pub(crate) code: Option<At<String>>,
    pub(crate) when: Option<At<TokenStream>>,
    pub(crate) profiles: Vec<At<String>>,
    pub(crate) warn: bool,
}

/// One field of a section.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) ident: Ident,
    /// The Rust name without `r#`.
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) docs: String,
    pub(crate) key: At<String>,
    pub(crate) aliases: Vec<At<String>>,
    /// The keys that it had before.
    pub(crate) renamed_from: Vec<At<String>>,
    /// What is said to whoever sets it, if it is deprecated.
    pub(crate) deprecated: Option<String>,
    pub(crate) content: Content,
    pub(crate) default: Option<At<Default>>,
    pub(crate) env: At<Env>,
    pub(crate) env_segment: String,
    pub(crate) env_aliases: Vec<At<String>>,
    /// Whether `nested` gives the segment, whatever the key.
    pub(crate) env_segment_written: bool,
    pub(crate) env_delimiter: Option<char>,
    pub(crate) arg: Arg,
    pub(crate) secret: Option<Secret>,
    pub(crate) required_profiles: Vec<At<String>>,
    pub(crate) merge: Option<At<Merge>>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) refinements: Vec<Refinement>,
    pub(crate) example: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) hidden: bool,
    /// The `#[config(…)]` keys that were written, readable or not.
    pub(crate) written: Vec<At<&'static str>>,
}

impl Field {
    /// Returns where a key was written, if it was.
    pub(crate) fn wrote(&self, key: &str) -> Option<Span> {
        self.written.iter().find(|written| written.value == key).map(|written| written.span)
    }

    /// Returns every key that it answers to, the present one first.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &At<String>> {
        std::iter::once(&self.key).chain(&self.aliases).chain(&self.renamed_from)
    }

    /// Returns what the old keys are in variables, each with its place; empty where the name is that
    /// of the present key.
    pub(crate) fn env_formers(&self) -> Vec<At<String>> {
        let segment = |key: &At<String>| {
            let segment = crate::names::env_segment(&key.value);
            let is_new = !self.env_segment_written && segment != self.env_segment;
            At::new(key.span, if is_new { segment } else { String::new() })
        };
        self.renamed_from.iter().map(segment).collect()
    }

    /// Returns whether the value must never be shown, as far as the declaration tells.
    pub(crate) fn is_secret(&self) -> bool {
        self.secret.is_some() || crate::types::is_secret(&self.ty)
    }

    /// Returns the `T` of a field written `Option<T>`.
    pub(crate) fn optional(&self) -> Option<&Type> {
        crate::types::option(&self.ty)
    }

    /// Returns whether types that derive `Config` read the field.
    pub(crate) fn is_section(&self) -> bool {
        matches!(self.content, Content::Nested | Content::Flattened | Content::Rest { nested: true })
    }

    /// Returns whether the field has a key and a variable of its own.
    pub(crate) fn has_key(&self) -> bool {
        matches!(self.content, Content::Leaf(_) | Content::Nested)
    }
}

/// How layers come together.
#[derive(Debug)]
pub(crate) enum Merge {
    Replace,
    Append,
    Prepend,
    Unique,
    Deep,
    /// Tables in a list by the value of a key.
    Key(String),
    Function(Path),
}

impl Merge {
    /// Finds a way that is a word.
    pub(crate) fn find(word: &str) -> Option<Self> {
        let ways = [Self::Replace, Self::Append, Self::Prepend, Self::Unique, Self::Deep];
        ways.into_iter().find(|way| way.word() == word)
    }

    /// The words that there are.
    pub(crate) const WORDS: [&'static str; 5] = ["replace", "append", "prepend", "unique", "deep"];

    fn word(&self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Append => "append",
            Self::Prepend => "prepend",
            Self::Unique => "unique",
            Self::Deep => "deep",
            Self::Key(_) | Self::Function(_) => "",
        }
    }

    /// Returns how it is written.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Key(name) => format!("merge(key = \"{name}\")"),
            Self::Function(path) => format!("merge(with = {})", crate::text::of(quote::quote!(#path))),
            word => format!("merge = \"{}\"", word.word()),
        }
    }
}

/// What a field holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// A value read by serde, by a function over a deserializer or by one over text.
    Leaf(Reader),
    /// A type that derives `Config`, perhaps inside containers.
    Nested,
    /// A type that derives `Config`, whose keys stand beside this type's.
    Flattened,
    /// A map that takes all other keys; `nested` if its values derive `Config`.
    Rest { nested: bool },
    /// Nothing.
    Skipped,
}

/// How a leaf is read.
#[derive(Debug)]
pub(crate) enum Reader {
    Deserialize,
    With(Path),
    Parse(Path),
}

/// Where the value of an absent field comes from.
#[derive(Debug)]
pub(crate) enum Default {
    /// A literal, as text.
    Text(String),
    /// An array of literals, each as text.
    List(Vec<String>),
    /// `Default::default()` of the field's type.
    Bare,
    /// An expression.
    Expression(Box<Expr>),
    /// A function without arguments.
    Function(Path),
    /// The same field of the section's base.
    Base,
}

/// How the variable is named.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Env {
    Derived,
    Marked,
    Named(String),
    Skipped,
}

/// How the argument is named.
#[derive(Debug, std::default::Default)]
pub(crate) struct Arg {
    /// The whole name without dashes.
    pub(crate) long: Option<At<String>>,
    pub(crate) short: Option<At<char>>,
    /// Where it is written that there is none.
    pub(crate) skip: Option<Span>,
    /// Whether there is one although the value is secret.
    pub(crate) secret: bool,
}

impl Arg {
    /// Returns whether anything is written about the argument.
    pub(crate) fn is_written(&self) -> bool {
        self.long.is_some() || self.short.is_some() || self.skip.is_some() || self.secret
    }
}

/// That a value is declared secret.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Secret {
    pub(crate) span: Span,
    /// Whether its type may show it.
    pub(crate) plain: bool,
}

/// A rule on one field.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) span: Span,
    pub(crate) kind: RuleKind,
    pub(crate) terms: Terms,
}

/// What a rule asks for.
#[derive(Debug)]
pub(crate) enum RuleKind {
    Range {
        min: Option<Limit>,
        max: Option<Limit>,
    },
    Length {
        min: Option<Expr>,
        max: Option<Expr>,
        equal: Option<Expr>,
    },
    NonEmpty,
    OneOf(Vec<Expr>),
    /// A rule on what text means, without arguments.
    Meaning(Meaning),
    Regex(Regex),
    Contains(LitStr),
    DoesNotContain(LitStr),
    MustMatch(Ident),
    Each(Vec<Rule>),
    Keys(Vec<Rule>),
    Inline(Box<Expr>),
    Custom {
        path: Path,
        context: bool,
    },
    CustomAsync(Path),
    JsonSchema(Schema),
    Validator,
    Required,
    RequiredIf {
        field: Ident,
        value: Box<Expr>,
    },
    RequiredUnless {
        field: Ident,
        value: Box<Expr>,
    },
    RequiredWith(Vec<Ident>),
    Requires(Vec<Ident>),
    ConflictsWith(Vec<Ident>),
}

impl RuleKind {
    /// Returns the rule's name as it is written.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Range { .. } => "range",
            Self::Length { .. } => "length",
            Self::NonEmpty => "non_empty",
            Self::OneOf(_) => "one_of",
            Self::Meaning(meaning) => meaning.name,
            Self::Regex(_) => "regex",
            Self::Contains(_) => "contains",
            Self::DoesNotContain(_) => "does_not_contain",
            Self::MustMatch(_) => "must_match",
            Self::Each(_) => "each",
            Self::Keys(_) => "keys",
            Self::Inline(_) => "closure",
            Self::Custom { .. } => "custom",
            Self::CustomAsync(_) => "custom_async",
            Self::JsonSchema(_) => "json_schema",
            Self::Validator => "validator",
            Self::Required => "required",
            Self::RequiredIf { .. } => "required_if",
            Self::RequiredUnless { .. } => "required_unless",
            Self::RequiredWith(_) => "required_with",
            Self::Requires(_) => "requires",
            Self::ConflictsWith(_) => "conflicts_with",
        }
    }

    /// Returns whether the rule is about the field's presence and not about its value.
    pub(crate) fn is_about_presence(&self) -> bool {
        matches!(
            self,
            Self::Required
                | Self::RequiredIf { .. }
                | Self::RequiredUnless { .. }
                | Self::RequiredWith(_)
                | Self::Requires(_)
                | Self::ConflictsWith(_)
        )
    }

    /// Returns the other fields of the section that the rule names.
    pub(crate) fn others(&self) -> &[Ident] {
        match self {
            Self::MustMatch(field) | Self::RequiredIf { field, .. } | Self::RequiredUnless { field, .. } => {
                std::slice::from_ref(field)
            }
            Self::RequiredWith(fields) | Self::Requires(fields) | Self::ConflictsWith(fields) => fields,
            _ => &[],
        }
    }

    /// Returns the rules inside.
    pub(crate) fn inner(&self) -> &[Rule] {
        match self {
            Self::Each(rules) | Self::Keys(rules) => rules,
            _ => &[],
        }
    }
}

/// A rule on what text means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meaning {
    pub(crate) name: &'static str,
    /// Its name among the kinds of rules.
    pub(crate) kind: &'static str,
}

/// A regular expression.
#[derive(Debug)]
pub(crate) enum Regex {
    Text(LitStr),
    /// One that the program compiled.
    At(Box<Expr>),
}

/// A JSON Schema.
#[derive(Debug)]
pub(crate) enum Schema {
    /// In a file, whose path starts at the package.
    File(LitStr),
    /// A text, or the path of a constant that is one.
    Text(Box<Expr>),
}

/// Rules that a field adds to one inside it.
#[derive(Debug)]
pub(crate) struct Refinement {
    pub(crate) names: Names,
    pub(crate) rules: Vec<Rule>,
}

/// One end of a range.
#[derive(Debug)]
pub(crate) struct Limit {
    pub(crate) value: Expr,
    pub(crate) exclusive: bool,
}

/// A struct that is read as another type.
#[derive(Debug)]
pub(crate) struct Conversion {
    pub(crate) raw: Type,
    pub(crate) fallible: bool,
}

/// A type around one value.
#[derive(Debug)]
pub(crate) struct Newtype {
    /// The field's name, if it has one.
    pub(crate) field: Option<Ident>,
    pub(crate) ty: Type,
    pub(crate) nested: bool,
    pub(crate) secret: Option<Secret>,
    /// Whether the type inside is certainly as visible as the newtype.
    pub(crate) open: bool,
    pub(crate) conversion: Option<Conversion>,
}

/// An enum without data.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) variants: Vec<Variant>,
    pub(crate) conversion: Option<Conversion>,
}

/// An enum with data.
#[derive(Debug)]
pub(crate) struct Tagged {
    /// What the rules of all variants know besides the settings.
    pub(crate) context: Option<Type>,
    pub(crate) tagging: Tagging,
    pub(crate) unknown_keys: Option<Unknown>,
    /// Where it is written that other spellings of the keys of variants' fields are accepted.
    pub(crate) relaxed_keys: Option<Span>,
    pub(crate) variants: Vec<Variant>,
}

/// How a document names the variant.
#[derive(Debug)]
pub(crate) enum Tagging {
    External,
    Internal { tag: At<String> },
    Adjacent { tag: At<String>, content: At<String> },
    Untagged,
}

/// A variant of an enum.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) docs: String,
    pub(crate) holds: Holds,
    pub(crate) name: At<String>,
    pub(crate) aliases: Vec<At<String>>,
    /// Whether no name stands for it.
    pub(crate) skipped: bool,
    /// Whether it stands for every name that no other variant has.
    pub(crate) other: bool,
}

/// What a variant holds.
#[derive(Debug)]
pub(crate) enum Holds {
    Nothing,
    /// Named fields.
    Fields(Section),
    /// One value without a name: the only field, without a key.
    Value(Section),
}

impl Variant {
    /// Returns the part of variables' names that `nested(env_prefix = "…")` gives the one value.
    pub(crate) fn given_segment<'v>(&self, value: &'v Field) -> Option<&'v str> {
        let derived = crate::names::env_segment(&self.name.value);
        (value.env_segment != derived).then_some(value.env_segment.as_str())
    }
}
