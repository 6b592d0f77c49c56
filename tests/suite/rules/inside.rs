//! Rules on what is inside: elements, entries, keys, sections, variants and refined fields.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use confkit::{Config, Secret, System};
use indexmap::IndexMap;

use super::{messages, over, refused, told};

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Elements {
    #[config(default, validate(each(range(min = 1, max = 9))))]
    list: Vec<u8>,
    #[config(default, validate(length(max = 3), each(length(max = 2), does_not_contain("x"))))]
    names: Vec<String>,
    #[config(default = [1, 1], validate(each(range(min = 1))))]
    pair: [u8; 2],
    #[config(default, validate(each(range(min = 1))))]
    set: BTreeSet<u8>,
    #[config(default, validate(each(each(range(min = 1)))))]
    matrix: Vec<Vec<u8>>,
    #[config(default, validate(keys(length(max = 3), regex("^[a-z.]+$")), each(range(min = 1))))]
    weights: BTreeMap<String, u8>,
    #[config(default, validate(each(keys(length(max = 3)), each(range(min = 1)))))]
    groups: BTreeMap<String, BTreeMap<String, u8>>,
    #[config(default, validate(each(|v| v % 2 == 0, "must be even")))]
    evens: Vec<u16>,
    #[config(default, validate(each(email(message = "{value} in {path} is no address", code = "admin"))))]
    admins: Vec<String>,
}

#[test]
fn elements_and_entries_have_places_of_their_own() {
    let good = "list = [1, 9]\nnames = ['a']\npair = [1, 2]\nset = [1]\nmatrix = [[1], []]\n\
        weights = { a = 1 }\ngroups = { a = { b = 1 } }\nevens = [2]\nadmins = ['a@b.c']";
    assert_eq!(told::<Elements>(good), Vec::<String>::new());
    let bad = "list = [1, 0, 10]\nnames = ['a', 'abc', 'x', 'd']\npair = [1, 0]\nset = [0, 1]\n\
        matrix = [[1, 0], [], [0]]\nweights = { 'a.b' = 0, ABCD = 1 }\ngroups = { one = { long = 0 } }\n\
        evens = [2, 3]\nadmins = ['ops', 'a@b.c', 'me']";
    insta::assert_snapshot!(refused::<Elements>(bad));
}

#[test]
fn elements_in_text_are_told_at_the_variable() {
    let loader = over::<Elements>("").env_vars([
        ("APP_LIST", "1,0,10"),
        ("APP_WEIGHTS", "a=1,b=0,long=2"),
        ("APP_MATRIX", "[[1],[0]]"),
    ]);
    insta::assert_snapshot!(loader.load().unwrap_err());
}

#[test]
fn elements_that_variables_replace_are_told_there() {
    let loader = over::<Elements>("list = [1, 2, 0]\n[weights]\na = 1\nb = 2")
        .env_vars([("APP_LIST__0", "10"), ("APP_WEIGHTS__B", "0")]);
    insta::assert_snapshot!(loader.load().unwrap_err());
}

#[test]
fn maps_without_an_order_are_told_in_that_of_the_text() {
    #[derive(Debug, Config)]
    struct Maps {
        #[config(default, validate(keys(length(max = 1)), each(range(min = 1))))]
        hashed: HashMap<String, u8>,
        #[config(default, validate(keys(length(max = 1)), each(range(min = 1))))]
        ordered: IndexMap<String, u8>,
    }
    let entries: Vec<String> = (10..40).map(|at| format!("k{at} = 0")).collect();
    let text = format!("[hashed]\n{0}\n[ordered]\n{0}", entries.join("\n"));
    let first = refused::<Maps>(&text);
    assert_eq!(first.problems().len(), 120);
    for _ in 0..4 {
        let again = refused::<Maps>(&text);
        let paths = |report: &confkit::Report| {
            report.problems().iter().map(|problem| problem.message().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(paths(&first), paths(&again), "the order depends on a hash");
    }
}

#[test]
fn entries_of_a_default_have_an_order_too() {
    #[derive(Debug, Config)]
    struct Maps {
        #[config(default_fn = many, validate(each(range(min = 1))))]
        hashed: HashMap<String, u8>,
    }
    fn many() -> HashMap<String, u8> {
        (10..40).map(|at| (format!("k{at}"), 0)).collect()
    }
    let first = told::<Maps>("");
    assert_eq!(first.len(), 30);
    for _ in 0..4 {
        assert_eq!(first, told::<Maps>(""), "the order depends on a hash");
    }
}

#[derive(Debug, Config)]
struct Pool {
    #[config(default = 1, validate(range(min = 1)))]
    min: u16,
    #[config(default = 8, validate(range(max = 100)))]
    max: u16,
    #[config(default, validate(each(length(max = 3))))]
    tags: Vec<String>,
}

#[derive(Debug, Config)]
struct Server {
    #[config(default = "localhost", validate(non_empty))]
    host: String,
    #[config(nested)]
    pool: Pool,
}

#[derive(Debug, Config)]
struct Sections {
    #[config(nested)]
    one: Server,
    #[config(nested)]
    perhaps: Option<Server>,
    #[config(nested, default, validate(length(max = 1)))]
    many: Vec<Server>,
    #[config(nested, default, validate(keys(length(max = 3)), non_empty))]
    named: BTreeMap<String, Server>,
    #[config(nested, validate(|server| server.host != "example", "must not be the example"))]
    judged: Server,
}

#[test]
fn rules_of_sections_have_whole_paths() {
    let bad = "[one.pool]\nmin = 0\n[perhaps]\nhost = ''\n[[many]]\nhost = 'a'\n\
        [[many]]\npool = { max = 101, tags = ['long'] }\n[named.east.pool]\nmax = 101\n[judged]\nhost = 'example'";
    insta::assert_snapshot!(refused::<Sections>(bad));
}

#[derive(Debug, Config)]
struct Refined {
    #[config(nested, refine(host, validate(one_of("a", "b"))), refine(pool.max, validate(range(max = 10))))]
    server: Server,
    #[config(
        nested,
        refine(pool.min, validate(range(min = 2, message = "has to be {min} at least, not {value}", code = "tight"))),
        refine(pool.tags, validate(non_empty, each(one_of("x", "y"))))
    )]
    backup: Option<Server>,
    #[config(flatten, refine(min, validate(range(max = 4))), refine(max, validate(range(min = 5, warn))))]
    pool: Pool,
}

