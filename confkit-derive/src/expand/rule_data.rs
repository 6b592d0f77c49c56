//! Rules as data.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;

use super::rules::is_text;
use super::{checks, source};
use crate::model::{Field, Limit, Names, Regex, Rule, RuleKind, Schema, Section, Terms};
use crate::parse::literal;

/// Describes the rules of a field.
pub(super) fn metadata(section: &Section, field: &Field) -> Option<TokenStream> {
    let list = |rules: &[Rule]| {
        let rules = rules.iter().map(|rule| describe(section, rule));
        quote!(&[#(#rules),*])
    };
    let rules = (!field.rules.is_empty()).then(|| {
        let rules = list(&field.rules);
        quote!(rules: #rules,)
    });
    let refinements = (!field.refinements.is_empty()).then(|| {
        let refinements = field.refinements.iter().map(|refinement| {
            let (names, rules) = (dotted(&refinement.names), list(&refinement.rules));
            quote!(__confkit::Refinement { field: #names, rules: #rules })
        });
        quote!(refinements: &[#(#refinements),*],)
    });
    (rules.is_some() || refinements.is_some()).then(|| quote!(#rules #refinements))
}

fn describe(section: &Section, rule: &Rule) -> TokenStream {
    of_kind(section, &kind(section, &rule.kind), &rule.terms)
}

/// Describes a rule of a kind with its terms.
pub(super) fn of_kind(section: &Section, kind: &TokenStream, terms: &Terms) -> TokenStream {
    let message = terms.message.as_ref().map(|message| {
        let message = &message.value;
        quote!(message: ::core::option::Option::Some(#message),)
    });
    let code = terms.code.as_ref().map(|code| {
        let code = &code.value;
        quote!(code: ::core::option::Option::Some(#code),)
    });
    let when = terms.when.as_ref().map(|when| {
        let (source, fields) = (crate::text::of(when.value.clone()), checks::names(section, &when.value));
        let condition = quote!(__confkit::Condition { source: #source, fields: &[#(#fields),*] });
        quote!(when: ::core::option::Option::Some(&#condition),)
    });
    let profiles = (!terms.profiles.is_empty()).then(|| {
        let profiles = terms.profiles.iter().map(|profile| &profile.value);
        quote!(profiles: &[#(#profiles),*],)
    });
    let warns = terms.warn.then(|| quote!(warns: true,));
    quote! {
        __confkit::Rule {
            kind: __confkit::RuleKind::#kind, #message #code #when #profiles #warns ..__confkit::Rule::EMPTY
        }
    }
}

fn kind(section: &Section, kind: &RuleKind) -> TokenStream {
    let one = |field: &Ident| field.unraw().to_string();
    let many = |fields: &[Ident]| {
        let fields = fields.iter().map(one);
        quote!(&[#(#fields),*])
    };
    match kind {
        RuleKind::Range { min, max } => {
            let text = |limit: &Option<Limit>| some(limit.as_ref().map(|limit| source(&limit.value)));
            let exclusive = |limit: &Option<Limit>| limit.as_ref().is_some_and(|limit| limit.exclusive);
            let (min_text, max_text) = (text(min), text(max));
            let (min, max) = (exclusive(min), exclusive(max));
            quote!(Range { min: #min_text, max: #max_text, exclusive_min: #min, exclusive_max: #max })
        }
        RuleKind::Length { min, max, equal } => {
            let [min, max, equal] = [min, max, equal].map(|limit| some(limit.as_ref().map(source)));
            quote!(Length { min: #min, max: #max, equal: #equal })
        }
        RuleKind::NonEmpty => quote!(NonEmpty),
        RuleKind::OneOf(values) => {
            let values = values.iter().map(|value| literal(value).unwrap_or_else(|| source(value)));
            quote!(OneOf(&[#(#values),*]))
        }
        RuleKind::Meaning(meaning) => {
            let kind = Ident::new(meaning.kind, Span::call_site());
            quote!(#kind)
        }
        RuleKind::Regex(Regex::Text(text)) => quote!(Regex(#text)),
        RuleKind::Regex(Regex::At(expr)) => {
            let source = source(expr);
            quote!(RegexAt(#source))
        }
        RuleKind::Contains(part) => quote!(Contains(#part)),
        RuleKind::DoesNotContain(part) => quote!(DoesNotContain(#part)),
        RuleKind::MustMatch(other) => {
            let other = one(other);
            quote!(MustMatch(#other))
        }
        RuleKind::Each(rules) | RuleKind::Keys(rules) => {
            let inner = rules.iter().map(|rule| describe(section, rule));
            let kind = if matches!(kind, RuleKind::Each(_)) { quote!(Each) } else { quote!(Keys) };
            quote!(#kind(&[#(#inner),*]))
        }
        RuleKind::Inline(test) => {
            let source = source(test);
            quote!(Closure(#source))
        }
        RuleKind::Custom { path, .. } => {
            let path = crate::text::of(quote!(#path));
            quote!(Custom(#path))
        }
        RuleKind::CustomAsync(path) => {
            let path = crate::text::of(quote!(#path));
            quote!(CustomAsync(#path))
        }
        RuleKind::JsonSchema(schema) => {
            let name = schema_name(schema);
            quote!(JsonSchema(#name))
        }
        RuleKind::Validator => quote!(Validator),
        RuleKind::Required => quote!(Required),
        RuleKind::RequiredIf { field, value } | RuleKind::RequiredUnless { field, value } => {
            let (field, value) = (one(field), source(value));
            let unless = matches!(kind, RuleKind::RequiredUnless { .. });
            let kind = if unless { quote!(RequiredUnless) } else { quote!(RequiredIf) };
            quote!(#kind { field: #field, value: #value })
        }
        RuleKind::RequiredWith(fields) => {
            let fields = many(fields);
            quote!(RequiredWith(#fields))
        }
        RuleKind::Requires(fields) => {
            let fields = many(fields);
            quote!(Requires(#fields))
        }
        RuleKind::ConflictsWith(fields) => {
            let fields = many(fields);
            quote!(ConflictsWith(#fields))
        }
    }
}

/// Writes names with dots between.
pub(super) fn dotted(names: &Names) -> String {
    names.iter().map(|name| name.unraw().to_string()).collect::<Vec<_>>().join(".")
}

pub(super) fn some(value: Option<impl quote::ToTokens>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

/// Returns the name under which a schema is told.
pub(super) fn schema_name(schema: &Schema) -> String {
    match schema {
        Schema::File(file) => file.value(),
        Schema::Text(text) if is_text(text) => String::new(),
        Schema::Text(text) => source(text),
    }
}
