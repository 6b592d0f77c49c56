// A message names what there is to show.
use confkit::Config;

#[derive(Config)]
#[config(check(self.min <= self.max, "{mn} is above {max}"))]
struct Settings {
    #[config(validate(range(min = 1, message = "is above {max}")))]
    min: u16,
    max: u16,
}

fn main() {}
