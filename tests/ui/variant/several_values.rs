// The values of a variant need names.
use confkit::Config;

#[derive(Config)]
enum Shape {
    Circle(f64),
    Rectangle(f64, f64),
}

fn main() {}
