//! The context: facts from outside, handed over by the load and passed down to nested types.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use confkit::__private::{At, Cx, Metadata, Resolve, Shape};
use confkit::{Code, Config, Format, Loader, Report, Secret, Stack, System, testing};

/// The context of the program.
#[derive(Default)]
struct App {
    limits: Limits,
    /// How often the limits were asked for.
    asked: Arc<AtomicUsize>,
}

impl AsRef<Limits> for App {
    fn as_ref(&self) -> &Limits {
        self.asked.fetch_add(1, Ordering::Relaxed);
        &self.limits
    }
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Limits {
    connections: u16,
}

/// What a rule sees of the context: a type that is read as the context itself.
#[derive(Debug, PartialEq)]
struct Seen<C>(Option<C>);

impl<C: Copy + Send + Sync + 'static> Resolve for Seen<C> {
    type Needs = C;

    const METADATA: &'static Metadata = &Metadata::EMPTY;

    fn shape() -> Shape {
        Shape::Section(Self::METADATA)
    }

    fn resolve(cx: &mut Cx<'_>, _: At) -> Option<Self> {
        Some(Self(cx.context::<C>().copied()))
    }
}

#[derive(Debug, Config)]
#[config(context = Limits)]
struct Pool {
    size: u16,
    #[config(nested)]
    limits: Seen<Limits>,
}

#[derive(Debug, Config)]
struct Plain {
    #[config(default = 80)]
    port: u16,
}

const LIMITS: Limits = Limits { connections: 7 };

fn app() -> App {
    App { limits: LIMITS, asked: Arc::default() }
}

fn loader<T: Config>(text: &str) -> Loader<T> {
    T::loader().system(System::memory()).text(Format::Toml, "app.toml", text)
}

