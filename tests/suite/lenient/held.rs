//! Whatever holds it, and whatever it holds.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use confkit::write::{Defaults, Secrets};
use confkit::{Code, Config, Format, Lenient, Loaded, Secret};

use super::{Flag, warned};

#[derive(Debug, PartialEq, Default, Config)]
struct Limits {
    #[config(default = 1)]
    low: u8,
    #[config(default = 2, validate(range(max = 9)))]
    high: u8,
}

#[derive(Debug, PartialEq, Config)]
struct Login {
    user: String,
    pin: u16,
}

#[derive(Debug, PartialEq, Config)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Store {
    Disk { path: String },
    Memory,
}

#[derive(Debug, PartialEq, Config)]
#[serde(rename_all = "lowercase")]
enum Queue {
    #[serde(alias = "pipe")]
    Channel {
        #[config(nested)]
        limits: Lenient<Limits>,
    },
}

#[derive(Debug, PartialEq, Config)]
#[serde(untagged)]
enum Target {
    Port {
        port: u16,
    },
    Path {
        path: String,
        #[config(nested)]
        limits: Lenient<Limits>,
    },
}

#[derive(Debug, Config)]
struct Around<T> {
    #[config(nested)]
    one: Lenient<T>,
}

#[derive(Debug, Config)]
struct Inner {
    #[config(nested)]
    limits: Lenient<Limits>,
    level: u8,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    optional: Option<Lenient<Limits>>,
    #[config(nested)]
    boxed: Option<Box<Lenient<Arc<Limits>>>>,
    #[config(nested)]
    inside: Lenient<Option<Limits>>,
    #[config(nested)]
    secret: Option<Lenient<Secret<Login>>>,
    #[config(nested)]
    hidden: Option<Secret<Lenient<Login>>>,
    #[config(nested)]
    pair: Option<[Lenient<Limits>; 2]>,
    #[config(nested, default)]
    hashed: HashMap<String, Vec<Lenient<Limits>>>,
    #[config(nested)]
    all: Option<Lenient<Vec<Limits>>>,
    #[config(nested)]
    store: Option<Lenient<Store>>,
    #[config(nested, default)]
    targets: Vec<Lenient<Target>>,
    #[config(nested)]
    queue: Option<Queue>,
    #[config(nested)]
    generic: Option<Around<Limits>>,
    #[config(nested)]
    twice: Option<Lenient<Lenient<Limits>>>,
    #[config(nested)]
    inner: Option<Lenient<Inner>>,
    #[config(nested, default, merge(key = "name"))]
    named: Vec<Lenient<Named>>,
    #[config(nested, default)]
    given: Lenient<Limits>,
    #[config(flatten, nested)]
    rest: BTreeMap<String, Lenient<Flag>>,
}

#[derive(Debug, PartialEq, Config)]
struct Named {
    name: String,
    #[config(default = 1)]
    weight: u8,
}

