// A JSON Schema is the path of a file or a text.
use confkit::Config;

#[derive(Config)]
#[config(json_schema(text = "{}"))]
struct Text {
    port: u16,
}

#[derive(Config)]
struct Field {
    #[config(validate(json_schema(text = "{}")))]
    port: u16,
}

fn main() {}
