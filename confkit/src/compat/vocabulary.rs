//! The keywords of JSON Schema 2020-12, by what stands behind them.

/// What stands behind a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Schema,
    /// Schemas by names.
    Named,
    /// Schemas in a list.
    Listed,
    /// A limit or another plain value.
    Value,
    /// Nothing that a document is held against.
    Note,
}

/// Says what stands behind a keyword. What the vocabulary does not have asks for nothing.
pub(super) fn holds(keyword: &str) -> Holds {
    match keyword {
        "additionalProperties"
        | "contains"
        | "else"
        | "if"
        | "items"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Holds::Schema,
        "dependentSchemas" | "patternProperties" | "properties" => Holds::Named,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Holds::Listed,
        "const" | "dependentRequired" | "enum" | "exclusiveMaximum" | "exclusiveMinimum" | "format"
        | "maxContains" | "maxItems" | "maxLength" | "maxProperties" | "maximum" | "minContains"
        | "minItems" | "minLength" | "minProperties" | "minimum" | "multipleOf" | "pattern" | "required"
        | "type" | "uniqueItems" => Holds::Value,
        _ => Holds::Note,
    }
}
