//! Each rule at, inside and beyond its limits.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use confkit::{ByteSize, Config};

use super::{over, rules};

#[derive(Debug, Config)]
struct Every {
    #[config(validate(range(min = 2, max = 4)))]
    range: Option<u8>,
    #[config(validate(range(exclusive_min = 2, exclusive_max = 4)))]
    range_exclusive: Option<i8>,
    #[config(validate(range(2..=4)))]
    range_closed: Option<u64>,
    #[config(validate(range(2..4)))]
    range_half: Option<i64>,
    #[config(validate(range(2..)))]
    range_from: Option<u16>,
    #[config(validate(range(..4)))]
    range_to: Option<i32>,
    #[config(validate(range(min = -1.5, exclusive_max = 1.5)))]
    range_float: Option<f32>,
    #[config(validate(range(max = Duration::from_secs(90))))]
    range_time: Option<Duration>,
    #[config(validate(range(min = ByteSize::new(1024))))]
    range_size: Option<ByteSize>,
    #[config(validate(range(min = i128::MAX)))]
    range_large: Option<i128>,
    #[config(validate(length(min = 2, max = 4)))]
    length: Option<String>,
    #[config(validate(length(2..=4)))]
    length_list: Option<Vec<u8>>,
    #[config(validate(length(equal = 2)))]
    length_equal: Option<String>,
    #[config(validate(length(min = 2)))]
    length_min: Option<BTreeSet<u8>>,
    #[config(validate(length(max = 1)))]
    length_max: Option<BTreeMap<String, u8>>,
    #[config(validate(non_empty))]
    non_empty: Option<String>,
    #[config(validate(non_empty))]
    non_empty_list: Option<Vec<u8>>,
    #[config(validate(one_of("a", "b")))]
    one_of: Option<String>,
    #[config(validate(one_of(1, 3)))]
    one_of_number: Option<u8>,
    #[config(validate(one_of('a', 'c')))]
    one_of_letter: Option<char>,
    #[config(validate(one_of(0.5, 1)))]
    one_of_float: Option<f64>,
    #[config(validate(email))]
    email: Option<String>,
    #[config(validate(url))]
    url: Option<String>,
    #[config(validate(ip))]
    ip: Option<String>,
    #[config(validate(ipv4))]
    ipv4: Option<String>,
    #[config(validate(ipv6))]
    ipv6: Option<String>,
    #[config(validate(regex("^[a-c]{2}$")))]
    regex: Option<String>,
    #[config(validate(contains("bc")))]
    contains: Option<String>,
    #[config(validate(does_not_contain("bc")))]
    does_not_contain: Option<String>,
    #[config(validate(non_control_character))]
    non_control_character: Option<String>,
    #[config(validate(credit_card))]
    credit_card: Option<String>,
    #[config(validate(each(range(max = 4))))]
    each: Option<Vec<u8>>,
    #[config(validate(keys(length(max = 2))))]
    keys: Option<BTreeMap<String, u8>>,
    #[config(validate(|v| (2..4).contains(v), "must be two or three"))]
    closure: Option<u8>,
    #[config(validate(custom(below_three)))]
    custom: Option<u8>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "`custom` hands the value over by reference")]
fn below_three(value: &u8) -> Result<(), &'static str> {
    if *value < 3 { Ok(()) } else { Err("is three or more") }
}

