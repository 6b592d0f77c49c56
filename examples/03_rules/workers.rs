//! What works off orders: limits that the machine sets, and a type that has rules of its own.

use confkit::Config;
use serde::Deserialize;
use validator::{Validate, ValidationError, ValidationErrors};

/// What the machine can bear.
pub(crate) struct Machine {
    pub(crate) cores: u16,
    pub(crate) memory_mib: u32,
}

/// Workers, as many as the machine has room for.
#[derive(Debug, Config)]
#[config(context = Machine, check_with(fits, fields(count, memory_mib), use_context))]
pub(crate) struct Workers {
    #[config(validate(custom(is_bearable, use_context)))]
    pub(crate) count: u16,

    /// Memory of each of them.
    #[config(default = 256, validate(|memory| memory % 64 == 0, "must be a multiple of 64"))]
    memory_mib: u32,

    /// When they pause. The type is one of another library, which knows what is right.
    #[config(validate(validator))]
    pause: Hours,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "rules get values by reference")]
fn is_bearable(count: &u16, machine: &Machine) -> Result<(), String> {
    let most = machine.cores * 4;
    if *count <= most { Ok(()) } else { Err(format!("{} cores bear {most} workers at most", machine.cores)) }
}

fn fits(workers: &Workers, machine: &Machine) -> Result<(), String> {
    let wanted = u32::from(workers.count) * workers.memory_mib;
    if wanted <= machine.memory_mib {
        return Ok(());
    }
    Err(format!("together they want {wanted} MiB, and the machine has {} MiB", machine.memory_mib))
}

/// Hours of the day, from one to another.
#[derive(Debug, Deserialize)]
pub(crate) struct Hours {
    from: u8,
    to: u8,
}

impl Validate for Hours {
    fn validate(&self) -> Result<(), ValidationErrors> {
        let mut errors = ValidationErrors::new();
        for (name, hour) in [("from", self.from), ("to", self.to)] {
            if hour > 23 {
                let error = ValidationError::new("hour").with_message("must be an hour, from 0 to 23".into());
                errors.add(name, error);
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}
