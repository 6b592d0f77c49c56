// `#[validate(…)]` on a struct names a function or the context.
use confkit::Config;

#[derive(Config)]
#[validate(schema(skip_on_field_errors = false))]
struct WithoutFunction {
    port: u16,
}

#[derive(Config)]
#[validate(schema(function = sane, arg = "u16"))]
struct WithArgument {
    port: u16,
}

#[derive(Config)]
#[validate]
struct Alone {
    port: u16,
}

#[derive(Config)]
#[validate(nest_all_fields)]
struct Nested {
    port: u16,
}

fn main() {}
