//! Names of variants.

use crate::diag::Diag;
use crate::model::{At, Choice, Variant};

/// Refuses two variants with one name, two `other` variants, and names without effect.
pub(super) fn run(choice: &Choice, diag: &Diag) {
    if choice.conversion.is_some() {
        return;
    }
    let mut others = choice.variants.iter().filter(|variant| variant.other);
    if let (Some(first), Some(second)) = (others.next(), others.next()) {
        let message = format!("only one variant can be `#[serde(other)]`; `{}` is one already", first.ident);
        diag.error(second.ident.span(), message);
    }
    if choice.variants.iter().all(|variant| variant.skipped)
        && let Some(variant) = choice.variants.first()
    {
        diag.error(variant.ident.span(), "every variant is skipped, so no value can be read");
    }
    let mut seen: Vec<(&At<String>, &Variant)> = Vec::new();
    for variant in choice.variants.iter().filter(|variant| !variant.skipped) {
        for name in std::iter::once(&variant.name).chain(&variant.aliases) {
            match seen.iter().find(|(other, _)| other.value == name.value) {
                Some((_, other)) if other.ident == variant.ident => {
                    diag.error(
                        name.span,
                        format!("`{}` names this variant already; drop the alias", name.value),
                    );
                }
                Some((_, other)) => {
                    diag.error(
                        name.span,
                        format!(
                            "two variants are named `{}`: `{}` and `{}`",
                            name.value, other.ident, variant.ident
                        ),
                    );
                }
                None => seen.push((name, variant)),
            }
        }
    }
}
