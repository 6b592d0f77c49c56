//! HCL: which value is read from each way of writing it, what is refused, and what is said.

use confkit::{Config, Format, Secret, testing};

use super::{mistakes, read, read_as};

const HCL: Format = Format::Hcl;

#[test]
fn attributes_and_blocks_are_data() {
    for (text, expected) in [
        ("", "{}"),
        ("a = 1", "{a: 1}"),
        ("\u{feff}# é\r\na = 1 // x\r\n/* y */ b = 2 # z\r\n", "{a: 1, b: 2}"),
        ("a = true\nb = false\nc = null", "{a: true, b: false, c: ~}"),
        ("a = \"x\\ty\\u00e9\\U0001F600\"", "{a: \"x\\tyé😀\"}"),
        ("a = \"$${x} %%{y} 5% $\"", "{a: \"${x} %{y} 5% $\"}"),
        ("a = -5\nb = - 5\nc = 1.5\nd = 1e3\ne = -0.5", "{a: -5, b: -5, c: 1.5, d: 1e3, e: -0.5}"),
        (
            "a = 340282366920938463463374607431768211455\nb = -170141183460469231731687303715884105728",
            "{a: 340282366920938463463374607431768211455, b: -170141183460469231731687303715884105728}",
        ),
        ("a = []\nb = [1, \"x\", null,]\nc = [\n  1, # x\n  2\n]", "{a: [], b: [1, \"x\", ~], c: [1, 2]}"),
        ("a = {b = 1, \"c d\" : 2\n 3 = 4\n}", "{a: {b: 1, c d: 2, 3: 4}}"),
        ("a = {\n # x\n k = 1 // y\n /* z */ l : 2, /* u */m=3}", "{a: {k: 1, l: 2, m: 3}}"),
        ("a = (1)", "{a: 1}"),
        ("a = <<EOT\nx\n  \"y\"\nEOT\n", "{a: \"x\\n  \\\"y\\\"\\n\"}"),
        ("a = <<-EOT\n    x\n      y\n    EOT\n", "{a: \"x\\n  y\\n\"}"),
        ("a {}", "{a: {}}"),
        ("a {\n  b = 1\n  c { d = 2 }\n}", "{a: {b: 1, c: {d: 2}}}"),
        ("a \"x\" {\n  b = 1\n}", "{a: {x: {b: 1}}}"),
        ("a \"x\" y {\n}\na \"x\" \"z\" {}", "{a: {x: {y: {}, z: {}}}}"),
        ("a \"x.y\" {}", "{a: {x.y: {}}}"),
        ("a { b = 1 }\na { b = 2 }", "{a: [{b: 1}, {b: 2}]}"),
        (
            "a \"x\" { b = 1 }\nc = 3\na \"x\" { b = 2 }\na \"y\" {}",
            "{a: {x: [{b: 1}, {b: 2}], y: {}}, c: 3}",
        ),
        ("a-b = 1\n_c = 2\né = 3", "{a-b: 1, _c: 2, é: 3}"),
    ] {
        assert_eq!(read_as(HCL, text), expected, "{text:?}");
    }
}

#[test]
fn what_would_have_to_be_computed_is_refused_where_it_stands() {
    for (text, expected) in [
        ("a = b", "1:5 a name stands here that has no value"),
        ("a = [1, var.x]", "1:9 this refers to another value"),
        ("a = x[0]", "1:5 this refers to another value"),
        ("a = env(\"X\")", "1:5 a function is called here"),
        ("a = 1 + 2", "1:5 this would have to be computed"),
        ("a = -b", "1:5 this would have to be computed"),
        ("a = !true", "1:5 this would have to be computed"),
        ("a = true ? 1 : 2", "1:5 this would have to be computed"),
        ("a = [for x in y : x]", "1:5 this would have to be computed"),
        ("a = \"x ${y} z\"", "1:8 this would have to be computed"),
        ("a = \"%{if x}y%{endif}\"", "1:6 this would have to be computed"),
        ("a = <<EOT\nx ${y}\nEOT\n", "2:3 this would have to be computed"),
        ("a = {(b) = 1}", "1:6 keys have to be single values"),
        ("a = {b.c = 1}", "1:6 keys have to be single values"),
    ] {
        assert_eq!(mistakes(HCL, text), [expected], "{text:?}");
    }
    let text = "a = b\nc = [d(), \"${e}\"]\nf = 1\n";
    assert_eq!(mistakes(HCL, text).len(), 2);
}

