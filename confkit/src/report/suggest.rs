//! The name that was probably meant.

/// Finds the nearest of several names, if one is really near.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = folded(name);
    let mut best: Option<(usize, &str)> = None;
    for known in known {
        let candidate = folded(known);
        let distance = strsim::damerau_levenshtein(&wanted, &candidate);
        // One slip for each three letters of the shorter name; shorter ones are alike by chance.
        let letters = wanted.chars().count().min(candidate.chars().count());
        if letters >= 3
            && distance <= (letters / 3).min(4)
            && distance < letters
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, known));
        }
    }
    best.map(|(_, known)| known)
}

/// Case and the way words are joined do not count.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.')).flat_map(char::to_lowercase).collect()
}
