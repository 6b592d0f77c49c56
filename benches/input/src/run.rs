//! The frame of a measured program.

use std::fmt::{self, Debug, Write};
use std::path::Path;
use std::process::ExitCode;

/// Whatever a peer's load may fail with.
pub type BoxError = Box<dyn std::error::Error>;

/// Runs one load as `<case> <folder>` asks and prints a checksum of the value.
///
/// The types of all programs have the same names, fields and order, so equal settings print equal sums.
pub fn run<S: Debug, L: Debug>(
    small: fn(&Path) -> Result<S, BoxError>,
    large: fn(&Path) -> Result<L, BoxError>,
) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [case, folder, rest @ ..] = arguments.as_slice() else {
        eprintln!("usage: <case> <folder> [--show]");
        return ExitCode::FAILURE;
    };
    let folder = Path::new(folder);
    let show = !rest.is_empty();
    let outcome = if case == "30" {
        small(folder).map(|settings| print(&settings, show))
    } else {
        large(folder).map(|settings| print(&settings, show))
    };
    if let Err(error) = outcome {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The same for a program that knows the services alone.
pub fn run_services<L: Debug>(large: fn(&Path) -> Result<L, BoxError>) -> ExitCode {
    run(|_| Err::<(), _>("only services are measured in this format".into()), large)
}

/// Prints the value itself, or its sum without building the text in memory, which would count as heap.
fn print(settings: &impl Debug, show: bool) {
    if show {
        println!("{settings:?}");
        return;
    }
    let mut sum = Sum(0xcbf2_9ce4_8422_2325);
    // Writing into a `Sum` cannot fail.
    let _ = write!(sum, "{settings:?}");
    println!("{:016x}", sum.0);
}

/// FNV-1a, 64 bits, over what is written into it.
struct Sum(u64);

impl Write for Sum {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(())
    }
}
