//! confkit's own types with other deserializers: they are values like others there.

use std::path::{Path, PathBuf};

use confkit::{ByteSize, Config, Format, RelativePath, SecretBytes, SecretEq, SecretString, System, testing};
use serde::Deserialize;
use serde::de::value::{Error, I64Deserializer, U64Deserializer};

#[test]
fn a_size_is_written_in_the_largest_unit_and_read_back() {
    for (bytes, text) in [
        (0, "0B"),
        (999, "999B"),
        (1_000, "1kB"),
        (1_024, "1KiB"),
        (1_500_000, "1500kB"),
        (3 << 40, "3TiB"),
        (2_000_000_000_000, "2TB"),
        (u64::MAX, "18446744073709551615B"),
    ] {
        let json = serde_json::to_string(&ByteSize::new(bytes)).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<ByteSize>(&json).unwrap(), ByteSize::from(bytes), "{text}");
    }
}

#[derive(Debug, Deserialize)]
struct Inner {
    size: ByteSize,
}

#[test]
fn a_size_in_json_is_a_number_or_a_text() {
    let read = |json: &str| serde_json::from_str::<Inner>(json).map(|inner| inner.size.bytes());
    assert_eq!(read(r#"{ "size": 1024 }"#).unwrap(), 1024);
    assert_eq!(read(r#"{ "size": "1 KiB" }"#).unwrap(), 1024);
    for (json, words) in [
        (r#"{ "size": -1 }"#, "a size is not negative"),
        (r#"{ "size": "big" }"#, "a size is written as `10MiB`, `512kB` or a number of bytes"),
        (r#"{ "size": true }"#, "a size such as `10MiB`"),
    ] {
        let error = read(json).unwrap_err().to_string();
        assert!(error.contains(words), "{json}: {error}");
    }
    let signed = |number| ByteSize::deserialize(I64Deserializer::<Error>::new(number));
    assert_eq!((signed(5).ok(), signed(-5).ok()), (Some(ByteSize::new(5)), None));
    assert!(ByteSize::deserialize(U64Deserializer::<Error>::new(u64::MAX)).is_ok());
}

#[derive(Debug, Config)]
struct Files {
    certificate: RelativePath,
}

#[test]
fn a_relative_path_is_a_path_and_is_written_as_one() {
    let system = System::memory().file("conf/a.toml", "certificate = 'tls/a.pem'");
    let path = Files::loader().system(system).file("conf/a.toml").load().unwrap().certificate;
    assert_eq!(path.file_name(), Some("a.pem".as_ref()), "all that a path can do");
    let joined = Path::new("/srv").join(&path);
    assert_eq!(joined, Path::new("/srv/conf/tls/a.pem"));
    let json = serde_json::to_string(&path).unwrap();
    assert_eq!(json, r#""conf/tls/a.pem""#);
    assert_eq!(serde_json::from_str::<RelativePath>(&json).unwrap(), path);
    assert!(serde_json::from_str::<RelativePath>("5").unwrap_err().to_string().contains("path"));
    assert_eq!(PathBuf::from(path.clone()), path.into_path_buf());
    // Set by the program, it starts nowhere else.
    let set = RelativePath::from(PathBuf::from("b.pem"));
    assert_eq!(Files::loader().set("certificate", &set).load().unwrap().certificate, set);
    let number = Files::loader().text(Format::Toml, "a.toml", "certificate = 5").load();
    testing::assert_codes(&number, &[confkit::Code::Type]);
}

#[test]
fn secrets_refuse_what_is_none_without_showing_it() {
    let text = serde_json::from_str::<SecretString>("5").unwrap_err().to_string();
    let bytes = serde_json::from_str::<SecretBytes>("true").unwrap_err().to_string();
    let none = serde_json::from_str::<SecretBytes>("[]").unwrap_err().to_string();
    assert!(text.contains("a string") && bytes.contains("bytes"), "{text}, {bytes}");
    assert!(none.contains("there are no bytes"), "{none}");
    assert_eq!(serde_json::from_str::<SecretBytes>("\"raw\"").unwrap().expose(), b"raw");
}

#[test]
fn secrets_are_compared_as_what_they_hold() {
    fn differ<T: SecretEq + ?Sized>(one: &T, same: &T, other: &T) -> bool {
        one.secret_eq(same) && !one.secret_eq(other)
    }
    assert!(differ("ab", "ab", "ac"));
    assert!(differ::<Box<str>>(&"ab".into(), &"ab".into(), &"a".into()));
    assert!(differ::<std::sync::Arc<str>>(&"ab".into(), &"ab".into(), &"abc".into()));
    assert!(differ(&vec![1_u8, 2], &vec![1, 2], &vec![2, 1]));
    assert!(differ::<Box<[u8]>>(&[1, 2].into(), &[1, 2].into(), &[1].into()));
    assert!(differ(&[0_u8; 32], &[0; 32], &[1; 32]));
    assert!(differ(&-1_i128, &-1, &1) && differ(&7_usize, &7, &8));
}

#[test]
fn kinds_tell_what_names_mean_and_that_text_is_a_path() {
    #[derive(Debug, Clone, Config)]
    #[config(rename_all = "kebab-case")]
    enum Level {
        /// What an operator has to know.
        Info,
        VeryVerbose,
        #[serde(other)]
        Other,
    }
    #[derive(Debug, Config)]
    enum Silent {
        On,
        Off,
    }
    #[derive(Debug, Config)]
    struct Kinds {
        level: Level,
        levels: Option<Vec<Level>>,
        silent: Silent,
        path: Option<PathBuf>,
        relative: RelativePath,
        text: String,
    }
    let kinds: Vec<_> = Kinds::metadata().fields().iter().filter_map(confkit::Field::kind).collect();
    assert_eq!(kinds[0].docs_of_names(), ["What an operator has to know.", ""]);
    assert_eq!(kinds[1].element().unwrap().docs_of_names(), kinds[0].docs_of_names());
    assert!(kinds[2].docs_of_names().is_empty());
    assert_eq!([3, 4, 5].map(|at| kinds[at].is_path()), [true, true, false]);
    // Nobody else is told.
    let error = serde_json::from_str::<Level>("3").unwrap_err().to_string();
    assert!(!error.contains("operator"), "{error}");
}
