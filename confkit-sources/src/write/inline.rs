//! Parts of a text: one value in the line of its key, one key, one header.

use super::{NOT_A_TABLE, NOT_WRITTEN, Page, Refusal, WriteError, error, too_deep};
use crate::document::{NodeKind, NodeRef};
use crate::format::{Format, Nesting};

impl Format {
    /// Writes one value as it stands behind its key, in a single line.
    ///
    /// Tables and lists are in brackets; in YAML they are written as in JSON, which it reads too. In
    /// INI and dotenv they are JSON in the text of the value.
    ///
    /// # Errors
    ///
    /// Everything in the value that the format cannot hold, each with its path, which begins at the
    /// value; and formats that are written as a whole alone: properties, RON, HCL and programs' own.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document, Format};
    ///
    /// let text = "hosts = ['a', 'b']\nlabels.zone = 'north'\n".to_owned();
    /// let document = Document::toml("app.toml", text).unwrap();
    /// let hosts = document.root().get("hosts").unwrap();
    /// let labels = document.root().get("labels").unwrap();
    /// assert_eq!(Format::Toml.write_value(hosts).unwrap(), "[\"a\", \"b\"]");
    /// assert_eq!(Format::Toml.write_value(labels).unwrap(), "{ zone = \"north\" }");
    /// # #[cfg(feature = "yaml")]
    /// assert_eq!(Format::Yaml.write_value(labels).unwrap(), "{\"zone\": \"north\"}");
    /// ```
    pub fn write_value(self, value: NodeRef<'_>) -> Result<String, Vec<WriteError>> {
        let mut page = Page::default();
        match too_deep(value) {
            Some(node) => page.exceed(node, super::TOO_DEEP),
            None => page.value(self, value),
        }
        page.finish(self, value)
    }

    /// Writes a key, in quotation marks where it needs them.
    ///
    /// # Errors
    ///
    /// A key that the format cannot hold, and formats that are written as a whole alone.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Format;
    ///
    /// assert_eq!(Format::Toml.write_key("max conn").unwrap(), "\"max conn\"");
    /// # #[cfg(feature = "json")]
    /// assert_eq!(Format::Json5.write_key("port").unwrap(), "port");
    /// # #[cfg(feature = "ini")]
    /// assert!(Format::Ini.write_key("a=b").is_err());
    /// ```
    pub fn write_key(self, key: &str) -> Result<String, WriteError> {
        let written = match self {
            #[cfg(feature = "toml")]
            Self::Toml => Ok(super::toml::key(key)),
            #[cfg(feature = "json")]
            Self::Json | Self::Jsonc => Ok(super::json::quoted(key)),
            #[cfg(feature = "json")]
            Self::Json5 => Ok(if is_identifier(key) { key.to_owned() } else { super::json::quoted(key) }),
            #[cfg(feature = "yaml")]
            Self::Yaml | Self::YamlMerge => Ok(super::yaml::string(key).into_owned()),
            #[cfg(feature = "ini")]
            Self::Ini => super::ini::key(key).map(str::to_owned),
            #[cfg(feature = "dotenv")]
            Self::Dotenv => super::dotenv::name(key).map(str::to_owned),
            _ => Err(NOT_WRITTEN),
        };
        written.map_err(|why| refused(self, key, why))
    }

    /// Writes what stands between the brackets of a table's header, from the keys that lead to it.
    ///
    /// # Errors
    ///
    /// A key that the format cannot hold, and formats without headers.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Format;
    ///
    /// assert_eq!(Format::Toml.write_header(&["shops", "a.b"]).unwrap(), "shops.\"a.b\"");
    /// ```
    pub fn write_header(self, keys: &[&str]) -> Result<String, WriteError> {
        if self.nesting() != Nesting::Headers {
            return Err(refused(self, &keys.join("."), NOT_A_TABLE));
        }
        let mut header = String::new();
        for key in keys {
            header.push_str(if header.is_empty() { "" } else { "." });
            header.push_str(&match self {
                #[cfg(feature = "ini")]
                Self::Ini => super::ini::name(key).map_err(|why| refused(self, key, why))?.into_owned(),
                _ => self.write_key(key)?,
            });
        }
        Ok(header)
    }
}

