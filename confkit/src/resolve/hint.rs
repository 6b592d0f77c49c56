//! What to write instead, where a format makes something else of a value than people expect.

use confkit_sources::declared::Kind;
use confkit_sources::{NodeKind, NodeRef};

use super::text;

/// On a YAML scalar without quotation marks that is not of the kind asked for.
pub(super) fn on_plain_scalar(node: NodeRef<'_>, asked: &Kind) -> Option<String> {
    if let Some(written) = node.as_written() {
        return Some(on_versions(written, asked));
    }
    let is_yaml = node.document().format()?.as_str().starts_with("yaml");
    let is_plain = matches!(node.kind(), NodeKind::Integer | NodeKind::Float | NodeKind::Bool);
    let is_text = matches!(asked, Kind::Text | Kind::Parsed(_) | Kind::Choice(_));
    (is_yaml && is_plain && is_text).then(|| "put it in quotation marks to keep it as text".to_owned())
}

/// On what YAML 1.1 and 1.2 read differently.
fn on_versions(written: &str, asked: &Kind) -> String {
    let digits = written.trim_start_matches(['+', '-']);
    let is_word = text::boolean(written).is_some() || matches!(written, "y" | "Y" | "n" | "N");
    if is_word && matches!(asked, Kind::Bool) {
        return "write `true` or `false`".to_owned();
    }
    if is_word {
        return format!(
            "to YAML 1.1 `{written}` is a boolean, to YAML 1.2 text; in quotation marks it is text to both"
        );
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let plain = digits.trim_start_matches('0');
        return format!(
            "to YAML 1.1 `{written}` is octal, to YAML 1.2 decimal; write `0o{plain}`, or `{plain}`"
        );
    }
    if !digits.contains(['_', ':']) && digits.contains(['e', 'E']) && !digits.starts_with("0x") {
        return format!(
            "to YAML 1.1 `{written}` is text, to YAML 1.2 a number with a fraction; write all digits, or quotation marks"
        );
    }
    format!("to YAML 1.1 `{written}` is a number, to YAML 1.2 text; write a plain number, or quotation marks")
}