#[test]
fn nested_types_get_the_same_a_part_or_nothing() {
    #[derive(Debug, Config)]
    #[config(context = App)]
    struct Settings {
        #[config(nested)]
        same: Inner,
        #[config(nested)]
        part: Pool,
        #[config(nested)]
        nothing: Plain,
    }
    #[derive(Debug, Config)]
    #[config(context = App)]
    struct Inner {
        #[config(nested)]
        pool: Pool,
    }
    let text = "same.pool.size = 1\npart.size = 2";
    let app = app();
    let asked = Arc::clone(&app.asked);
    let settings = loader::<Settings>(text).context(app).load().unwrap();
    assert_eq!(settings.same.pool.limits, Seen(Some(LIMITS)));
    assert_eq!(settings.part.limits, Seen(Some(LIMITS)));
    assert_eq!((settings.same.pool.size, settings.part.size, settings.nothing.port), (1, 2, 80));
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[test]
fn containers_pass_the_context_on() {
    #[derive(Debug, Config)]
    #[config(context = App)]
    struct Settings {
        #[config(nested)]
        optional: Option<Pool>,
        #[config(nested)]
        absent: Option<Pool>,
        #[config(nested)]
        list: Vec<Pool>,
        #[config(nested)]
        array: [Pool; 2],
        #[config(nested)]
        hashed: HashMap<String, Pool>,
        #[config(nested)]
        ordered: BTreeMap<String, Option<Box<Pool>>>,
        #[config(nested)]
        indexed: indexmap::IndexMap<String, Pool>,
        #[config(nested)]
        shared: Arc<Pool>,
        #[config(nested)]
        secret: Secret<Pool>,
        #[config(nested)]
        wrapped: Wrapped,
        #[config(nested)]
        converted: Converted,
        #[config(nested, default)]
        defaulted: Vec<Pool>,
    }
    #[derive(Debug, Config)]
    struct Wrapped(#[config(nested)] Pool);
    #[derive(Debug, Config)]
    #[serde(from = "Pool")]
    struct Converted {
        pool: Pool,
    }
    impl From<Pool> for Converted {
        fn from(pool: Pool) -> Self {
            Self { pool }
        }
    }
    let text = "optional.size = 1\nlist = [{ size = 2 }, { size = 3 }]\narray = [{ size = 4 }, { size = 5 }]\n\
                hashed.a.size = 6\nordered.a.size = 7\nindexed.a.size = 8\nshared.size = 9\nsecret.size = 10\n\
                wrapped.size = 11\nconverted.size = 12\ndefaulted = [{ size = 13 }]";
    let settings = loader::<Settings>(text).context(app()).load().unwrap();
    assert!(settings.absent.is_none());
    let ordered = settings.ordered["a"].as_ref().unwrap();
    let mut pools = vec![settings.optional.as_ref().unwrap(), &settings.list[0], &settings.list[1]];
    pools.extend(&settings.array);
    pools.extend([&settings.hashed["a"], ordered, &settings.indexed["a"], &settings.shared]);
    pools.extend([settings.secret.expose(), &settings.wrapped.0, &settings.converted.pool]);
    pools.extend(&settings.defaulted);
    let seen: Vec<(u16, &Seen<Limits>)> = pools.iter().map(|pool| (pool.size, &pool.limits)).collect();
    let expected = Seen(Some(LIMITS));
    assert_eq!(seen, (1..=13).map(|size| (size, &expected)).collect::<Vec<_>>());
}

#[test]
fn flattened_types_and_the_rest_get_it_too() {
    #[derive(Debug, Config)]
    #[config(context = App)]
    struct Settings {
        #[config(flatten)]
        pool: Pool,
        #[config(nested, flatten)]
        others: BTreeMap<String, Pool>,
    }
    let settings = loader::<Settings>("size = 1\nother.size = 2").context(app()).load().unwrap();
    assert_eq!((settings.pool.size, settings.others["other"].size), (1, 2));
    assert_eq!(settings.pool.limits, Seen(Some(LIMITS)));
    assert_eq!(settings.others["other"].limits, Seen(Some(LIMITS)));
}

#[test]
fn variants_have_the_context_of_their_enum() {
    #[derive(Debug, Config)]
    #[config(context = App)]
    struct Settings {
        #[config(nested)]
        stores: Vec<Store>,
    }
    #[derive(Debug, Config)]
    #[config(context = App, rename_all = "lowercase")]
    enum Store {
        Memory,
        One(#[config(nested)] Pool),
        Fields {
            #[config(nested)]
            pool: Pool,
        },
        Either(#[config(nested)] Either),
    }
    #[derive(Debug, Config)]
    #[config(context = App)]
    #[serde(untagged)]
    enum Either {
        One(#[config(nested)] Plain),
        Two(#[config(nested)] Pool),
    }
    let text = "stores = ['memory', { one.size = 1 }, { fields.pool.size = 2 }, { either.size = 3 }]";
    let settings = loader::<Settings>(text).context(app()).load().unwrap();
    let [Store::Memory, Store::One(one), Store::Fields { pool }, Store::Either(Either::Two(two))] =
        &settings.stores[..]
    else {
        panic!("{settings:?}")
    };
    for pool in [one, pool, two] {
        assert_eq!(pool.limits, Seen(Some(LIMITS)));
    }
}

#[test]
fn what_follows_a_nested_type_has_the_whole_context_again() {
    #[derive(Debug, Config)]
    #[config(context = Limits)]
    struct Settings {
        #[config(nested)]
        plain: Plain,
        #[config(nested)]
        after: Seen<Limits>,
    }
    let settings = loader::<Settings>("").context(LIMITS).load().unwrap();
    assert_eq!(settings.after, Seen(Some(LIMITS)));
}

#[test]
fn a_context_may_be_its_own_part() {
    // `Vec<T>` is `AsRef<Vec<T>>`.
    #[derive(Debug, Config)]
    #[config(context = Vec<String>)]
    struct Settings {
        #[config(nested)]
        inner: Inner,
        #[config(nested)]
        plain: Plain,
    }
    #[derive(Debug, Config)]
    #[config(context = Vec<String>)]
    struct Inner {
        region: String,
    }
    let loader = loader::<Settings>("inner.region = 'eu'").context(vec!["eu".to_owned()]);
    assert_eq!(loader.load().unwrap().inner.region, "eu");
}

#[test]
fn types_inside_themselves_and_with_parameters_have_a_context() {
    #[derive(Debug, Config)]
    #[config(context = Limits)]
    struct Menu<T, S> {
        title: T,
        #[config(nested)]
        section: Option<S>,
        #[config(nested)]
        entries: Option<Vec<Menu<T, S>>>,
        #[config(nested)]
        limits: Seen<Limits>,
    }
    let text = "title = 1\nsection.port = 2\nentries = [{ title = 3 }]";
    let menu = loader::<Menu<u8, Plain>>(text).context(LIMITS).load().unwrap();
    let entries = menu.entries.unwrap();
    assert_eq!((menu.section.unwrap().port, entries[0].title), (2, 3));
    assert_eq!(entries[0].limits, Seen(Some(LIMITS)));
}

#[test]
fn a_bound_says_what_a_parameter_needs() {
    #[derive(Debug, Config)]
    #[config(context = App, bound = "S: Config<Context = Limits>")]
    struct Settings<S> {
        #[config(nested)]
        sections: Vec<S>,
    }
    let settings = loader::<Settings<Pool>>("sections = [{ size = 1 }]").context(app()).load().unwrap();
    assert_eq!(settings.sections[0].limits, Seen(Some(LIMITS)));
}

#[test]
fn a_load_without_it_says_what_to_call() {
    let result = loader::<Pool>("size = 'x'").load();
    testing::assert_codes(&result, &[Code::Type, Code::Declaration]);
    insta::assert_snapshot!(result.unwrap_err());
    let result = loader::<Pool>("size = 1").load_traced();
    testing::assert_codes(&result, &[Code::Declaration]);
}

#[test]
fn sections_of_a_stack_are_given_theirs() {
    let stack = Stack::new().text(Format::Toml, "app.toml", "pool.size = 1\nhttp.port = 2");
    let layers = stack.read().unwrap();
    let pool = layers.load_with::<Pool>("pool", LIMITS).unwrap();
    assert_eq!(pool.limits, Seen(Some(LIMITS)));
    assert_eq!(layers.load::<Plain>("http").unwrap().port, 2);
    layers.finish().unwrap();
}

#[test]
fn a_loader_keeps_it() {
    fn is_shared<T: Clone + Send + Sync>(_: &T) {}
    let first = loader::<Pool>("size = 1").context(LIMITS);
    is_shared(&first);
    for loader in [first.clone(), first] {
        assert_eq!(loader.load().unwrap().limits, Seen(Some(LIMITS)));
    }
    assert!(loader::<Plain>("").context(()).load().is_ok());
}

#[test]
fn what_only_looks_at_the_declaration_needs_none() {
    #[derive(Debug, Config)]
    #[config(context = App)]
    struct Settings {
        #[config(nested)]
        pool: Pool,
        #[config(default = "80")]
        port: u16,
    }
    testing::check_declaration::<Settings>().unwrap();
    let loader = loader::<Settings>("pool.size = 1");
    assert_eq!(loader.figment().unwrap().extract_inner::<u16>("pool.size").unwrap(), 1);
    assert!(loader.help().contains("--pool-size"));
    let loaded = loader.context(app()).load_traced().unwrap();
    assert_eq!(loaded.explain("pool.size").unwrap().origin().to_string(), "app.toml:1:13");
}

#[test]
fn the_declaration_is_still_checked() {
    #[derive(Debug, Config)]
    #[config(context = App)]
    struct Settings {
        #[config(default_fn = zero, validate(range(min = 1)))]
        workers: u16,
    }
    fn zero() -> u16 {
        0
    }
    let report: Report = testing::check_declaration::<Settings>().unwrap_err();
    assert_eq!(report.problems().len(), 1);
    assert_eq!(report.problems()[0].rule(), Some("range"));
}