fn load(text: &str) -> Loaded<Settings> {
    let loaded = Settings::loader().text(Format::Toml, "app.toml", text).load_traced();
    loaded.unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn nothing_is_as_without_it() {
    let s = load("");
    assert!(s.optional.is_none() && s.boxed.is_none() && s.warnings().is_empty());
    assert_eq!((s.inside.get(), s.given.get()), (Some(&None), Some(&Limits::default())));
}

#[test]
fn every_container_sets_aside_what_it_holds() {
    let s = load(
        "optional.low = -1\nboxed.low = 'x'\ninside.high = 10\npair = [{ low = 3 }, { low = 300 }]\n\
         hashed.k = [{ low = 'x' }, { low = 4 }]\nall = [{ low = 5 }, { low = 'x' }]\n\
         generic.one.low = 'x'\ntwice.low = 'x'\nbeta = { enabled = 1 }\nomega = { enabled = true }\n",
    );
    let paths: Vec<&str> = warned(&s).into_iter().map(|(_, path)| path).collect();
    let expected = [
        "optional.low",
        "boxed.low",
        "inside.high",
        "pair[1].low",
        "hashed.k[0].low",
        "all[1].low",
        "generic.one.low",
        "twice.low",
        "beta.enabled",
    ];
    assert_eq!(paths, expected);
    assert!(s.optional.as_ref().unwrap().is_set_aside() && s.boxed.as_ref().unwrap().is_set_aside());
    let [low, aside] = s.pair.as_ref().unwrap();
    assert_eq!((low.get().map(|one| one.low), aside.get()), (Some(3), None));
    assert_eq!(s.hashed["k"].iter().map(Lenient::is_set_aside).collect::<Vec<_>>(), [true, false]);
    // What is around a list is about the whole list.
    assert!(s.all.as_ref().unwrap().is_set_aside() && s.generic.as_ref().unwrap().one.is_set_aside());
    assert!(s.rest["beta"].is_set_aside() && !s.rest["omega"].is_set_aside());
}

#[test]
fn of_two_the_inner_one_catches() {
    let s = load("twice.low = 'x'\ninner = { level = 1, limits.low = 'x' }\n");
    assert!(s.twice.as_ref().unwrap().get().unwrap().is_set_aside());
    let inner = s.inner.as_ref().unwrap().get().unwrap();
    assert!(inner.level == 1 && inner.limits.is_set_aside());
    assert!(s.warnings()[1].help().unwrap().ends_with("inner.limits alone is set aside"));

    let s = load("inner = { level = 'x', limits.low = 'x' }\n");
    assert!(s.inner.as_ref().unwrap().is_set_aside());
    let helps: Vec<_> = s.warnings().iter().map(|warning| warning.help().unwrap()).collect();
    assert_eq!(helps.len(), 2);
    assert!(helps.iter().any(|help| help.ends_with("mended, inner alone is set aside")), "{helps:?}");
}

#[test]
fn variants_are_set_aside_too() {
    let s = load(
        "store.kind = 'tape'\ntargets = [{ port = 1 }, { prot = 1 }, { path = 'x', limits.low = 'y' }]\n",
    );
    assert!(s.store.as_ref().unwrap().is_set_aside());
    assert_eq!(s.targets[0].get(), Some(&Target::Port { port: 1 }));
    assert!(s.targets[1].is_set_aside());
    let Some(Target::Path { limits, .. }) = s.targets[2].get() else { panic!("{:?}", s.targets) };
    assert!(limits.is_set_aside());
    let good = Loaded::into_inner(load("store = { kind = 'disk', path = '/' }"));
    assert_eq!(good.store, Some(Lenient::from(Store::Disk { path: "/".into() })));
}

#[test]
fn what_is_set_aside_is_known_by_its_declared_name() {
    let s = load("queue.pipe.limits.low = 'x'\n");
    let Some(Queue::Channel { limits }) = &s.queue else { panic!() };
    assert!(limits.is_set_aside());
    for path in ["queue.pipe.limits.low", "queue.channel.limits"] {
        assert_eq!(s.explain(path).unwrap().value(), None, "{path}");
    }
    let document = s.to_document(Defaults::Omit, Secrets::Omit).unwrap();
    assert_eq!(Format::Yaml.write(&document).unwrap(), "queue:\n  channel: {}\n");
}

#[test]
fn secrets_are_secret_where_they_are_set_aside() {
    let text =
        "secret = { user = 'me', pin = 'marker-7f3a' }\nhidden = { user = 'me', pin = 'marker-7f3a' }\n";
    let s = load(text);
    assert!(s.secret.as_ref().unwrap().is_set_aside());
    assert!(s.hidden.as_ref().unwrap().expose().is_set_aside());
    assert_eq!(warned(&s).len(), 2);
    let metadata = Settings::metadata();
    let is_secret =
        |name: &str| metadata.fields().iter().find(|field| field.name() == name).unwrap().is_secret();
    assert!(is_secret("secret") && is_secret("hidden"));
    let shown = format!("{:?} {:?} {:?}", s.warnings(), s.explanations(), *s);
    assert!(!shown.contains("marker-7f3a"), "{shown}");
}

#[test]
fn elements_that_belong_together_are_judged_together() {
    let loaded = Settings::loader()
        .text(Format::Toml, "base.toml", "named = [{ name = 'a' }, { name = 'b' }]\n")
        .text(Format::Toml, "local.toml", "named = [{ name = 'b', weight = 'x' }, { name = 'c' }]\n")
        .load_traced()
        .unwrap();
    let names: Vec<_> = loaded.named.iter().map(|one| one.get().map(|one| one.name.clone())).collect();
    assert_eq!(names, [Some("a".into()), None, Some("c".into())]);
    assert_eq!(warned(&loaded), [(Code::Type, "named[1].weight")]);
}

#[test]
fn it_says_what_it_is() {
    let (good, aside) = (Lenient::from(Limits::default()), Lenient::<Limits>::set_aside());
    assert_eq!(format!("{good:?} {aside:?}"), "Limits { low: 0, high: 0 } set aside");
    assert_eq!(serde_json::to_string(&[Lenient::from(1), Lenient::set_aside()]).unwrap(), "[1,null]");
    assert_ne!(good, aside);
    assert_eq!(good.into_inner(), Some(Limits::default()));
}
