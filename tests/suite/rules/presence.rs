//! Rules on what is given.

use confkit::{Code, Config, Secret, System, testing};

use super::{messages, over, refused, rules, told, warned};

#[derive(Debug, Config)]
#[config(env_prefix = "APP", profiles("production"))]
struct Fields {
    #[config(default = "memory")]
    mode: String,
    #[config(required_if(mode = "file"), required_if(mode = "disk"))]
    path: Option<String>,
    #[config(required_unless(mode = "memory"))]
    size: Option<u32>,
    user: Option<String>,
    #[config(required_with(user))]
    group: Option<String>,
    #[config(requires(key, authority))]
    certificate: Option<String>,
    key: Option<Secret<String>>,
    authority: Option<String>,
    #[config(conflicts_with(socket, pipe))]
    port: Option<u16>,
    socket: Option<String>,
    pipe: Option<String>,
    #[config(required(profile = "production"))]
    license: Option<String>,
    #[config(validate(required(when = self.mode == "strict")))]
    strict: Option<u8>,
}

#[test]
fn of_a_field() {
    assert_eq!(told::<Fields>(""), Vec::<String>::new());
    assert!(
        over::<Fields>("port = 1\nuser = 'a'\ngroup = 'b'\nmode = 'disk'\npath = ''\nsize = 1")
            .load()
            .is_ok()
    );
    let bad = "mode = 'file'\nuser = 'www'\ncertificate = 'a.crt'\nport = 80\nsocket = 'a.sock'\npipe = 'a'";
    let report = refused::<Fields>(bad);
    let expected = [
        "conflicts_with",
        "conflicts_with",
        "required_if",
        "required_unless",
        "required_with",
        "requires",
        "requires",
    ];
    let mut found = rules(&report);
    found.sort_unstable();
    assert_eq!(found, expected, "{report}");
    insta::assert_snapshot!(report);
    assert_eq!(told::<Fields>("mode = 'strict'\nsize = 1"), ["strict is required"]);
}

#[test]
fn of_a_profile() {
    let loader = over::<Fields>("").profile("production");
    assert_eq!(messages(&loader), ["license is required in profile production"]);
}

#[test]
fn conflicts_between_layers_name_both() {
    let system = System::memory().file("base.toml", "port = 80\n");
    let loader = Fields::loader().system(system).file("base.toml").env_vars([("APP_SOCKET", "a.sock")]);
    insta::assert_snapshot!(loader.load().unwrap_err());
}

#[derive(Debug, Config)]
#[config(exactly_one_of(port, socket), at_least_one_of(file, url), at_most_one_of(fast, safe))]
struct Group {
    port: Option<u16>,
    socket: Option<String>,
    file: Option<String>,
    url: Option<String>,
    fast: Option<u8>,
    safe: Option<Secret<u8>>,
}

#[derive(Debug, Config)]
struct Groups {
    #[config(nested)]
    listen: Group,
    #[config(nested)]
    perhaps: Option<Group>,
}

#[test]
fn of_groups() {
    assert!(over::<Group>("port = 1\nfile = 'a'\nurl = 'b'\nfast = 1").load().is_ok());
    insta::assert_snapshot!(refused::<Group>(""));
    insta::assert_snapshot!(refused::<Groups>(
        "[listen]\nport = 1\nsocket = 'a'\nfast = 1\nsafe = 2\n[perhaps]\nfast = 1"
    ));
}

#[derive(Debug, Config)]
#[config(
    profiles("production"),
    exactly_one_of(a, b, message = "either a or b", code = "ab"),
    at_most_one_of(c, d, warn),
    at_least_one_of(c, d, profile = "production"),
    at_least_one_of(e, f, when = self.strict)
)]
struct Termed {
    a: Option<u8>,
    b: Option<u8>,
    c: Option<u8>,
    d: Option<u8>,
    e: Option<u8>,
    f: Option<u8>,
    #[config(default)]
    strict: bool,
    #[config(required_if(strict = true, message = "{field} goes with strict", code = "strictly"))]
    level: Option<u8>,
    #[config(requires(f, message = "needs f as well", when = self.strict))]
    other: Option<u8>,
    #[config(conflicts_with(other, warn, code = "odd"))]
    odd: Option<u8>,
    #[config(required_with(odd, profile("production"), message = "comes with odd"))]
    even: Option<u8>,
}

#[test]
fn with_terms() {
    let loader = over::<Termed>("a = 1\nc = 1\nd = 1\nother = 1\nodd = 1");
    insta::assert_snapshot!(warned(&loader).join("\n"));
    let report = loader.profile("production").load().unwrap_err();
    assert_eq!(rules(&report), ["required_with"], "{report}");
    let report = refused::<Termed>("strict = true\nother = 1");
    assert_eq!(rules(&report).len(), 4, "{report}");
    insta::assert_snapshot!(report);
    insta::assert_snapshot!(refused::<Termed>("a = 1\nb = 2"));
}

#[test]
fn what_could_not_be_read_is_neither_given_nor_absent() {
    for (text, code) in [
        ("port = 'x'\nfile = 'a'", Code::Type),
        ("socket = 'x'\nport = 'x'\nfile = 'a'", Code::Type),
        ("port = 1\nfile = 1", Code::Type),
    ] {
        let report = refused::<Group>(text);
        testing::assert_codes(&Err::<(), _>(report.clone()), &[code]);
        assert_eq!(report.notes().len(), 1, "{report}");
    }
    // Two of three are there whatever the third is.
    let report = refused::<Fields>("port = 1\nsocket = 'a'\npipe = 1");
    assert_eq!(report.problems().len(), 2, "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn what_is_required_is_not_judged_where_a_layer_is_broken() {
    let system =
        System::memory().file("base.toml", "port = \n").file("over.toml", "mode = 'file'\nuser = 'a'");
    let loader = Fields::loader().system(system).file("base.toml").file("over.toml");
    let report = loader.load().unwrap_err();
    testing::assert_codes(&Err::<(), _>(report.clone()), &[Code::Syntax]);
    insta::assert_snapshot!(report);
}
