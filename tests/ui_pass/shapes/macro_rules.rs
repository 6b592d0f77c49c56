// A type may come from `macro_rules!`.
use confkit::Config;

macro_rules! settings {
    ($name:ident, $field:ident: $type:ty = $default:expr, $key:literal, $min:expr, $check:expr) => {
        #[derive(Config)]
        #[config(check(self.$field >= $min, "too small"))]
        struct $name {
            #[config(default = $default, rename = $key, validate(range(min = $min)), validate($check, "no"))]
            $field: $type,
            #[config(required_if($field = $min))]
            other: Option<$type>,
        }
    };
}

settings!(Settings, port: u16 = 80, "listen-port", 1, |port| *port > 0);
settings!(Texts, ratio: f64 = "2.5", "ratio", 1.0, |ratio| *ratio > 0.0);

fn main() {}
