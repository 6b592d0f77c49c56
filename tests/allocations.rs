//! Rules take nothing from the heap as long as all is well.

use allocation_counter::measure;
use confkit::{Config, Format};

/// Settings with the rules that confkit judges itself. validator allocates to look at e-mail addresses, IP
/// addresses, URLs and control characters.
#[derive(Config)]
#[config(
    check(self.min <= self.max, "min must not be above max"),
    check(self.in_order(), "the whole must be in order"),
    at_most_one_of(port, socket)
)]
#[expect(dead_code, reason = "it is read and not looked at")]
struct Judged {
    #[config(validate(range(min = 1, max = 64)))]
    workers: u16,
    #[config(validate(length(1..=32), non_empty, contains("a"), does_not_contain("b")))]
    name: String,
    #[config(validate(regex("^[a-z]+$"), one_of("dev", "live")))]
    stage: String,
    #[config(validate(must_match(other)))]
    address: String,
    other: String,
    #[config(validate(each(length(max = 8))), validate(|tags| tags.len() < 9, "must be few"))]
    tags: Vec<String>,
    #[config(required_unless(stage = "live"), validate(range(max = 9, when = self.min.is_some())))]
    min: Option<u16>,
    #[config(requires(min))]
    max: Option<u16>,
    port: Option<u16>,
    socket: Option<u16>,
}

impl Judged {
    fn in_order(&self) -> bool {
        self.tags.len() < 9
    }
}

/// The same without rules.
#[derive(Config)]
#[expect(dead_code, reason = "it is read and not looked at")]
struct Plain {
    workers: u16,
    name: String,
    stage: String,
    address: String,
    other: String,
    tags: Vec<String>,
    min: Option<u16>,
    max: Option<u16>,
    port: Option<u16>,
    socket: Option<u16>,
}

const TEXT: &str = "workers = 4\nname = 'a name'\nstage = 'dev'\naddress = '10.0.0.1'\nother = '10.0.0.1'\n\
                    tags = ['one', 'two']\nmin = 1\nmax = 5\nport = 80\n";

fn allocations<T: Config<Context = ()>>(text: &str) -> u64 {
    let loader = T::loader().text(Format::Toml, "app.toml", text);
    // The first load compiles expressions.
    let _ = loader.load();
    measure(|| drop(loader.load())).count_total
}

#[test]
fn rules_that_hold_allocate_nothing() {
    assert!(Judged::loader().text(Format::Toml, "app.toml", TEXT).load().is_ok());
    assert_eq!(allocations::<Judged>(TEXT), allocations::<Plain>(TEXT));
}

#[test]
fn a_broken_rule_is_counted() {
    let broken = TEXT.replace("workers = 4", "workers = 65");
    assert!(allocations::<Judged>(&broken) > allocations::<Plain>(&broken));
}
