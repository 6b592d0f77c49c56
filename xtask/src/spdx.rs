//! Licence expressions: enough of SPDX to judge the crates in use.

/// Whether `expression` can be satisfied with licences out of `allowed` alone.
///
/// Knows `OR`, `AND`, parentheses, `WITH` (the whole `A WITH B` must be allowed) and the old `/` for `OR`.
pub(crate) fn satisfied(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allowed };
    let verdict = reader.any();
    verdict && reader.words.is_empty()
}

struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a [String],
}

impl<'a> Reader<'a> {
    fn any(&mut self) -> bool {
        let mut verdict = self.all();
        while self.take("OR") {
            verdict |= self.all();
        }
        verdict
    }

    fn all(&mut self) -> bool {
        let mut verdict = self.one();
        while self.take("AND") {
            verdict &= self.one();
        }
        verdict
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let verdict = self.any();
            return self.take(")") && verdict;
        }
        let Some(name) = self.next() else {
            return false;
        };
        if self.take("WITH") {
            let Some(exception) = self.next() else {
                return false;
            };
            return self.allows(&format!("{name} WITH {exception}"));
        }
        self.allows(name)
    }

    fn allows(&self, licence: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed == licence)
    }

    fn next(&mut self) -> Option<&'a str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.words.first() == Some(&word);
        if found {
            self.words = &self.words[1..];
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::satisfied;

    fn allowed() -> Vec<String> {
        ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).to_vec()
    }

    #[test]
    fn one_allowed_choice_is_enough() {
        for expression in ["MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "(GPL-3.0 OR MIT)"] {
            assert!(satisfied(expression, &allowed()), "{expression}");
        }
    }

    #[test]
    fn all_parts_of_an_and_are_needed() {
        assert!(satisfied("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed()));
        assert!(!satisfied("MIT AND GPL-3.0", &allowed()));
    }

    #[test]
    fn an_exception_is_part_of_the_name() {
        assert!(satisfied("Apache-2.0 WITH LLVM-exception OR X", &allowed()));
        assert!(!satisfied("MIT WITH LLVM-exception", &allowed()));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for expression in ["", "MIT MIT", "(MIT", "OR", "MIT AND"] {
            assert!(!satisfied(expression, &allowed()), "{expression}");
        }
    }
}
