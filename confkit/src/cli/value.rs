//! What a text means for a setting.

use confkit_sources::declared::{Kind, ValueKind};
use figment::value::Value;

use super::Status;
use super::failure::Failure;
use crate::explain::Addressed;
use crate::figment::typed;
use crate::report::Code;

/// The values that a text may stand for, the likeliest first. Text is read as in a variable; a section
/// is JSON. A format without types takes the text as it is.
pub(super) fn values(
    setting: &Addressed,
    key: &str,
    text: &str,
    has_types: bool,
) -> Result<Vec<Value>, Failure> {
    let Some(kind) = &setting.kind else { return section(key, text).map(|value| vec![value]) };
    let as_it_is = Value::from(text);
    if !has_types {
        return Ok(vec![as_it_is]);
    }
    let value = typed(kind, text, setting.field.env_delimiter());
    // What the type takes is known to its reader alone: the check tells which of the two it is.
    let is_sure = is_known(kind) || value == as_it_is;
    Ok(if is_sure { vec![value] } else { vec![value, as_it_is] })
}

fn is_known(kind: &ValueKind) -> bool {
    !matches!(kind.kind(), Kind::Other)
}

/// A whole section.
fn section(key: &str, text: &str) -> Result<Value, Failure> {
    let json: Option<serde_json::Value> = serde_json::from_str(text).ok();
    json.and_then(|json| Value::serialize(json).ok()).ok_or_else(|| {
        let message = format!("{key} is a section, and the value is no JSON");
        let help = "set what is in it one by one, or give all of it as JSON";
        Failure::about(Status::Usage, Code::Type, key, &message, Some(help))
    })
}
