// `#[validate(…)]` on a struct names a function or the context.
use confkit::Config;

#[derive(Config)]
#[validate(schema(function = sane, skip_on_field_errors = false))]
struct WithFunction {
    port: u16,
}

fn sane(settings: &WithFunction) -> Result<(), String> {
    if settings.port > 0 { Ok(()) } else { Err("no port".to_owned()) }
}

#[derive(Config)]
struct Alone {
    port: u16,
}

fn main() {}