impl Page {
    fn value(&mut self, format: Format, node: NodeRef<'_>) {
        match format {
            #[cfg(feature = "toml")]
            Format::Toml => super::toml::inline(self, node),
            #[cfg(feature = "json")]
            Format::Json | Format::Jsonc => {
                brackets(self, node, &|page, node| page.push(node, super::json::scalar(node, false)));
            }
            #[cfg(feature = "json")]
            Format::Json5 => {
                brackets(self, node, &|page, node| page.push(node, super::json::scalar(node, true)));
            }
            #[cfg(feature = "yaml")]
            Format::Yaml | Format::YamlMerge if node.is_container() => brackets(self, node, &in_yaml),
            #[cfg(feature = "yaml")]
            Format::Yaml | Format::YamlMerge => self.push(node, super::yaml::scalar(node)),
            #[cfg(feature = "ini")]
            Format::Ini => untyped(self, node, &|text| super::ini::value(text).map(Into::into)),
            #[cfg(feature = "dotenv")]
            Format::Dotenv => untyped(self, node, &|text| super::dotenv::in_line(text).map(Into::into)),
            _ => self.refuse(node, NOT_WRITTEN),
        }
    }
}

/// How a value that is no container is written inside brackets.
type Inner<'f> = &'f dyn Fn(&mut Page, NodeRef<'_>);

/// Writes JSON in one line.
fn brackets(page: &mut Page, node: NodeRef<'_>, inner: Inner<'_>) {
    let (open, close) = match node.kind() {
        NodeKind::Array => ('[', ']'),
        NodeKind::Table => ('{', '}'),
        _ => return inner(page, node),
    };
    page.text.push(open);
    for (at, item) in node.items().enumerate() {
        page.text.push_str(if at == 0 { "" } else { ", " });
        if node.kind() == NodeKind::Table {
            page.text.push_str(&quoted(item.key()));
            page.text.push_str(": ");
        }
        brackets(page, item, inner);
    }
    page.text.push(close);
}

/// A string in brackets is safe in quotation marks alone.
#[cfg(feature = "yaml")]
fn in_yaml(page: &mut Page, node: NodeRef<'_>) {
    use super::scalar::Scalar;
    match Scalar::of(node) {
        Ok(Scalar::String(text)) => page.text.push_str(&quoted(text)),
        _ => page.push(node, super::yaml::scalar(node)),
    }
}

/// A value in a format where all is text; one with tables in it is JSON.
#[cfg(any(feature = "dotenv", feature = "ini"))]
fn untyped(page: &mut Page, node: NodeRef<'_>, spell: &dyn Fn(&str) -> Result<String, Refusal>) {
    let has_tables = node.kind() == NodeKind::Table || node.items().any(NodeRef::is_container);
    let text = if has_tables {
        let mut inner = Page::default();
        brackets(&mut inner, node, &|page, node| page.push(node, super::json::scalar(node, false)));
        page.refused.extend(inner.refused);
        Some(inner.text)
    } else {
        super::untyped::text(page, node)
    };
    if let Some(text) = text {
        page.push(node, spell(&text));
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether JSON5 needs no quotation marks around a key.
#[cfg(feature = "json")]
fn is_identifier(key: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$');
    key.starts_with(is_start) && key.chars().all(|c| is_start(c) || c.is_ascii_digit())
}

#[cold]
fn refused(format: Format, key: &str, why: Refusal) -> WriteError {
    let mut path = String::new();
    crate::path::push_key(&mut path, key);
    error(format, &path, &super::Refused { node: 0, why, is_limit: false })
}
