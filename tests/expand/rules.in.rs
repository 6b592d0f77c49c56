#[config(
    check(self.min <= self.max, "min must not be above max"),
    check(self.is_sane(), "settings must be sane")
)]
struct Settings {
    #[config(validate(range(1..=64)))]
    min: f64,
    #[config(default = 9, validate(range(exclusive_max = LIMIT)))]
    max: u16,
    #[config(validate(|name| !name.contains(' '), "must be one word"), validate(length(max = 20), non_empty))]
    name: Option<String>,
    #[config(required_if(min = 2.0), required(profile = "production"))]
    key: Option<u8>,
}