#[test]
fn refined_fields_keep_their_own_rules() {
    assert_eq!(told::<Refined>("server.host = 'a'"), Vec::<String>::new());
    let bad = "min = 0\nmax = 1000\n[server]\nhost = ''\npool = { max = 101 }\n[backup.pool]\nmin = 1";
    insta::assert_snapshot!(refused::<Refined>(bad));
    let also = "min = 5\nmax = 2\n[server]\nhost = 'b'\n[backup.pool]\ntags = ['z']\nmin = 2";
    insta::assert_snapshot!(refused::<Refined>(also));
}

#[test]
fn refinements_are_in_the_metadata() {
    let fields = Refined::metadata().fields();
    let shown: Vec<String> = fields
        .iter()
        .flat_map(|field| field.refinements().iter().map(move |refined| (field, refined)))
        .map(|(field, refined)| {
            let rules: Vec<_> = refined.rules().iter().map(confkit::Rule::name).collect();
            format!("{}: {} {}", field.name(), refined.field(), rules.join(", "))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "server: host one_of",
            "server: pool.max range",
            "backup: pool.min tight",
            "backup: pool.tags non_empty, each",
            "pool: min range",
            "pool: max range"
        ]
    );
}

#[derive(Debug, Config)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Store {
    Memory,
    File {
        #[config(validate(non_empty, does_not_contain("..")))]
        path: String,
        #[config(default, validate(each(range(min = 1))))]
        sizes: Vec<u8>,
        #[config(requires(group))]
        user: Option<String>,
        group: Option<String>,
    },
}

#[derive(Debug, Config)]
enum Limit {
    None,
    Rate(#[config(validate(range(min = 1)))] u32),
    Names(#[config(validate(each(length(max = 2))))] Vec<String>),
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Variants {
    #[config(nested)]
    store: Store,
    #[config(nested, default)]
    stores: Vec<Store>,
    #[config(nested)]
    limit: Option<Limit>,
}

#[test]
fn fields_of_variants_have_rules() {
    assert_eq!(told::<Variants>("store = { kind = 'memory' }"), Vec::<String>::new());
    let bad = "[store]\nkind = 'file'\npath = '../x'\nsizes = [1, 0]\nuser = 'www'\n\
        [[stores]]\nkind = 'memory'\n[[stores]]\nkind = 'file'\npath = ''\n[limit]\nRate = 0";
    insta::assert_snapshot!(refused::<Variants>(bad));
    assert_eq!(
        told::<Variants>("store = { kind = 'memory' }\nlimit = { Names = ['a', 'abc'] }"),
        ["limit.Names[1] must have at most 2 characters, not 3"]
    );
}

#[test]
fn fields_of_variants_are_judged_where_a_variable_sets_them() {
    let loader = Variants::loader().system(System::memory()).set("store.sizes", vec![1, 2]).env_vars([
        ("APP_STORE_KIND", "file"),
        ("APP_STORE_PATH", "a/../b"),
        ("APP_STORE_SIZES__1", "0"),
    ]);
    insta::assert_snapshot!(messages(&loader).join("\n"));
}

#[derive(Debug, Config)]
struct Deep {
    #[config(default, validate(each(each(each(range(max = 9))))))]
    cube: Vec<Vec<Vec<u8>>>,
    #[config(default, validate(each(length(max = 2), each(length(max = 3)))))]
    secrets: BTreeMap<String, Vec<Secret<String>>>,
    #[config(default, validate(each(range(min = 1))))]
    holes: Vec<Option<u8>>,
}

#[test]
fn rules_go_as_deep_as_values() {
    let bad = "cube = [[[1], [2, 10]], [[11]]]\nsecrets = { a = ['hunter2', 'abc'] }\nholes = [0]";
    let report = refused::<Deep>(bad);
    confkit::testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
}