#[test]
fn what_is_no_hcl_is_told_in_our_words() {
    for (text, expected) in [
        ("a", "1:1 the `=` between key and value is missing"),
        ("a: 1", "1:2 the `=` between key and value is missing"),
        ("a b", "1:3 this does not belong here"),
        ("a =", "1:1 the value is missing"),
        ("a = \nb = 1", "1:5 the value is missing"),
        ("a = 1 b = 2", "1:7 this stands behind the value"),
        ("a = [1, 2", "1:5 this `[` is never closed"),
        ("a = [1 2]", "1:8 the comma before this is missing"),
        ("a {\n  b = 1\n", "1:3 this `{` is never closed"),
        ("a { b = 1, c = 2 }", "1:10 this does not belong into a block"),
        ("a = \"x\nb = 1", "1:5 the quotation mark is never closed"),
        ("a = \"\\q\"", "1:6 there is no such escape sequence"),
        ("a = 'x'", "1:5 this is no value"),
        ("a = <<EOT\nx\n", "1:5 this text is never ended"),
        ("= 1", "1:1 the key is missing"),
        ("\"a\" = 1", "1:1 keys stand without quotation marks"),
        ("a {\n  b = \"x\n}", "2:7 the quotation mark is never closed"),
        ("b = 1\n/* x", "2:1 this comment is never closed"),
        ("a.b = 1", "1:2 the `=` between key and value is missing"),
        ("}", "1:1 this does not belong here"),
    ] {
        assert_eq!(mistakes(HCL, text), [expected], "{text:?}");
    }
}

#[test]
fn what_is_there_twice_is_told_with_both_places() {
    for (text, expected) in [
        ("a = 1\nb = 2\na = 3\n", ["3:1", "1:1"]),
        ("a = 1\na {}\n", ["2:1", "1:1"]),
        ("a {}\na = 1\n", ["2:1", "1:1"]),
        ("a {}\na \"x\" {}\n", ["2:1", "1:1"]),
        ("a \"x\" {}\na {}\n", ["2:1", "1:1"]),
        ("a = {b = 1, b = 2}\n", ["1:13", "1:6"]),
        ("a = {b = 1, \"b\" = 2}\n", ["1:13", "1:6"]),
        ("a {\n  bcd = 1\n  bcd = 2\n}\n", ["3:3", "2:3"]),
        ("a { b = 1 }\na { b = 2 }\na = 3\n", ["3:1", "1:1"]),
    ] {
        let errors = read(HCL, text).unwrap_err();
        let place = |at: usize| {
            let place = confkit_sources::position_in(text, at);
            format!("{}:{}", place.line, place.column)
        };
        assert!(errors.len() == 1 && errors[0].is_duplicate, "{text:?}: {errors:?}");
        let related = errors[0].related.clone().unwrap_or_default();
        assert_eq!([place(errors[0].span.start), place(related.start)], expected, "{text:?}");
    }
    let errors = read(HCL, "a = 1\na = 2\nb = 1\nb = c\na = 3\n").unwrap_err();
    assert_eq!(errors.len(), 3, "{errors:?}");
}

