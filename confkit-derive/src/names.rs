//! How keys and variable names follow from Rust names.

/// The spellings of `rename_all`, as serde names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RenameAll {
    /// `twowords`
    Lower,
    /// `TWOWORDS`
    Upper,
    /// `TwoWords`
    Pascal,
    /// `twoWords`
    Camel,
    /// `two_words`
    Snake,
    /// `TWO_WORDS`
    ScreamingSnake,
    /// `two-words`
    Kebab,
    /// `TWO-WORDS`
    ScreamingKebab,
}

/// Every spelling with its name in attributes.
const SPELLINGS: [(&str, RenameAll); 8] = [
    ("lowercase", RenameAll::Lower),
    ("UPPERCASE", RenameAll::Upper),
    ("PascalCase", RenameAll::Pascal),
    ("camelCase", RenameAll::Camel),
    ("snake_case", RenameAll::Snake),
    ("SCREAMING_SNAKE_CASE", RenameAll::ScreamingSnake),
    ("kebab-case", RenameAll::Kebab),
    ("SCREAMING-KEBAB-CASE", RenameAll::ScreamingKebab),
];

impl RenameAll {
    /// Finds a spelling by its name.
    pub(crate) fn find(name: &str) -> Option<Self> {
        SPELLINGS.iter().find(|(known, _)| *known == name).map(|(_, spelling)| *spelling)
    }

    /// Returns the names of all spellings.
    pub(crate) fn names() -> Vec<&'static str> {
        SPELLINGS.iter().map(|(name, _)| *name).collect()
    }

    /// Respells a field's name, which is in snake case.
    pub(crate) fn field(self, name: &str) -> String {
        let words: Vec<&str> = name.split('_').collect();
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => words.iter().map(|word| capitalised(word)).collect(),
            Self::Camel => uncapitalised(&Self::Pascal.field(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// Respells a variant's name, which is in Pascal case.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Pascal => name.to_owned(),
            Self::Camel => uncapitalised(name),
            Self::Snake => snake(name),
            Self::ScreamingSnake => snake(name).to_ascii_uppercase(),
            Self::Kebab => snake(name).replace('_', "-"),
            Self::ScreamingKebab => snake(name).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

/// Returns the part of a variable's name that stands for `key`: upper snake case, words split at
/// `_`, `-`, `.` and where a capital follows a small letter, but not at digits.
pub(crate) fn env_segment(key: &str) -> String {
    let mut segment = String::with_capacity(key.len() + 4);
    let mut before = '_';
    for letter in key.chars() {
        let separator = matches!(letter, '_' | '-' | '.');
        if (separator || (before.is_lowercase() && letter.is_uppercase()))
            && !segment.is_empty()
            && !segment.ends_with('_')
        {
            segment.push('_');
        }
        if !separator {
            segment.extend(letter.to_uppercase());
        }
        before = letter;
    }
    segment.truncate(segment.trim_end_matches('_').len());
    segment
}

/// Returns whether two keys differ in nothing but case, `-` and `_`.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    fn letters(key: &str) -> impl Iterator<Item = char> + '_ {
        key.chars().filter(|letter| !matches!(letter, '-' | '_')).flat_map(char::to_lowercase)
    }
    letters(one).next().is_some() && letters(one).eq(letters(other))
}

/// Returns the part of an argument's name that stands for `key`: lower case, words joined by `-`.
pub(crate) fn argument(key: &str) -> String {
    env_segment(key).to_lowercase().replace('_', "-")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

fn uncapitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
}

fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for (index, letter) in name.char_indices() {
        if index > 0 && letter.is_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{RenameAll, env_segment};

    #[test]
    fn respells_fields_and_variants_as_serde_does() {
        for (name, field, variant) in [
            ("lowercase", "max_conn", "readonly"),
            ("UPPERCASE", "MAX_CONN", "READONLY"),
            ("PascalCase", "MaxConn", "ReadOnly"),
            ("camelCase", "maxConn", "readOnly"),
            ("snake_case", "max_conn", "read_only"),
            ("SCREAMING_SNAKE_CASE", "MAX_CONN", "READ_ONLY"),
            ("kebab-case", "max-conn", "read-only"),
            ("SCREAMING-KEBAB-CASE", "MAX-CONN", "READ-ONLY"),
        ] {
            let rule = RenameAll::find(name).expect("every spelling is in the table");
            assert_eq!(rule.field("max_conn"), field);
            assert_eq!(rule.variant("ReadOnly"), variant);
        }
    }

    #[test]
    fn variables_are_upper_snake_case() {
        for (key, segment) in [
            ("max_conn", "MAX_CONN"),
            ("max-conn", "MAX_CONN"),
            ("maxConn", "MAX_CONN"),
            ("log.level", "LOG_LEVEL"),
            ("http2_port", "HTTP2_PORT"),
            ("s3Bucket", "S3BUCKET"),
            ("type", "TYPE"),
            ("_x__y_", "X_Y"),
        ] {
            assert_eq!(env_segment(key), segment, "{key}");
        }
    }
}
