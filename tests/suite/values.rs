//! Types with a form of their own: the same value from a file, a variable, an argument and a default;
//! and what is said of a wrong one.

use std::net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV4};
use std::num::{NonZeroU8, ParseIntError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use confkit::{ByteSize, Code, Config, Format, RelativePath, System, testing};
use serde::{Deserialize as _, Deserializer};
use url::Url;

/// A type, what a file and what text say, and what comes of it; a wrong text and what is said of it.
macro_rules! values {
    ($($name:ident: $type:ty, [$($attribute:tt)*] {
        default $default:literal; file $file:literal; text $text:literal; is $is:expr;
        wrong $wrong:literal, $message:literal;
    })*) => {$(
        #[test]
        fn $name() {
            #[derive(Debug, Config)]
            struct Settings {
                #[config(default = $default, $($attribute)*)]
                value: $type,
            }
            let expected: $type = $is;
            let expected = format!("{expected:?}");
            let load = |loader: confkit::Loader<Settings>| loader.system(System::memory()).load();
            let value = |loader| format!("{:?}", load(loader).unwrap_or_else(|report| panic!("{report}")).value);
            let loader = || Settings::loader().env_prefix("APP");
            assert_eq!(value(loader()), expected, "default");
            let file = format!("value = {}", $file);
            assert_eq!(value(loader().text(Format::Toml, "app.toml", file)), expected, "file");
            assert_eq!(value(loader().env_vars([("APP_VALUE", $text)])), expected, "variable");
            assert_eq!(value(loader().args([format!("--value={}", $text)])), expected, "argument");
            let report = load(loader().env_vars([("APP_VALUE", $wrong)])).unwrap_err();
            assert_eq!(report.problems()[0].message(), $message, "variable");
            let report = load(loader().args([format!("--value={}", $wrong)])).unwrap_err();
            assert_eq!(report.problems()[0].message(), $message, "argument");
            let wrong = format!("value = {:?}", $wrong);
            let report = load(loader().text(Format::Toml, "app.toml", wrong)).unwrap_err();
            let message = $message.replace(", not \"", ", not the string \"");
            assert_eq!(report.problems()[0].message(), message, "file");
            assert_eq!(report.problems()[0].origin().unwrap().to_string(), "app.toml:1:9");
        }
    )*};
}

fn hex(text: &str) -> Result<u32, ParseIntError> {
    u32::from_str_radix(text.trim_start_matches('#'), 16)
}

fn doubled<'de, D: Deserializer<'de>>(source: D) -> Result<u16, D::Error> {
    let value = u16::deserialize(source)?;
    value.checked_mul(2).ok_or_else(|| serde::de::Error::custom("doubled, it is above 65535"))
}

values! {
    duration: Duration, [] {
        default "1m 30s"; file "'90s'"; text "PT1M30S"; is Duration::from_secs(90);
        wrong "90", "value must be a duration such as `30s` or `1h 30m`, not \"90\": a number alone does not tell its unit";
    }
    optional_duration: Option<Duration>, [] {
        default "90s"; file "'1m30s'"; text "90 s"; is Some(Duration::from_secs(90));
        wrong "soon", "value must be a duration such as `30s` or `1h 30m`, not \"soon\"";
    }
    size: ByteSize, [] {
        default "1MiB"; file "1_048_576"; text "1024 KiB"; is ByteSize::new(1 << 20);
        wrong "big", "value must be a size such as `10MiB` or `512kB`, not \"big\"";
    }
    decimal_size: ByteSize, [] {
        default "10MB"; file "'10 MB'"; text "10000kB"; is ByteSize::new(10_000_000);
        wrong "-1", "value must be a size such as `10MiB` or `512kB`, not \"-1\"";
    }
    address: SocketAddr, [] {
        default "[::1]:80"; file "'[::1]:80'"; text " [::1]:80 "; is SocketAddr::from((Ipv6Addr::LOCALHOST, 80));
        wrong "localhost", "value must be an address with a port, such as `127.0.0.1:8080`, not \"localhost\"";
    }
    narrow_address: SocketAddrV4, [] {
        default "127.0.0.1:80"; file "'127.0.0.1:80'"; text "127.0.0.1:80"; is "127.0.0.1:80".parse().unwrap();
        wrong "[::1]:80", "value must be an IPv4 address with a port, such as `127.0.0.1:8080`, not \"[::1]:80\"";
    }
    ip: IpAddr, [] {
        default "::1"; file "'::1'"; text "::1"; is IpAddr::from(Ipv6Addr::LOCALHOST);
        wrong "1.2.3", "value must be an IP address, such as `127.0.0.1` or `::1`, not \"1.2.3\"";
    }
    url: Url, [] {
        default "https://a.example/x"; file "'https://a.example/x'"; text "https://a.example/x";
        is "https://a.example/x".parse().unwrap();
        wrong "a.example", "value must be a URL, such as `https://example.org/`, not \"a.example\"";
    }
    number: u32, [] {
        default "1_000_000"; file "1_000_000"; text "1_000_000"; is 1_000_000;
        wrong "1__000", "value must be an integer from 0 to 4294967295, not \"1__000\"";
    }
    negative: i64, [] {
        default -1_000; file "-1_000"; text "-1_000"; is -1000;
        wrong "_1", "value must be an integer from -9223372036854775808 to 9223372036854775807, not \"_1\"";
    }
    fraction: f64, [] {
        default "1_000.5"; file "1_000.5"; text "1_000.5"; is 1000.5;
        wrong "1_.5", "value must be a number, not \"1_.5\"";
    }
    nonzero: NonZeroU8, [] {
        default 7; file "7"; text "7"; is NonZeroU8::new(7).unwrap();
        wrong "seven", "value must be an integer from 0 to 255, not \"seven\"";
    }
    flag: bool, [] {
        default "on"; file "true"; text "YES"; is true;
        wrong "y", "value must be true or false, not \"y\"";
    }
    parsed: u32, [parse = hex] {
        default "#ff"; file "'ff'"; text "#FF"; is 255;
        wrong "red", "value is not valid: invalid digit found in string";
    }
    read: u16, [with = doubled] {
        default 4; file "4"; text "4"; is 8;
        wrong "many", "value must be an integer from 0 to 65535, not \"many\"";
    }
}

#[test]
fn a_list_and_a_map_of_them_are_read_one_by_one() {
    #[derive(Debug, Config)]
    struct Settings {
        list: Vec<Duration>,
        map: std::collections::BTreeMap<String, ByteSize>,
        addresses: Vec<SocketAddr>,
    }
    let loader = || Settings::loader().system(System::memory()).env_prefix("APP");
    let text = "list = ['1s', '2m']\nmap = { a = '1kB', b = 5 }\naddresses = ['[::1]:1', '1.2.3.4:5']";
    let vars = [("APP_LIST", "1s,2m"), ("APP_MAP", "a=1kB,b=5"), ("APP_ADDRESSES", "[::1]:1,1.2.3.4:5")];
    for loader in [loader().text(Format::Toml, "app.toml", text), loader().env_vars(vars)] {
        let settings = loader.load().unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(settings.list, [Duration::from_secs(1), Duration::from_secs(120)]);
        assert_eq!((settings.map["a"].bytes(), settings.map["b"].bytes()), (1000, 5));
        assert_eq!(settings.addresses[1].port(), 5);
    }
    let text = "list = ['1s', 2, 'x']\nmap = { a = 'y', b = 5 }\naddresses = ['::1', 3]";
    let result = loader().text(Format::Toml, "app.toml", text).load();
    testing::assert_codes(&result, &[Code::Type; 5]);
    insta::assert_snapshot!(result.unwrap_err());
}

mod relative_paths {
    use super::*;

    #[derive(Debug, Config)]
    #[config(file = "config/base.toml", optional_file = "/etc/app/local.toml", env_prefix = "APP")]
    struct Settings {
        #[config(default = "tls/key.pem")]
        key: RelativePath,
        #[config(default)]
        more: Vec<RelativePath>,
        other: Option<RelativePath>,
        #[config(default = "plain.txt")]
        plain: PathBuf,
    }

    fn load(base: &str, local: &str, vars: &[(&str, &str)]) -> Settings {
        let system = System::memory().file("config/base.toml", base).file("/etc/app/local.toml", local);
        let system = vars.iter().fold(system, |system, (name, value)| system.var(*name, *value));
        Settings::loader().system(system).declared().load().unwrap()
    }

    #[test]
    fn a_path_starts_at_the_file_it_is_written_in() {
        let settings = load("key = 'key.pem'\nmore = ['a', '/b', '../c']\nplain = 'p'", "other = 'o'", &[]);
        assert_eq!(*settings.key, *Path::new("config/key.pem"));
        let more: Vec<&Path> = settings.more.iter().map(AsRef::as_ref).collect();
        assert_eq!(more, ["config/a", "/b", "config/../c"].map(Path::new));
        assert_eq!(settings.other.unwrap().into_path_buf(), Path::new("/etc/app/o"));
        assert_eq!(settings.plain, Path::new("p"));
    }

    #[test]
    fn elsewhere_it_is_kept() {
        let settings = load("", "", &[("APP_OTHER", "x/y"), ("APP_MORE", "a,b")]);
        assert_eq!(*settings.key, *Path::new("tls/key.pem"));
        assert_eq!(settings.other.unwrap().into_path_buf(), Path::new("x/y"));
        assert_eq!(*settings.more[0], *Path::new("a"));
        let loader = Settings::loader().text(Format::Toml, "app.toml", "key = 'k'");
        assert_eq!(*loader.load().unwrap().key, *Path::new("k"));
    }

    #[test]
    fn the_root_of_the_loader_comes_first() {
        let system = System::memory().file("/srv/config/base.toml", "key = 'key.pem'");
        let settings = Settings::loader().system(system).root("/srv").declared().load().unwrap();
        assert_eq!(*settings.key, *Path::new("/srv/config/key.pem"));
    }

    #[test]
    fn a_wrong_one_is_told() {
        let system = System::memory().file("config/base.toml", "key = 3\nmore = ['a', 4]");
        let report = Settings::loader().system(system).declared().load().unwrap_err();
        let messages: Vec<&str> = report.problems().iter().map(confkit::Problem::message).collect();
        assert_eq!(messages, ["key must be a string, not 3", "more[1] must be a string, not 4"]);
    }

    #[test]
    fn backslashes_in_values_are_kept() {
        let text = "plain = 'C:\\new\\table'\nkey = \"C:\\\\new\"\n";
        let settings = load(text, "", &[("APP_OTHER", "C:\\temp\\x")]);
        assert_eq!(settings.plain, Path::new("C:\\new\\table"));
        assert!(settings.key.to_str().unwrap().ends_with("C:\\new"));
        assert_eq!(settings.other.unwrap().into_path_buf(), Path::new("C:\\temp\\x"));
    }
}

#[test]
fn a_number_that_its_type_cannot_hold_is_told() {
    #[derive(Debug, Config)]
    struct Settings {
        narrow: Option<f32>,
        wide: Option<f64>,
        size: Option<ByteSize>,
    }
    let load = |format, text: &str| Settings::loader().text(format, "app", text).load();
    let message = |format, text| load(format, text).unwrap_err().problems()[0].message().to_owned();
    for (format, text, shown) in [
        (Format::Toml, "narrow = 1e39", "1e39"),
        (Format::Toml, "narrow = -1e39", "-1e39"),
        (
            Format::Yaml,
            "narrow: 340282366920938463463374607431768211456",
            "340282366920938463463374607431768211456",
        ),
        (Format::Ini, "narrow = 1e39", "\"1e39\""),
        (Format::Json5, "{narrow: 1e39}", "1e39"),
    ] {
        let words = format!("narrow must be a number, not {shown}: it is too large for the setting's type");
        assert_eq!(message(format, text), words, "{text}");
    }
    let words = "wide must be a number, not 1e400: it is too large for the setting's type";
    assert_eq!(message(Format::Json, "{\"wide\": 1e400}"), words);
    let words = "size must be a size such as `10MiB` or `512kB`, not the string \"16EiB\"";
    assert_eq!(message(Format::Toml, "size = '16EiB'"), words);

    // What says so itself is infinite, and the largest values fit.
    for (format, text) in
        [(Format::Toml, "narrow = inf"), (Format::Ini, "narrow = inf"), (Format::Yaml, "narrow: -.inf")]
    {
        assert!(load(format, text).unwrap().narrow.unwrap().is_infinite(), "{text}");
    }
    let settings =
        load(Format::Toml, "narrow = 3.4028235e38\nwide = 1e308\nsize = '18446744073709551615'").unwrap();
    assert_eq!((settings.narrow, settings.wide), (Some(f32::MAX), Some(1e308)));
    assert_eq!(settings.size.unwrap().bytes(), u64::MAX);
}

#[test]
fn a_wrong_integer_is_shown_with_the_base_in_which_it_is_written() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(validate(range(max = 9)))]
        narrow: Option<i8>,
        text: Option<String>,
    }
    let message = |format, text: &str| {
        let report = Settings::loader().text(format, "app", text).load().unwrap_err();
        report.problems()[0].message().to_owned()
    };
    let range = "narrow must be an integer from -128 to 127, not ";
    assert_eq!(message(Format::Json5, "{narrow: 0x80}"), format!("{range}0x80"));
    assert_eq!(message(Format::Json5, "{narrow: -0x81}"), format!("{range}-0x81"));
    assert_eq!(message(Format::Toml, "narrow = 0b1_0000_0000"), format!("{range}0b100000000"));
    assert_eq!(message(Format::Toml, "narrow = 0o400"), format!("{range}0o400"));
    assert_eq!(message(Format::Yaml, "text: 0x1F"), "text must be a string, not 0x1F");
}
