//! The order of places.

/// Puts things in the order of their ranks; those of one rank stay as they are.
///
/// Ranks are sorted, not the things: sorting is much code, and each kind of thing would bring its own.
pub(crate) fn by_rank<T>(things: &mut Vec<T>, rank: impl Fn(&T) -> (usize, usize)) {
    let mut ranks: Vec<_> = things.iter().map(rank).zip(0_usize..).collect();
    if ranks.is_sorted() {
        return;
    }
    ranks.sort_unstable();
    let mut things_left: Vec<Option<T>> = things.drain(..).map(Some).collect();
    things.extend(ranks.into_iter().filter_map(|(_, at)| things_left[at].take()));
}

#[cfg(test)]
mod tests {
    use super::by_rank;

    #[test]
    fn equals_stay_as_they_are() {
        let mut words = vec!["bb", "a", "cc", "", "b"];
        by_rank(&mut words, |word| (word.len(), 0));
        assert_eq!(words, ["", "a", "b", "bb", "cc"]);
    }
}
