//! Rules on what text means. What an address or a URL is, the crate validator says.

use super::telling::Found;
use super::{Contains, On};
use crate::resolve::Cx;

/// A regular expression of a declaration, compiled when the first value is judged.
#[cfg(feature = "validator")]
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: std::sync::OnceLock<Option<regex::Regex>>,
}

#[cfg(feature = "validator")]
impl Pattern {
    /// Keeps the text until it is needed.
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: std::sync::OnceLock::new() }
    }

    fn compiled(&self) -> Option<&regex::Regex> {
        self.compiled.get_or_init(|| regex::Regex::new(self.source).ok()).as_ref()
    }
}

/// Stands in for a regular expression where nothing could judge it.
#[cfg(not(feature = "validator"))]
#[derive(Debug)]
pub struct Pattern;

#[cfg(not(feature = "validator"))]
impl Pattern {
    /// Keeps nothing.
    pub const fn new(_: &'static str) -> Self {
        Self
    }
}

impl Cx<'_> {
    /// Judges `contains`.
    pub fn contains<T: Contains>(&mut self, on: On<'_>, value: Option<&T>, part: &str) {
        if self.is_due(on) && value.and_then(|value| value.contains(part)) == Some(false) {
            let params = vec![("pattern", part.to_owned())];
            self.broken(on, &format!("must contain `{part}`"), Found::Written, params);
        }
    }

    /// Judges `does_not_contain`.
    pub fn does_not_contain<T: Contains>(&mut self, on: On<'_>, value: Option<&T>, part: &str) {
        if self.is_due(on) && value.and_then(|value| value.contains(part)) == Some(true) {
            let params = vec![("pattern", part.to_owned())];
            self.broken(on, &format!("must not contain `{part}`"), Found::Written, params);
        }
    }
}

#[cfg(all(feature = "testing", feature = "validator"))]
pub(super) use by_validator::no_pattern;

#[cfg(feature = "validator")]
mod by_validator {
    use confkit_sources::declared::Rule;
    use validator::{
        AsRegex, ValidateCreditCard, ValidateEmail, ValidateIp, ValidateNonControlCharacter, ValidateRegex,
        ValidateUrl,
    };

    use super::{Cx, Found, On, Pattern};
    use crate::report::Code;
    use crate::resolve::Draft;
    use crate::rules::Text;
    use crate::rules::telling::Params;

    impl Cx<'_> {
        /// Judges `email`.
        pub fn email<T: Text>(&mut self, on: On<'_>, value: Option<&T>) {
            let words = "must be an e-mail address, such as name@example.com";
            self.text(on, value, words, |text| text.validate_email());
        }

        /// Judges `url`.
        pub fn url<T: Text>(&mut self, on: On<'_>, value: Option<&T>) {
            let words = "must be a URL, such as https://example.com";
            self.text(on, value, words, |text| text.validate_url());
        }

        /// Judges `ip`.
        pub fn ip<T: Text>(&mut self, on: On<'_>, value: Option<&T>) {
            self.text(on, value, "must be an IP address", |text| text.validate_ip());
        }

        /// Judges `ipv4`.
        pub fn ipv4<T: Text>(&mut self, on: On<'_>, value: Option<&T>) {
            let words = "must be an IPv4 address, such as 192.0.2.1";
            self.text(on, value, words, |text| text.validate_ipv4());
        }

        /// Judges `ipv6`.
        pub fn ipv6<T: Text>(&mut self, on: On<'_>, value: Option<&T>) {
            let words = "must be an IPv6 address, such as 2001:db8::1";
            self.text(on, value, words, |text| text.validate_ipv6());
        }

        /// Judges `non_control_character`.
        pub fn non_control_character<T: Text>(&mut self, on: On<'_>, value: Option<&T>) {
            let words = "must not have control characters";
            self.text(on, value, words, |text| text.validate_non_control_character());
        }

