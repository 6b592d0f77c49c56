// A JSON Schema is the path of a file or a text.
use confkit::Config;

#[derive(Config)]
#[config(json_schema(3))]
struct Numbered {
    port: u16,
}

#[derive(Config)]
#[config(json_schema("a.json", text = "{}"))]
struct Both {
    port: u16,
}

#[derive(Config)]
#[config(json_schema)]
struct Alone {
    port: u16,
}

#[derive(Config)]
struct Field {
    #[config(validate(json_schema()))]
    port: u16,
    #[config(validate(json_schema(path = "a.json")))]
    other: u16,
}

fn main() {}