#[test]
fn places_are_those_of_keys_and_values_as_written() {
    let text = "\u{feff}# é\r\nserver \"é b\" {\r\n  port = - 5 # x\r\n  list = [ \"a\" , { k = /* = */ true } ]\r\n}\r\ntext = <<EOT\r\nx\r\nEOT\r\n";
    let document = read(HCL, text).unwrap();
    let told: Vec<String> = document
        .nodes()
        .map(|node| {
            let written =
                |span: Option<std::ops::Range<usize>>| span.map_or("", |span| &document.text()[span]);
            format!(
                "{}={}@{}",
                written(node.key_span()),
                written(node.span()).replace("\r\n", " "),
                node.origin()
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn limits_are_problems() {
    let deep = |levels: usize| format!("a = {}1{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read(HCL, &deep(64)).is_ok());
    assert!(mistakes(HCL, &deep(66))[0].ends_with("values are nested deeper than 64 levels"));
    assert!(mistakes(HCL, &deep(20_000))[0].ends_with("values are nested deeper than 64 levels"));
    let blocks = format!("{}{}", "a {\n".repeat(20_000), "}\n".repeat(20_000));
    assert!(mistakes(HCL, &blocks)[0].ends_with("values are nested deeper than 64 levels"));
    let labels = format!("a {} {{}}", "\"x\" ".repeat(200));
    assert!(mistakes(HCL, &labels)[0].ends_with("levels"));
    let large = format!("a = \"{}\"", "x".repeat(4 << 20));
    assert_eq!(mistakes(HCL, &large), ["1:1 an HCL document has at most 4 MiB"]);
    let many = "a = 1\n".repeat(20_000);
    assert_eq!(mistakes(HCL, &many), ["1:1 the document holds too many values"]);
}

#[derive(Debug, Config)]
struct Settings {
    name: String,
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    service: std::collections::BTreeMap<String, Service>,
    #[config(nested, default)]
    listener: Vec<Service>,
    #[config(default)]
    plain: Vec<Plain>,
}

#[derive(Debug, Config)]
struct Database {
    port: u16,
    password: Option<Secret<String>>,
}

#[derive(Debug, Config)]
struct Service {
    port: u16,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Plain {
    port: u16,
}

#[test]
fn blocks_are_sections_maps_and_lists() {
    let text = "name = \"a\"\ndatabase {\n  port = 1\n}\nservice \"web\" {\n  port = 2\n}\nservice \"mail\" {\n  port = 3\n}\nlistener {\n  port = 4\n}\nplain {\n  port = 5\n}\n";
    let settings = Settings::loader().text(HCL, "app.hcl", text).load().unwrap();
    assert_eq!((settings.name.as_str(), settings.database.port), ("a", 1));
    assert_eq!((settings.service["web"].port, settings.service["mail"].port), (2, 3));
    assert_eq!(settings.listener.iter().map(|one| one.port).collect::<Vec<_>>(), [4]);
    assert_eq!(settings.plain, [Plain { port: 5 }]);

    let twice = format!("{text}listener {{\n  port = 6\n}}\nplain {{\n  port = 7\n}}\n");
    let settings = Settings::loader().text(HCL, "app.hcl", twice).load().unwrap();
    assert_eq!(settings.listener.iter().map(|one| one.port).collect::<Vec<_>>(), [4, 6]);
    assert_eq!(settings.plain.len(), 2);
}

#[test]
fn one_block_in_a_list_is_told_as_its_first_element() {
    let text = "name = \"a\"\ndatabase {\n  port = 1\n}\nlistener {\n  port = \"x\"\n}\nplain {\n  port = \"y\"\n}\n";
    let report = Settings::loader().text(HCL, "app.hcl", text).load().unwrap_err();
    let places: Vec<(&str, String)> = report
        .problems()
        .iter()
        .map(|problem| (problem.path(), problem.origin().unwrap().to_string()))
        .collect();
    let expected = [("listener[0].port", "app.hcl:6:10"), ("plain[0].port", "app.hcl:9:10")];
    assert_eq!(places, expected.map(|(path, place)| (path, place.to_owned())));
    // An object is a table and no list.
    let text = "name = \"a\"\ndatabase {\n  port = 1\n}\nlistener = { port = 1 }\n";
    let report = Settings::loader().text(HCL, "app.hcl", text).load().unwrap_err();
    assert_eq!(report.problems()[0].path(), "listener");
}

#[test]
fn what_is_wrong_with_settings_is_told_at_its_place() {
    let text = "# hunter2\nname = 3 // hunter2\ndatabase {\n  port = \"many\" /* hunter2 */\n  pasword = \"hunter2\"\n}\nservice \"web\" { port = 70000 }\nsever \"x\" {}\n";
    let report = Settings::loader().text(HCL, "app.hcl", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    testing::assert_hidden(&report, "hunter2");
}

#[test]
fn the_report_of_a_broken_file_shows_keys_and_no_values() {
    let texts = [
        "name = hunter2\ndatabase {\n  password = \"${hunter2}\"\n  port = 1 + 1 # hunter2\n}\n",
        "name = \"hunter2\n",
        "database {\n  password = 'hunter2'\n}\n",
        "name = \"a\"\nname = \"hunter2\"\n",
    ];
    let loader = texts.iter().fold(Settings::loader(), |loader, text| loader.text(HCL, "app.hcl", *text));
    let report = loader.load().unwrap_err();
    insta::assert_snapshot!(report);
    testing::assert_hidden(&report, "hunter2");
}