/// A field, the values that it takes, and those that it refuses.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    ("range", &["2", "3", "4"], &["0", "1", "5", "255"]),
    ("range_exclusive", &["3"], &["-128", "2", "4", "127"]),
    ("range_closed", &["2", "3", "4"], &["1", "5"]),
    ("range_half", &["2", "3"], &["1", "4", "-9223372036854775808"]),
    ("range_from", &["2", "65535"], &["1", "0"]),
    ("range_to", &["3", "-2147483648"], &["4", "2147483647"]),
    ("range_float", &["-1.5", "0.0", "1.4999", "1"], &["-1.5001", "1.5", "nan", "inf", "-inf"]),
    ("range_time", &["'0s'", "'90s'", "'1m 30s'"], &["'91s'", "'90s 1ns'"]),
    ("range_size", &["'1KiB'", "1024", "'1MB'"], &["1023", "'1KB'", "0"]),
    ("length", &["'ab'", "'abcd'", "'äöüß'", "'👍👍'"], &["''", "'a'", "'abcde'"]),
    ("length_list", &["[1, 2]", "[1, 2, 3, 4]"], &["[]", "[1]", "[1, 2, 3, 4, 5]"]),
    ("length_equal", &["'ab'"], &["'a'", "'abc'", "''"]),
    ("length_min", &["[1, 2]", "[1, 2, 2]"], &["[1]", "[1, 1]", "[]"]),
    ("length_max", &["{}", "{ a = 1 }"], &["{ a = 1, b = 2 }"]),
    ("non_empty", &["' '", "'a'"], &["''"]),
    ("non_empty_list", &["[0]"], &["[]"]),
    ("one_of", &["'a'", "'b'"], &["''", "'A'", "'c'", "'ab'"]),
    ("one_of_number", &["1", "3"], &["0", "2", "4"]),
    ("one_of_letter", &["'a'", "'c'"], &["'b'"]),
    ("one_of_float", &["0.5", "1.0", "1"], &["0.0", "0.50001", "nan"]),
    ("email", &["'a@b'", "'a@[::1]'"], &["'a@'", "'@b'", "''"]),
    ("url", &["'a:b'", "'https://a'"], &["'a'", "''", "'https://'"]),
    ("ip", &["'0.0.0.0'", "'::'"], &["'256.0.0.0'", "':'", "''"]),
    ("ipv4", &["'255.255.255.255'"], &["'255.255.255.256'", "'::1'"]),
    ("ipv6", &["'::1'", "'::ffff:1.2.3.4'"], &["'1.2.3.4'", "'12345::'"]),
    ("regex", &["'ab'", "'cc'"], &["'a'", "'abc'", "'ad'", "''"]),
    ("contains", &["'bc'", "'abcd'"], &["'b c'", "'cb'", "''"]),
    ("does_not_contain", &["'b c'", "''"], &["'bc'", "'abcd'"]),
    ("non_control_character", &["''", "'a b'"], &["\"\\u0000\"", "\"\\t\"", "\"\\u007f\""]),
    ("credit_card", &["'4111111111111111'"], &["'4111111111111112'", "''"]),
    ("each", &["[]", "[0, 4]"], &["[5]", "[0, 5]"]),
    ("keys", &["{}", "{ ab = 1 }"], &["{ abc = 1 }"]),
    ("closure", &["2", "3"], &["1", "4"]),
    ("custom", &["0", "2"], &["3", "255"]),
];

#[test]
fn each_rule_takes_what_is_inside_and_refuses_what_is_beyond() {
    let mut judged = 0;
    for (field, good, bad) in TABLE {
        for value in *good {
            let load = over::<Every>(&format!("{field} = {value}")).load();
            assert!(load.is_ok(), "{field} = {value}: {}", load.unwrap_err());
            judged += 1;
        }
        for value in *bad {
            let report = over::<Every>(&format!("{field} = {value}")).load().err();
            let report = report.unwrap_or_else(|| panic!("{field} = {value} was accepted"));
            assert_eq!(rules(&report).len(), 1, "{report}");
            assert_eq!(report.problems()[0].origin().unwrap().line(), Some(1), "{report}");
            judged += 1;
        }
    }
    assert_eq!(judged, 159);
    let fields = Every::metadata().fields();
    let untested: Vec<_> = fields
        .iter()
        .map(confkit::Field::name)
        .filter(|name| TABLE.iter().all(|row| row.0 != *name))
        .collect();
    assert_eq!(untested, ["range_large"], "TOML has no number that large");
}

#[test]
fn a_limit_at_the_end_of_the_largest_type_is_kept() {
    let load = |value: i128| Every::loader().set("range_large", value).load();
    assert!(load(i128::MAX).is_ok());
    assert!(load(i128::MAX - 1).is_err());
}
