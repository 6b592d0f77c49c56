//! When two spellings of a key are one.

/// Whether two keys differ in nothing but case, `-` and `_`.
pub(super) fn alike(one: &str, other: &str) -> bool {
    // A key of nothing but separators is like no other.
    letters(one).next().is_some() && letters(one).eq(letters(other))
}

fn letters(key: &str) -> impl Iterator<Item = char> + '_ {
    key.chars().filter(|letter| !matches!(letter, '-' | '_')).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn case_and_borders_of_words_do_not_count() {
        for key in ["maxConn", "max-conn", "MAX_CONN", "MaxConn", "max_conn", "maxconn", "_max__conn-"] {
            assert!(alike("max_conn", key), "{key}");
        }
        assert!(alike("größe_max", "GRÖßE-MAX"));
        for key in ["max.conn", "max conn", "max_con", "max_connn", ""] {
            assert!(!alike("max_conn", key), "{key}");
        }
        assert!(!alike("_", "-") && !alike("", ""));
    }
}
