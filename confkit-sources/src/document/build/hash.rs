//! How keys are told apart without looking at all of them.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// What the keys of a small table look like: a bit for each. A key whose bit is not there is surely
/// none of them; most keys that are new are told apart by it alone.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Glance(u64);

impl Glance {
    /// Of one key. Those of one table differ in their ends or in their lengths.
    #[inline]
    pub(super) fn at(key: &[u8]) -> Self {
        let [first, .., last] = key else { return Self(1) };
        let looks = u64::from(*first) | u64::from(*last) << 8 | (key.len() as u64) << 16;
        Self(1 << (looks.wrapping_mul(MIX) >> 58))
    }

    /// Of all keys of both.
    #[inline]
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of these keys may be that one.
    #[inline]
    pub(super) fn has(self, key: Self) -> bool {
        self.0 & key.0 != 0
    }
}

/// An odd number whose bits have no pattern.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// What makes hashes differ from one document to the next, so that no file can have keys that fall
/// together on purpose.
#[derive(Debug)]
pub(super) struct Seed([u64; 2]);

impl Seed {
    pub(super) fn new() -> Self {
        let random = RandomState::new();
        Self([random.hash_one(0), random.hash_one(1)])
    }

    /// The hash of a key of a table.
    pub(super) fn hash(&self, table: u32, key: &[u8]) -> u64 {
        let Self([seed, other]) = *self;
        let (words, rest) = key.as_chunks::<8>();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        let length = (key.len() as u64) << 32;
        let mut hash = folded(seed ^ u64::from(table) ^ length, other);
        for word in words.iter().chain([&last]) {
            hash = folded(hash ^ u64::from_le_bytes(*word), other);
        }
        hash
    }
}

/// The product of two words, both halves of it.
#[inline]
fn folded(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other | 1);
    #[expect(clippy::cast_possible_truncation, reason = "the halves are what is asked for")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}

/// A hasher for keys that are hashes already.
#[derive(Debug, Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
