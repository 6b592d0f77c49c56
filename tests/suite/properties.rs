//! Properties over arbitrary input: layering is associative, and nothing panics.

use std::collections::BTreeMap;

use std::ffi::OsString;

use confkit::{ByteSize, Candidate, Config, Format, Loader, Secret, System};
use proptest::prelude::*;

#[derive(Debug, PartialEq, Config)]
#[config(env_prefix = "P")]
struct Settings {
    #[config(default = 0)]
    a: u8,
    #[config(default = 0)]
    b: u8,
    #[config(default)]
    list: Vec<u8>,
    #[config(nested)]
    inner: Inner,
    #[config(default)]
    map: BTreeMap<String, u8>,
    #[config(nested, default)]
    many: Vec<Inner>,
    optional: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Config)]
struct Inner {
    #[config(default = 0)]
    x: u8,
    #[config(default = 0)]
    y: u8,
}

/// One layer: some of the keys.
#[derive(Debug, Clone, Default)]
struct Layer {
    values: BTreeMap<&'static str, String>,
}

impl Layer {
    fn text(&self) -> String {
        self.values.iter().map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>().join("\n")
    }

    /// This layer over another one, by hand: each key here is a scalar or a list, and replaces.
    fn over(&self, below: &Self) -> Self {
        let mut values = below.values.clone();
        values.extend(self.values.clone());
        Self { values }
    }
}

const KEYS: [&str; 7] = ["a", "b", "inner.x", "inner.y", "map.k", "map.l", "list"];

fn layer() -> impl Strategy<Value = Layer> {
    let value = prop_oneof![3 => any::<u8>().prop_map(Some), 2 => Just(None)];
    prop::collection::vec(value, KEYS.len()).prop_map(|values| {
        let written = |(key, value): (&&'static str, Option<u8>)| {
            let value = value?;
            Some((*key, if *key == "list" { format!("[{value}, 1]") } else { value.to_string() }))
        };
        Layer { values: KEYS.iter().zip(values).filter_map(written).collect() }
    })
}

