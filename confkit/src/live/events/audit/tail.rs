//! The end of a file.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

/// How much is read first; lines that are longer take more.
const BLOCK: u64 = 64 * 1024;

/// How a file ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tail {
    /// The last whole line, without its end.
    pub(super) line: Option<Vec<u8>>,
    /// Where the whole lines end.
    pub(super) whole: u64,
    /// What is behind them.
    pub(super) torn: Vec<u8>,
}

impl Tail {
    /// Reads no more of the file than it has to.
    pub(super) fn read(file: &mut File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        let mut block = BLOCK;
        loop {
            let start = length.saturating_sub(block);
            file.seek(SeekFrom::Start(start))?;
            let mut bytes = Vec::new();
            file.take(length - start).read_to_end(&mut bytes)?;
            if let Some(tail) = Self::of(&bytes, start) {
                return Ok(tail);
            }
            block *= 4;
        }
    }

    /// The end of a file of which these bytes are known; `None` if its last line begins before them.
    fn of(bytes: &[u8], start: u64) -> Option<Self> {
        let is_end = |byte: &u8| *byte == b'\n';
        let whole = bytes.iter().rposition(is_end).map(|at| at + 1);
        let begin = whole.and_then(|whole| bytes[..whole - 1].iter().rposition(is_end)).map(|at| at + 1);
        if begin.is_none() && start > 0 {
            return None;
        }
        let line = whole.map(|whole| bytes[begin.unwrap_or(0)..whole - 1].to_vec());
        let whole = whole.unwrap_or(0);
        Some(Self { line, whole: start + whole as u64, torn: bytes[whole..].to_vec() })
    }
}