        /// Judges `credit_card`. A number that is nearly one is not shown.
        pub fn credit_card<T: Text>(&mut self, on: On<'_>, value: Option<&T>) {
            let Some(text) = value.filter(|_| self.is_due(on)).and_then(Text::text) else { return };
            if !text.as_ref().validate_credit_card() {
                let words = "must be the number of a credit card";
                self.broken_as(on, Code::Invalid, words, Found::Nothing, Params::new()).secret = true;
            }
        }

        /// Judges `regex`.
        pub fn regex<T: Text>(&mut self, on: On<'_>, value: Option<&T>, pattern: &'static Pattern) {
            let Some(text) = value.filter(|_| self.is_due(on)).and_then(Text::text) else { return };
            match pattern.compiled() {
                Some(regex) if regex.is_match(&text) => {}
                Some(_) => self.no_match(on, pattern.source),
                None => self.no_pattern(on, pattern.source),
            }
        }

        /// Judges `regex` by an expression that the program compiled.
        pub fn regex_at<T: Text>(&mut self, on: On<'_>, value: Option<&T>, regex: &impl AsRegex) {
            let Some(text) = value.filter(|_| self.is_due(on)).and_then(Text::text) else { return };
            if !text.as_ref().validate_regex(regex) {
                let source = regex.as_regex().as_str().to_owned();
                self.no_match(on, &source);
            }
        }

        fn text<T: Text>(
            &mut self,
            on: On<'_>,
            value: Option<&T>,
            words: &str,
            is_valid: impl FnOnce(&&str) -> bool,
        ) {
            let Some(text) = value.filter(|_| self.is_due(on)).and_then(Text::text) else { return };
            if !is_valid(&&*text) {
                self.broken(on, words, Found::Written, Params::new());
            }
        }

        #[cold]
        fn no_match(&mut self, on: On<'_>, source: &str) {
            let params = vec![("pattern", source.to_owned())];
            self.broken(on, &format!("must match `{source}`"), Found::Written, params);
        }

        /// An expression of the declaration that is none, told once for all elements.
        #[cold]
        fn no_pattern(&mut self, on: On<'_>, source: &str) {
            self.not_kept();
            let path = self.locate(on.scope, on.index, on.below()).path;
            let draft = no_pattern(&path, source, on.rule());
            if self.drafts.iter().all(|other| other.message != draft.message) {
                self.push(draft);
            }
        }
    }

    /// A text that is declared as a regular expression and is none.
    pub(in crate::rules) fn no_pattern(path: &str, source: &str, rule: &'static Rule) -> Draft {
        let message = format!("the rule on {path} has `{source}`, which is not a regular expression");
        let help = "correct the expression in the declaration";
        let mut draft = Draft::new(Code::Declaration, path.to_owned(), message).rule(rule.name()).help(help);
        draft.params = vec![("pattern", source.to_owned())];
        draft
    }
}

/// Nothing calls these: a declaration that would does not compile. They are here so that this is all
/// that is said.
#[cfg(not(feature = "validator"))]
mod by_nothing {
    use super::{Cx, On, Pattern};
    use crate::rules::Text;

    macro_rules! unjudged {
        ($($rule:ident)*) => {
            impl Cx<'_> {
                $(
                    #[doc(hidden)]
                    pub fn $rule<T: Text>(&mut self, _: On<'_>, _: Option<&T>) {}
                )*
            }
        };
    }

    unjudged!(email url ip ipv4 ipv6 non_control_character credit_card);

    impl Cx<'_> {
        #[doc(hidden)]
        pub fn regex<T: Text>(&mut self, _: On<'_>, _: Option<&T>, _: &'static Pattern) {}

        #[doc(hidden)]
        pub fn regex_at<T: Text, R>(&mut self, _: On<'_>, _: Option<&T>, _: &R) {}

        #[doc(hidden)]
        pub fn validator<T: ?Sized>(&mut self, _: On<'_>, _: Option<&T>) {}
    }
}
