//! Declared messages with placeholders.

/// Fills in what stands in braces; `{{` and `}}` are braces themselves. What has no value stays.
pub(super) fn filled(template: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let doubled = rest[at..].starts_with("{{") || rest[at..].starts_with("}}");
        let name = rest[at..].strip_prefix('{').and_then(|inside| inside.split_once('}'));
        (rest, text) = match name {
            _ if doubled => (&rest[at + 2..], text + &rest[at..=at]),
            Some((name, behind)) => (behind, text + &value(name).unwrap_or_else(|| format!("{{{name}}}"))),
            None => (&rest[at + 1..], text + &rest[at..=at]),
        };
    }
    text + rest
}

/// Whether a message says itself what it is about.
pub(super) fn is_whole(template: &str) -> bool {
    ["{field}", "{path}"].iter().any(|name| template.contains(name))
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn placeholders_are_filled_and_braces_kept() {
        let value = |name: &str| (name == "min").then(|| "3".to_owned());
        assert_eq!(filled("at least {min}, not {other}", &value), "at least 3, not {other}");
        assert_eq!(filled("{{min}} {min}}} {", &value), "{min} 3} {");
        assert_eq!(filled("plain", &value), "plain");
    }
}
