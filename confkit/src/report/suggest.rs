//! The name that was probably meant.

/// Finds the nearest of several names, if one is really near.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = folded(name);
    let mut best: Option<(usize, &str)> = None;
    for known in known {
        let candidate = folded(known);
        let distance = strsim::damerau_levenshtein(&wanted, &candidate);
        // One slip for each three letters of the shorter name; shorter ones are alike by chance,
        // unless only the case differs or one letter was added.
        let letters = wanted.chars().count().min(candidate.chars().count());
        let is_longer = wanted.starts_with(&candidate) || candidate.starts_with(&wanted);
        let near = match letters {
            0 | 1 => distance == 0,
            2 => distance == 0 || (distance == 1 && is_longer),
            letters => distance <= (letters / 3).min(4),
        };
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, known));
        }
    }
    best.map(|(_, known)| known)
}

/// Case and the way words are joined do not count.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.')).flat_map(char::to_lowercase).collect()
}

/// What to give instead of a section, or of a list or map of sections, as a whole: names that go on
/// where this one ends, with `<N>` and `<KEY>` filled in.
#[cfg(any(feature = "args", feature = "env"))]
pub(crate) fn longer<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let goes_on =
        |known: &String| known.strip_prefix(name).is_some_and(|rest| rest.starts_with(['_', '-', '[', '.']));
    let filled = known.into_iter().map(|known| known.replace("<N>", "0").replace("<KEY>", "NAME"));
    let shown: Vec<String> = filled.filter(goes_on).take(2).collect();
    (!shown.is_empty()).then(|| format!("longer names are declared, such as {}", shown.join(" and ")))
}
