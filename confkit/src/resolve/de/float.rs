//! Numbers with a fraction.

use confkit_sources::NodeKind;
use confkit_sources::declared::Kind;
use serde::de::Visitor;

use super::super::error::{Error, What};
use super::super::text;
use super::De;

impl De<'_> {
    /// Reads a number of the width that `fits` knows. What `inf` and the like say is no number too large.
    pub(super) fn float<'de, V: Visitor<'de>>(
        self,
        visitor: V,
        fits: impl Fn(f64) -> bool,
    ) -> Result<V::Value, Error> {
        let (kind, text, radix) = self.scalar(|| Kind::Float)?;
        let number = match kind {
            NodeKind::Float => text.parse::<f64>().ok(),
            NodeKind::Integer if self.is_twofold(text, radix) => None,
            NodeKind::Integer if radix == 10 => text.parse().ok(),
            #[expect(clippy::cast_precision_loss, reason = "a float is asked for")]
            NodeKind::Integer => i128::from_str_radix(text, radix).ok().map(|number| number as f64),
            NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
            NodeKind::Text => text::number(text).parse().ok(),
            _ => None,
        };
        match number {
            // Digits that end as infinity would silently be another value.
            Some(number) if !fits(number) && text.contains(|c: char| c.is_ascii_digit()) => {
                Err(self.mismatch(Kind::Float))
            }
            Some(number) => visitor.visit_f64(number).map_err(|error: Error| self.placed(error)),
            None => Err(self.mismatch(Kind::Float)),
        }
    }
}
