// The values of a variant need names.
use confkit::Config;

#[derive(Config)]
enum Shape {
    Circle(f64),
    Rectangle { width: f64, height: f64 },
}

fn main() {}
