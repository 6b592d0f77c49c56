// Rules need nothing of the prelude, whose names may mean something else.
#![no_implicit_prelude]

use ::confkit::{Config, Secret};
use ::std::collections::BTreeMap;
use ::std::primitive::{bool, str, u8, u16};
use ::std::string::String;
use ::std::vec::Vec;

struct Some;
struct None;
struct Ok;
struct Err;
struct Box;
struct Iterator;

#[derive(Config)]
#[config(
    check(self.low <= self.inner.size, "{low} is above {inner.size}", when = self.strict, warn),
    check_with(whole, fields(low), profile = "production"),
    exactly_one_of(one, two, message = "one of the two"),
    at_most_one_of(two, three, when = self.strict),
    at_least_one_of(two, three, code = "any")
)]
struct Settings {
    #[config(default = 1, validate(range(1..=9, when = self.strict), one_of(1, 2)))]
    low: u16,
    #[config(default)]
    strict: bool,
    #[config(validate(email, url, ip, ipv4, ipv6, credit_card, non_control_character))]
    text: ::std::option::Option<String>,
    #[config(default = "ab", validate(length(max = 3), regex("^a"), contains("a"), does_not_contain("c")))]
    name: String,
    #[config(default = "ab", validate(must_match(name), one_of("ab"), custom(own)))]
    again: String,
    #[config(default, validate(each(range(min = 1), one_of(1, 2)), non_empty(warn)))]
    list: Vec<u8>,
    #[config(default, validate(keys(length(max = 3)), each(each(range(min = 1)))))]
    map: BTreeMap<String, Vec<u8>>,
    #[config(required_if(low = 3), requires(four), conflicts_with(three))]
    one: ::std::option::Option<Secret<String>>,
    #[config(required_unless(low = 1), validate(must_match(three)))]
    two: ::std::option::Option<u8>,
    #[config(required_with(one, two, message = "comes with {field}"))]
    three: ::std::option::Option<u8>,
    four: ::std::option::Option<u8>,
    #[config(nested, refine(size, validate(range(min = 1))))]
    inner: Inner,
}

#[derive(Config)]
struct Inner {
    #[config(default = 1)]
    size: u16,
}

fn own(own: &str) -> ::std::result::Result<(), String> {
    if own.is_empty() { ::std::result::Result::Err(String::new()) } else { ::std::result::Result::Ok(()) }
}

fn whole(settings: &Settings) -> ::std::result::Result<(), &'static str> {
    if settings.strict { ::std::result::Result::Err("is strict") } else { ::std::result::Result::Ok(()) }
}

fn main() {}
