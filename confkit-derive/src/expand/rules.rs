//! Calls of the rules on single fields.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Lit, Type};

use super::rule_data::{schema_name, some};
use super::{checks, expanded, local, number};
use crate::model::{Field, Regex, Rule, RuleKind, Schema, Section};
use crate::parse::bare;
use crate::types;

/// Calls the rules of a field, and those that it adds to fields inside.
pub(super) fn calls(section: &Section, index: usize, field: &Field) -> TokenStream {
    let (this, at) = (local("f", index), number(index));
    let rules = field.rules.iter().enumerate().map(|(rule, declared)| {
        let rule = number(rule);
        let inner = field.optional().map(|_| quote!(.and_then(::core::option::Option::as_ref)));
        let target = Target {
            section,
            on: quote!(__confkit_s.on(#at, #rule)),
            value: quote!(#this.as_ref()),
            inside: quote!(#this.as_ref() #inner),
            given: Some(given(index)),
            ty: Some(&field.ty),
        };
        target.call(declared)
    });
    let refined = field.refinements.iter().enumerate().flat_map(|(refinement, refined)| {
        let inner = field.optional().map(|_| quote!(.and_then(::core::option::Option::as_ref)));
        let names = &refined.names;
        let value = quote!(#this.as_ref() #inner .map(|__confkit_b| &__confkit_b #(.#names)*));
        let (at, refinement) = (at.clone(), number(refinement));
        refined.rules.iter().enumerate().map(move |(rule, declared)| {
            let rule = number(rule);
            let target = Target {
                section,
                on: quote!(__confkit_s.refined(#at, #refinement, #rule)),
                value: value.clone(),
                inside: value.clone(),
                given: None,
                ty: None,
            };
            target.call(declared)
        })
    });
    rules.chain(refined).collect()
}

/// What a rule is called on.
struct Target<'s> {
    section: &'s Section,
    /// The rule, for the runtime.
    on: TokenStream,
    /// The value, as an `Option` of a reference.
    value: TokenStream,
    /// The value without the `Option` that it is declared with.
    inside: TokenStream,
    /// Whether it is given.
    given: Option<TokenStream>,
    /// Its type, where that is known.
    ty: Option<&'s Type>,
}

impl Target<'_> {
    fn call(&self, rule: &Rule) -> TokenStream {
        // A type for which there is no such rule is reported where the rule is written.
        let span = expanded(rule.span);
        let Some(call) = self.method(rule) else { return TokenStream::new() };
        let call = quote_spanned!(span=> __confkit_cx.#call;);
        let call = match (&rule.kind, &self.section.context) {
            (kind, Some(context)) if uses_context(kind) => quote! {
                if let ::core::option::Option::Some(__confkit_c) = __confkit_cx.context::<#context>() { #call }
            },
            _ => call,
        };
        let on = &self.on;
        match &rule.terms.when {
            Some(when) => {
                let condition = checks::over_fields(self.section, &when.value, &|expr| expr);
                quote!(if __confkit_cx.when(#on, #condition) { #call })
            }
            None if !rule.terms.profiles.is_empty() => quote!(if __confkit_cx.in_profile(#on) { #call }),
            None => call,
        }
    }

    /// Writes the call of a rule's method.
    fn method(&self, rule: &Rule) -> Option<TokenStream> {
        let span = expanded(rule.span);
        let Self { section, on, .. } = self;
        let [value, inside] = [&self.value, &self.inside].map(|value| located_at(value, span));
        Some(match &rule.kind {
            RuleKind::Range { min, max } => {
                let [min, max] =
                    [min, max].map(|limit| some(limit.as_ref().map(|limit| limit_of(self.ty, &limit.value))));
                quote_spanned!(span=> range(#on, #value, #min, #max))
            }
            RuleKind::Length { min, max, equal } => {
                let [min, max, equal] = [min, max, equal].map(|limit| some(limit.as_ref()));
                quote_spanned!(span=> length(#on, #value, #min, #max, #equal))
            }
            RuleKind::NonEmpty => quote_spanned!(span=> non_empty(#on, #value)),
            RuleKind::OneOf(values) if values.iter().all(is_text) => {
                quote_spanned!(span=> one_of_texts(#on, #value, &[#(#values),*]))
            }
            RuleKind::OneOf(values) => {
                let values = values.iter().map(|value| limit_of(self.ty, value));
                quote_spanned!(span=> one_of(#on, #value, &[#(#values),*]))
            }
            RuleKind::Meaning(meaning) => {
                let method = Ident::new(meaning.name, span);
                quote_spanned!(span=> #method(#on, #value))
            }
            RuleKind::Regex(Regex::Text(text)) => quote_spanned!(span=> regex(#on, #value, {
                static __CONFKIT_PATTERN: __confkit::Pattern = __confkit::Pattern::new(#text);
                &__CONFKIT_PATTERN
            })),
            RuleKind::Regex(Regex::At(expr)) => quote_spanned!(span=> regex_at(#on, #value, &#expr)),
            RuleKind::Contains(part) => quote_spanned!(span=> contains(#on, #value, #part)),
            RuleKind::DoesNotContain(part) => quote_spanned!(span=> does_not_contain(#on, #value, #part)),
            RuleKind::MustMatch(other) => {
                let other = checks::position(section, other)?;
                let optional = section.fields[other].optional().is_some();
                let given = if optional {
                    quote!(::core::option::Option::as_ref)
                } else {
                    quote!(::core::option::Option::Some)
                };
                let (index, other) = (number(other), local("f", other));
                quote_spanned!(span=> must_match(#on, #inside, #index, #other.as_ref().map(#given)))
            }
            RuleKind::Each(rules) => {
                let calls = self.inner(rules, self.ty.and_then(element));
                quote_spanned!(span=> each(#on, #value, |__confkit_cx, __confkit_on, __confkit_e| { #calls }))
            }
            RuleKind::Keys(rules) => {
                let key = self.ty.and_then(|ty| types::arguments(types::value(ty)).first().copied());
                let calls = self.inner(rules, key);
                quote_spanned!(span=> keys(#on, #value, |__confkit_cx, __confkit_on, __confkit_e| { #calls }))
            }
            RuleKind::Inline(test) if closure_parameters(test) == 2 => {
                quote_spanned!(span=> holds_with(#on, #inside, __confkit_c, #test))
            }
            RuleKind::Inline(test) => quote_spanned!(span=> holds(#on, #inside, #test)),
            RuleKind::Custom { path, context: true } => {
                let test = quote!(|__confkit_v| #path(__confkit_v, __confkit_c));
                quote_spanned!(span=> custom(#on, #inside, #test))
            }
            RuleKind::Custom { path, .. } => {
                quote_spanned!(span=> custom(#on, #inside, |__confkit_v| #path(__confkit_v)))
            }
            RuleKind::CustomAsync(path) => {
                quote_spanned!(span=> custom_async(#on, #inside, |__confkit_v| #path(__confkit_v)))
            }
            RuleKind::JsonSchema(schema) => {
                let schema = self::schema(schema);
                quote_spanned!(span=> json_schema(#on, #inside.is_some(), #schema))
            }
            // validator counts the entries of maps; here they keep their keys.
            RuleKind::Validator if self.ty.is_some_and(|ty| types::is_map(types::exposed(ty))) => {
                let each = quote!(|__confkit_cx, __confkit_on, __confkit_e| {
                    __confkit_cx.validator(__confkit_on, ::core::option::Option::Some(__confkit_e));
                });
                quote_spanned!(span=> each(#on, #value, #each))
            }
            RuleKind::Validator => quote_spanned!(span=> validator(#on, #inside)),
            kind => return self.presence(kind, span),
        })
    }

    /// Writes the call of a rule about what is given.
    fn presence(&self, kind: &RuleKind, span: Span) -> Option<TokenStream> {
        let Self { section, on, .. } = self;
        let given = self.given.as_ref()?;
        let others = |fields: &[Ident]| {
            let others = fields.iter().filter_map(|field| given_pair(section, field));
            quote!(&[#(#others),*])
        };
        Some(match kind {
            RuleKind::RequiredIf { field, value } | RuleKind::RequiredUnless { field, value } => {
                let other = checks::position(section, field)?;
                let condition = equals(section, other, value);
                let unless = matches!(kind, RuleKind::RequiredUnless { .. });
                let method = if unless { "required_unless" } else { "required_if" };
                let (method, other) = (Ident::new(method, span), number(other));
                quote_spanned!(span=> #method(#on, #given, #other, #condition))
            }
            RuleKind::RequiredWith(fields) => {
                let others = others(fields);
                quote_spanned!(span=> required_with(#on, #given, #others))
            }
            RuleKind::Requires(fields) => {
                let others = others(fields);
                quote_spanned!(span=> requires(#on, #given, #others))
            }
            RuleKind::ConflictsWith(fields) => {
                let others = others(fields);
                quote_spanned!(span=> conflicts_with(#on, #given, #others))
            }
            _ => quote_spanned!(span=> required(#on, #given)),
        })
    }

    /// Calls rules on an element.
    fn inner(&self, rules: &[Rule], ty: Option<&Type>) -> TokenStream {
        let calls = rules.iter().enumerate().map(|(index, rule)| {
            let index = number(index);
            let value = quote!(::core::option::Option::Some(__confkit_e));
            let target = Target {
                section: self.section,
                on: quote!(__confkit_on.inner(#index)),
                value: value.clone(),
                inside: value,
                given: None,
                ty,
            };
            target.call(rule)
        });
        calls.collect()
    }
}

/// Moves tokens to a place, so that errors about them are told there.
fn located_at(tokens: &TokenStream, span: Span) -> TokenStream {
    let moved = tokens.clone().into_iter().map(|mut token| {
        if let TokenTree::Group(group) = &token {
            token = TokenTree::Group(Group::new(group.delimiter(), located_at(&group.stream(), span)));
        }
        token.set_span(token.span().located_at(span));
        token
    });
    moved.collect()
}

/// Writes a static schema, compiled when it is first needed.
pub(super) fn schema(schema: &Schema) -> TokenStream {
    let name = schema_name(schema);
    let text = match schema {
        // The path starts at the package, wherever in it the declaration stands.
        Schema::File(file) => {
            let span = expanded(file.span());
            quote_spanned!(span=> ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #file)))
        }
        Schema::Text(text) => quote!(#text),
    };
    quote!({
        static __CONFKIT_SCHEMA: __confkit::JsonSchema = __confkit::JsonSchema::new(#name, #text);
        &__CONFKIT_SCHEMA
    })
}

/// Returns whether a rule is a JSON Schema.
pub(super) fn needs_json_schema(rule: &Rule) -> bool {
    matches!(rule.kind, RuleKind::JsonSchema(_)) || rule.kind.inner().iter().any(needs_json_schema)
}

/// Returns whether there is such a rule on any field.
pub(super) fn any(section: &Section, such: fn(&Rule) -> bool) -> bool {
    section.fields.iter().any(|field| {
        let refined = field.refinements.iter().flat_map(|refinement| &refinement.rules);
        field.rules.iter().chain(refined).any(such)
    })
}

/// Returns whether a rule has to be waited for.
pub(super) fn needs_async(rule: &Rule) -> bool {
    matches!(rule.kind, RuleKind::CustomAsync(_)) || rule.kind.inner().iter().any(needs_async)
}

/// Returns whether a rule needs the crate validator.
pub(super) fn needs_validator(rule: &Rule) -> bool {
    matches!(rule.kind, RuleKind::Meaning(_) | RuleKind::Regex(_) | RuleKind::Validator)
        || rule.kind.inner().iter().any(needs_validator)
}

/// Returns whether a rule is judged with the help of the context.
pub(crate) fn uses_context(kind: &RuleKind) -> bool {
    match kind {
        RuleKind::Inline(test) => closure_parameters(test) == 2,
        RuleKind::Custom { context, .. } => *context,
        _ => false,
    }
}

fn closure_parameters(test: &Expr) -> usize {
    match bare(test) {
        Expr::Closure(closure) => closure.inputs.len(),
        _ => 1,
    }
}

/// Returns the type of what `each` goes through.
fn element(ty: &Type) -> Option<&Type> {
    let ty = types::exposed(ty);
    if types::is_map(ty) { types::arguments(ty).get(1).copied() } else { types::element(ty) }
}

pub(super) fn is_text(value: &Expr) -> bool {
    matches!(bare(value), Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)))
}

/// Tells whether a field is given.
pub(super) fn given(index: usize) -> TokenStream {
    let field = local("f", index);
    quote!(#field.as_ref().map(::core::option::Option::is_some))
}

/// The position of a field, and whether it is given.
pub(super) fn given_pair(section: &Section, field: &Ident) -> Option<TokenStream> {
    let index = checks::position(section, field)?;
    let (at, given) = (number(index), given(index));
    Some(quote!((#at, #given)))
}

/// Compares another field with a value.
fn equals(section: &Section, index: usize, value: &Expr) -> TokenStream {
    let (other, it) = (local("f", index), local("v", index));
    let equals = quote!(*#it == (#value));
    if section.fields[index].optional().is_some() {
        quote!(#other.as_ref().map(|#it| #it.as_ref().is_some_and(|#it| #equals)))
    } else {
        quote!(#other.as_ref().map(|#it| #equals))
    }
}

/// Writes a limit; a whole number gets a fraction where the value is a float.
fn limit_of(ty: Option<&Type>, value: &Expr) -> TokenStream {
    let name = ty.and_then(|ty| types::name(types::exposed(ty)));
    let float = matches!(name.as_deref(), Some("f32" | "f64"));
    match bare(value) {
        Expr::Lit(literal) if float => {
            if let Lit::Int(number) = &literal.lit {
                let text = format!("{}.0", number.base10_digits());
                let number = syn::LitFloat::new(&text, literal.span());
                quote!(#number)
            } else {
                quote!(#value)
            }
        }
        Expr::Unary(negated) if float && matches!(negated.op, syn::UnOp::Neg(_)) => {
            let inner = limit_of(ty, &negated.expr);
            quote!(-#inner)
        }
        _ => quote!(#value),
    }
}
