//! Choices from a tape of numbers. Behind its end every choice is the first one, the plainest.

pub(super) struct Choices<'t> {
    tape: std::slice::Iter<'t, u16>,
}

impl<'t> Choices<'t> {
    pub(super) fn new(tape: &'t [u16]) -> Self {
        Self { tape: tape.iter() }
    }

    /// A number below another one, or zero.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let number = self.tape.next().copied().map_or(0, usize::from);
        if end == 0 { 0 } else { number % end }
    }

    pub(super) fn is_chosen(&mut self) -> bool {
        self.below(3) > 0
    }

    /// One of several.
    pub(super) fn one_of<'v, V>(&mut self, values: &'v [V]) -> Option<&'v V> {
        let index = self.below(values.len());
        values.get(index)
    }

    /// A number between two, both included.
    pub(super) fn between(&mut self, low: i128, high: i128) -> i128 {
        let wide = (0..4).fold(0_u128, |wide, _| (wide << 16) | self.below(1 << 16) as u128);
        let count = high.abs_diff(low);
        let offset = if count == u128::MAX { wide } else { wide % (count + 1) };
        low.wrapping_add_unsigned(offset)
    }
}
