// What serde's attributes say about reading is followed.
use confkit::Config;

#[derive(Config)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Settings {
    #[serde(
        rename(serialize = "a", deserialize = "b"),
        alias = "c",
        skip_serializing_if = "Option::is_none"
    )]
    name: Option<String>,
    #[serde(flatten)]
    pool: Pool,
    #[serde(skip)]
    cache: Vec<u8>,
    #[serde(default = "port")]
    port: u16,
    wrapped: Wrapped,
    converted: Converted,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            pool: Pool { max: 1 },
            cache: Vec::new(),
            port: 1,
            wrapped: Wrapped { inner: 1 },
            converted: Converted,
        }
    }
}

fn port() -> u16 {
    80
}

#[derive(Config)]
struct Pool {
    max: u16,
}

#[derive(Config)]
#[serde(transparent)]
struct Wrapped {
    inner: u16,
}

#[derive(Config)]
#[serde(try_from = "String")]
enum Converted2 {
    One,
}

impl TryFrom<String> for Converted2 {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if text == "1" { Ok(Self::One) } else { Err(text) }
    }
}

struct Converted;

impl<'de> serde::Deserialize<'de> for Converted {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        u16::deserialize(source).map(|_| Self)
    }
}

fn main() {}
