//! validator's own spelling on a type.
use confkit::Config;

struct Machine {
    cores: u16,
}

#[derive(Config)]
#[validate(context = Machine, mutable, schema(function = "fits", use_context, code = "too_many", skip_on_field_errors = false))]
#[validate(schema(function = sane, message = "must be sane"))]
struct Settings {
    #[validate(range(min = 1), custom(function = "even", message = "must be even"))]
    workers: u16,
    #[validate(length(min = 1), email, must_match(other = "again"), contains(pattern = "@"))]
    mail: String,
    again: String,
    #[validate(required, url)]
    page: Option<String>,
    #[validate(nested)]
    pool: Pool,
}

#[derive(serde::Deserialize)]
struct Pool {
    size: u16,
}

impl validator::Validate for Pool {
    fn validate(&self) -> Result<(), validator::ValidationErrors> {
        let mut errors = validator::ValidationErrors::new();
        if self.size == 0 {
            errors.add("size", validator::ValidationError::new("range"));
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "rules get references")]
fn even(value: &u16) -> Result<(), &'static str> {
    if value.is_multiple_of(2) { Ok(()) } else { Err("odd") }
}

fn fits(settings: &Settings, machine: &Machine) -> Result<(), String> {
    if settings.workers <= machine.cores { Ok(()) } else { Err("too many".to_owned()) }
}

fn sane(settings: &Settings) -> Result<(), String> {
    if settings.mail == settings.again && settings.page.is_some() { Ok(()) } else { Err(String::new()) }
}