fn stack(layers: &[&Layer]) -> Loader<Settings> {
    let add = |loader: Loader<Settings>, (n, layer): (usize, &&Layer)| {
        loader.text(Format::Toml, &format!("l{n}"), layer.text())
    };
    layers.iter().enumerate().fold(Settings::loader(), add)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn layering_is_associative(a in layer(), b in layer(), c in layer()) {
        let all = stack(&[&a, &b, &c]).load().unwrap();
        prop_assert_eq!(&stack(&[&b.over(&a), &c]).load().unwrap(), &all);
        prop_assert_eq!(&stack(&[&a, &c.over(&b)]).load().unwrap(), &all);
        prop_assert_eq!(&stack(&[&c.over(&b.over(&a))]).load().unwrap(), &all);
        prop_assert_eq!(&stack(&[&Layer::default(), &a, &b, &c, &Layer::default()]).load().unwrap(), &all);
    }

    #[test]
    fn the_winner_is_the_topmost_layer_that_has_the_key(a in layer(), b in layer(), c in layer()) {
        let layers = [&a, &b, &c];
        let loaded = stack(&layers).load_traced().unwrap();
        for key in KEYS {
            let having: Vec<_> = (0..3).rev().filter(|&n| layers[n].values.contains_key(key)).collect();
            let explanation = loaded.explain(key);
            let origins: Vec<String> = explanation.iter().flat_map(|e| std::iter::once(e.origin()).chain(e.shadowed().iter().map(Candidate::origin))).map(|origin| origin.source().to_owned()).filter(|source| source != "default").collect();
            let expected: Vec<String> = having.iter().map(|n| format!("l{n}")).collect();
            prop_assert_eq!(origins, expected, "{}", key);
        }
    }

    #[test]
    fn no_text_panics_and_a_report_is_well_formed(text in "\\PC{0,80}|[a-z.=\\[\\]{}'\"0-9 \n#,]{0,120}") {
        let loader = Settings::loader().text(Format::Toml, "t", text);
        if let Err(report) = loader.load() {
            prop_assert!(!report.problems().is_empty());
            let json: Result<serde_json::Value, _> = serde_json::from_str(&report.to_json());
            prop_assert!(json.is_ok());
            prop_assert!(report.to_string().lines().all(|line| line.chars().count() <= 100), "{}", report);
            prop_assert_eq!(loader.load().unwrap_err().to_json(), report.to_json());
        }
    }

    #[test]
    fn no_variable_panics(vars in prop::collection::vec(("P(_{1,2}(A|B|LIST|INNER|X|Y|MAP|K|MANY|0|1|99|OPTIONAL|é|[A-Za-z0-9_]{0,4})){0,4}", "\\PC{0,12}|[0-9,\\[\\]{}\":=]{0,12}"), 0..6)) {
        let loader = Settings::loader().text(Format::Toml, "t", "many = [{ x = 1 }]").env_vars(vars);
        match loader.load_traced() {
            Ok(loaded) => {
                for explanation in loaded.explanations() {
                    prop_assert!(loaded.explain(explanation.path()).is_some(), "{}", explanation);
                }
            }
            Err(report) => prop_assert!(!report.problems().is_empty()),
        }
        let _ = loader.figment();
    }

    #[test]
    fn no_argument_panics(words in prop::collection::vec("-{0,3}(no-)?([abxy]|list|inner|map|many|optional|help|é|\\PC{0,3})([-.](x|y|k|[0-9])|\\[[0-9a]\\]|\"[a.=]\"){0,3}(=[0-9a,={}\"\\[\\]]{0,8})?|[0-9a-z,]{0,4}|--|-", 0..8)) {
        let system = System::memory().args(words.iter().map(String::as_str));
        let loader = Settings::loader().system(system.clone()).text(Format::Toml, "t", "many = [{ x = 1 }]").args(system.arguments());
        match loader.load_traced() {
            Ok(loaded) => {
                for explanation in loaded.explanations() {
                    prop_assert!(loaded.explain(explanation.path()).is_some(), "{}", explanation);
                }
                prop_assert!(loader.figment().is_ok());
            }
            Err(report) => {
                prop_assert!(!report.problems().is_empty() || report.help().is_some());
                prop_assert!(report.help().is_some() || report.to_string().lines().all(|line| line.chars().count() <= 100), "{}", report);
                prop_assert_eq!(loader.load().unwrap_err().to_json(), report.to_json());
            }
        }
    }

    #[test]
    fn a_list_of_arguments_is_the_same_as_one(lists in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..4), 1..4)) {
        let joined = |list: &Vec<u8>| list.iter().map(u8::to_string).collect::<Vec<_>>().join(",");
        let one = format!("--list={}", lists.iter().map(joined).collect::<Vec<_>>().join(","));
        let several: Vec<OsString> = lists.iter().flat_map(|list| ["--list".into(), joined(list).into()]).collect();
        let load = |words: Vec<OsString>| Settings::loader().args(words).load().unwrap();
        prop_assert_eq!(load(vec![one.into()]), load(several));
    }

    #[test]
    fn no_path_panics(path in "\\PC{0,20}|[a-z.\\[\\]\"0-9\\\\]{0,16}", value in any::<u8>()) {
        let _ = Settings::loader().set(&path, value).load();
        let _ = Settings::loader().section(&path).load();
        let _ = Settings::loader().load_traced().unwrap().explain(&path);
    }

    #[test]
    fn text_and_back_is_the_same(text in "\\PC{0,40}", number in any::<u64>(), signed in any::<i64>()) {
        #[derive(Debug, Config)]
        #[config(env_prefix = "P")]
        struct Values {
            text: String,
            secret: Secret<String>,
            number: u64,
            signed: i64,
            size: ByteSize,
        }
        let size = ByteSize::new(number);
        let vars = [("P_TEXT", text.clone()), ("P_SECRET", text.clone()), ("P_NUMBER", number.to_string()), ("P_SIGNED", signed.to_string()), ("P_SIZE", size.to_string())];
        let values = Values::loader().env_vars(vars).load().unwrap();
        prop_assert_eq!((&values.text, values.secret.expose()), (&text, &text));
        prop_assert_eq!((values.number, values.signed, values.size), (number, signed, size));
        let set = Values::loader().set("text", &text).set("secret", &text).set("number", number).set("signed", signed).set("size", size.to_string());
        prop_assert_eq!(set.load().unwrap().text, text);
    }
}
