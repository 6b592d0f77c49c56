//! Rules on what is inside a value.

use super::{Chain, Each, Keys, On};
use crate::resolve::Cx;

impl Cx<'_> {
    /// Judges `each`: the rules inside, on every element or on the value of every entry.
    pub fn each<T: Each>(
        &mut self,
        on: On<'_>,
        value: Option<&T>,
        mut judge: impl FnMut(&mut Self, On<'_>, &T::Item),
    ) {
        let Some(value) = value.filter(|_| self.is_due(on)) else { return };
        let rule = super::Which::Inner(on.rule());
        value.each(&mut |inside, item| {
            let chain = Chain { outer: on.chain, inside, is_key: false };
            judge(self, On { which: rule, chain: Some(&chain), ..on }, item);
        });
    }

    /// Judges `keys`: the rules inside, on every key.
    pub fn keys<T: Keys>(
        &mut self,
        on: On<'_>,
        value: Option<&T>,
        mut judge: impl FnMut(&mut Self, On<'_>, &T::Key),
    ) {
        let Some(value) = value.filter(|_| self.is_due(on)) else { return };
        let rule = super::Which::Inner(on.rule());
        value.keys(&mut |inside, key| {
            let chain = Chain { outer: on.chain, inside, is_key: true };
            judge(self, On { which: rule, chain: Some(&chain), ..on }, key);
        });
    }
}
