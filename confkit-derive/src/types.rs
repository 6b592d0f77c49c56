//! What can be told from a type as it is written. Aliases stay opaque.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// Removes the invisible groups that `macro_rules!` leaves, and parentheses.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        other => other,
    }
}

/// Returns the last segment of a path type, if the path is unqualified or from the standard library.
pub(crate) fn name(ty: &Type) -> Option<String> {
    let Type::Path(path) = bare(ty) else {
        return None;
    };
    let first = path.path.segments.first()?.ident.to_string();
    let known = path.path.segments.len() == 1 || matches!(first.as_str(), "std" | "core" | "alloc");
    if path.qself.is_some() || !known {
        return None;
    }
    last(ty).map(|segment| segment.ident.to_string())
}

/// Returns the last segment of a path type.
pub(crate) fn last(ty: &Type) -> Option<&PathSegment> {
    match bare(ty) {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// Returns the type arguments of the last segment.
pub(crate) fn arguments(ty: &Type) -> Vec<&Type> {
    let Some(PathArguments::AngleBracketed(arguments)) = last(ty).map(|segment| &segment.arguments) else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// Returns the `T` of a type written `Option<T>`.
pub(crate) fn option(ty: &Type) -> Option<&Type> {
    (name(ty).as_deref() == Some("Option")).then(|| arguments(ty).first().copied()).flatten()
}

/// Looks through `Option`, `Box`, `Arc`, `Rc` and `Cow` at the type that text is read into.
pub(crate) fn value(ty: &Type) -> &Type {
    match name(ty).as_deref() {
        Some("Option" | "Box" | "Arc" | "Rc" | "Cow") => arguments(ty).first().copied().map_or(ty, value),
        _ => bare(ty),
    }
}

/// Looks through secrets as well.
pub(crate) fn exposed(ty: &Type) -> &Type {
    let ty = value(ty);
    match last(ty) {
        Some(segment) if segment.ident == "Secret" => arguments(ty).first().copied().map_or(ty, exposed),
        _ => ty,
    }
}

/// Returns the `T` of a type written `Lenient<T>`.
pub(crate) fn lenient(ty: &Type) -> Option<&Type> {
    match arguments(ty)[..] {
        [inner] if last(ty)?.ident == "Lenient" => Some(inner),
        _ => None,
    }
}

/// Returns whether a type is `Lenient`, perhaps inside everything that can hold a settings type.
pub(crate) fn has_lenient(ty: &Type) -> bool {
    let ty = exposed(ty);
    lenient(ty).or_else(|| held(ty).filter(|inner| has_lenient(inner))).is_some()
}

/// Returns the type of the elements, if the type is written as a list.
pub(crate) fn element(ty: &Type) -> Option<&Type> {
    let ty = value(ty);
    match ty {
        Type::Array(array) => return Some(&array.elem),
        Type::Slice(slice) => return Some(&slice.elem),
        _ => {}
    }
    match name(ty)?.as_str() {
        "Vec" | "VecDeque" | "HashSet" | "BTreeSet" | "LinkedList" => arguments(ty).first().copied(),
        _ => None,
    }
}

/// Looks through everything that can hold a settings type.
pub(crate) fn section(ty: &Type) -> &Type {
    let ty = exposed(ty);
    lenient(ty).or_else(|| held(ty)).map_or(ty, section)
}

/// Returns what a map or list holds.
fn held(ty: &Type) -> Option<&Type> {
    if is_map(ty) { arguments(ty).get(1).copied() } else { element(ty) }
}

/// Returns whether the type is written as a map.
pub(crate) fn is_map(ty: &Type) -> bool {
    last(ty).is_some_and(|segment| {
        ["HashMap", "BTreeMap", "IndexMap", "Map"].iter().any(|map| segment.ident == map)
    })
}

/// Returns whether the type is written as a secret, perhaps inside containers.
pub(crate) fn is_secret(ty: &Type) -> bool {
    if let Some(element) = element(ty) {
        return is_secret(element);
    }
    let ty = value(ty);
    if let Some(inner) = lenient(ty) {
        return is_secret(inner);
    }
    let secret = ["Secret", "SecretString", "SecretBytes", "SecretBox"];
    match last(ty) {
        Some(segment) if secret.iter().any(|name| segment.ident == name) => true,
        _ if is_map(ty) => arguments(ty).get(1).is_some_and(|value| is_secret(value)),
        _ => false,
    }
}

/// Returns whether everybody can name the type: it is the language's or the standard library's.
pub(crate) fn is_public(ty: &Type) -> bool {
    let known = match bare(ty) {
        Type::Array(array) => return is_public(&array.elem),
        Type::Path(_) => name(ty).is_some_and(|name| {
            KNOWN.iter().chain(&PUBLIC).any(|known| *known == name) || name.starts_with("NonZero")
        }),
        _ => false,
    };
    known && arguments(ty).into_iter().all(is_public)
}

/// Types that everybody can name and whose values are known: the language's, and what text is parsed to.
const KNOWN: [&str; 22] = [
    "bool",
    "f32",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "isize",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "str",
    "String",
    "PathBuf",
    "Duration",
    "IpAddr",
    "Ipv4Addr",
    "Ipv6Addr",
    "SocketAddr",
    "SecretString",
];

/// Others that everybody can name.
const PUBLIC: [&str; 14] = [
    "char", "i128", "u128", "Option", "Box", "Arc", "Cow", "Vec", "VecDeque", "HashSet", "BTreeSet",
    "HashMap", "BTreeMap", "Secret",
];

/// Returns whether what values of the type look like is known without asking it for a JSON Schema.
pub(crate) fn is_plain(ty: &Type) -> bool {
    let Some(name) = name(ty).or_else(|| last(ty).map(|last| last.ident.to_string())) else { return false };
    let arguments = arguments(ty);
    match (name.as_str(), &arguments[..]) {
        ("HashMap" | "BTreeMap", [key, value, ..]) => is_text(key) && is_plain(value),
        ("HashMap" | "BTreeMap", _) => false,
        ("HashSet" | "BTreeSet", [element, ..]) => is_plain(element),
        (name, []) => KNOWN.iter().chain(&PLAIN).any(|known| *known == name),
        (name, inner) => {
            let wraps = ["Option", "Box", "Arc", "Cow", "Vec", "VecDeque", "Secret"].contains(&name);
            wraps && inner.iter().copied().all(is_plain)
        }
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(name(value(ty)).as_deref(), Some("String" | "str"))
}

/// Others whose values are known: confkit's own.
const PLAIN: [&str; 2] = ["ByteSize", "RelativePath"];

/// Finds a reference in the type, also inside its arguments.
pub(crate) fn reference(ty: &Type) -> Option<&Type> {
    match bare(ty) {
        borrowed @ Type::Reference(_) => Some(borrowed),
        Type::Array(array) => reference(&array.elem),
        Type::Slice(slice) => reference(&slice.elem),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(reference),
        other => arguments(other).into_iter().find_map(reference),
    }
}

#[cfg(test)]
mod tests {
    use super::{element, exposed, is_map, is_plain, is_public, is_secret, name, option, reference};

    fn ty(text: &str) -> syn::Type {
        syn::parse_str(text).expect("a type")
    }

    #[test]
    fn sees_through_containers() {
        assert!(option(&ty("std::option::Option<u8>")).is_some());
        assert!(option(&ty("my::Option<u8>")).is_none());
        assert_eq!(name(exposed(&ty("Option<Box<Secret<u16>>>"))).as_deref(), Some("u16"));
        assert!(element(&ty("Option<Vec<u8>>")).is_some());
        assert!(is_map(&ty("indexmap::IndexMap<String, u8>")));
        assert!(is_secret(&ty("Option<Vec<confkit::Secret<String>>>")));
        assert!(is_secret(&ty("BTreeMap<String, SecretString>")));
        assert!(!is_secret(&ty("Vec<String>")));
        assert!(is_public(&ty("Vec<[u8; 4]>")) && !is_public(&ty("Vec<Port>")));
        assert!(
            is_plain(&ty("Option<Vec<confkit::Secret<String>>>")) && is_plain(&ty("BTreeMap<String, u8>"))
        );
        assert!(
            !is_plain(&ty("Vec<Port>")) && !is_plain(&ty("HashMap<u16, u8>")) && !is_plain(&ty("[u8; 4]"))
        );
        assert!(reference(&ty("Option<&'static str>")).is_some());
        assert!(reference(&ty("Cow<'static, str>")).is_none());
    }
}
