//! A marker in every place where a secret may stand, in every format: no report shows it.

use confkit::{Config, Format, Secret, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Secrets {
    password: Secret<String>,
    #[config(nested)]
    database: Credentials,
    #[config(default = 1)]
    port: u16,
}

#[derive(Debug, Config)]
struct Credentials {
    #[config(default = "app")]
    user: String,
    #[config(secret, validate(length(min = 12)))]
    token: Secret<String>,
}

const JSON: [&str; 16] = [
    r#"{"password": hunter2}"#,
    r#"{"password": "hunter2}"#,
    r#"{"password": {"value": "hunter2"}, "database": {"token": "x"}}"#,
    r#"{"password": ["hunter2"]}"#,
    "{\"port\": = 1, // hunter2\n\"password\": \"hunter2\"}",
    "hunter2",
    r#""hunter2""#,
    r#"{"password" "hunter2"}"#,
    r#"{"passwrod": "hunter2"}"#,
    r#"{"database": {"token": "hunter2", "user": 3}, "password": "x"}"#,
    r#"{"database": {"user": 3, "token": "hunter2"}, "password": "x"}"#,
    "{\"password\": \"x\",\n\"port\": \"hunter2\",\n\"database\": {\"token\": \"hunter2\"}}",
    r#"{"password": "x", "database": {"tokn": "hunter2"}}"#,
    r#"{"password": "a", "password": "hunter2"}"#,
    "{\"port\": \"x\" /* hunter2 */, \"database\": /* hunter2",
    "{/* hunter2 */ \"port\": \"x\", /* hunter2\nhunter2 */ \"database\": {\"user\": 3}} // hunter2",
];

const YAML: [&str; 30] = [
    "password: 'hunter2\n",
    "password: [hunter2\nport: 1\n",
    "password: {value: hunter2}\ndatabase:\n  token: x\n",
    "password:\n  - hunter2\n",
    "password: hunter2: x\n",
    "port: x # hunter2\npassword: hunter2\n",
    "hunter2\n",
    "- hunter2\n",
    "password hunter2\nport: 1\n",
    "passwrod: hunter2\n",
    "database: {token: hunter2, user: 3}\npassword: x\n",
    "database: {user: 3, token: hunter2}\npassword: x\n",
    "password: x\nport: hunter2\ndatabase:\n  token: hunter2\n",
    "password: a\npassword: hunter2\n",
    "password: !hunter2 x\n",
    "password: !vault hunter2\n",
    "password: *hunter2\n",
    "password: {hunter2}\n",
    "password: {hunter2: a}\n",
    "password: [a, hunter2: b]\n",
    "password:\n  hunter2: a\n",
    "password:\n- hunter2: a\n",
    "{port: x, password: {hunter2}}\n",
    "password: x\ndatabase: {token: {hunter2: x}, user: 3}\n",
    "password: |\n  hunter2\n port: 1\n",
    "database:\n  token: |\n    hunter2\n  user: [3]\n",
    "anchors: &a hunter2\npassword: *a\nport: *a\n",
    "password: &hunter2 [x]\nport: 1\n",
    "password: \"\\hunter2\"\n",
    "port: 1\npassword: &hunter2\n",
];

const INI: [&str; 25] = [
    "password = x\n  hunter2 ; y\n  hunter2\n",
    "password = x\n  hunter2 = y\n",
    "password =\n  hunter2 \\\nport = 1\n",
    "password =\n  [hunter2]\n  x\n",
    "database =\n  hunter2\n  hunter2 = 1\n",
    "port =\n  x\n[database]\ntoken =\n  hunter2\n",
    "passwrod =\n  hunter2\n  hunter2 = 3\n",
    "password = \"hunter2\n",
    "password = 'hunter2' hunter2\n",
    "password = hunter2 ; hunter2\n",
    "password = hunter2 \\\n  hunter2\n",
    "password\n  hunter2\n",
    "password = x\n  hunter2\n",
    "hunter2\n",
    "hunter2 = x ; y\npassword = x\n",
    "passwrod = hunter2\n",
    "[password]\nvalue = hunter2\n[database]\ntoken = x\n",
    "password = a\npassword = hunter2\n",
    "password = \"\\hunter2\"\n",
    "password[] = hunter2\n",
    "; hunter2\nport = x\n[database] ; hunter2\ntoken = hunter2\n",
    "port = \"x\" ; hunter2\npassword = \"x\" # hunter2\n",
    "password: hunter2\nport: x\n[database]\ntoken: hunter2\n",
    "[database] password = hunter2\n",
    "password = hunter2\n[password.hunter2]\na = 1\n",
];

const DOTENV: [&str; 15] = [
    "password=\"hunter2\nhunter2\n",
    "password='hunter2' hunter2\n",
    "password=`hunter2`\n",
    "password: hunter2\n",
    "password hunter2\n",
    "password=\"\nport=hunter2\n\" hunter2\n",
    "hunter2\n",
    "passwrod=hunter2\n",
    "password=a\npassword=hunter2\n",
    "password=\"\\hunter2\"\n",
    "password[0]=hunter2\n",
    "# hunter2\nport=x # hunter2\n",
    "export password=hunter2\nport=x\n",
    "port=\"x\" # hunter2\nexport passwrod='hunter2\nhunter2'\n",
    "password=hunter2\u{7}\n",
];

const PROPERTIES: [&str; 18] = [
    "database=hunter2\ndatabase.token=hunter2\npassword=x\n",
    "password.x=hunter2\npassword=hunter2\n",
    "password=\\uhunter2\n",
    "password=hunter2\\q\n",
    "password hunter2\\\n  port=hunter2\\q\n",
    "password.hunter2=x\npassword=hunter2\n",
    "password=hunter2\npassword.x=hunter2\n",
    "password..x=hunter2\n",
    "hunter2\n",
    "hunter2 hunter2\\q\n",
    "passwrod=hunter2\n",
    "password=a\npassword=hunter2\n",
    "password:hunter2\ndatabase.token=hunter2\ndatabase.user.x=y\nport=x\n",
    "# hunter2\n! hunter2\nport=x\n",
    "\"password\"=hunter2\n",
    "=hunter2\n",
    "password=hunter2\u{7}\n",
    "port x\npassword = hunter2\\\n   hunter2\n",
];

const RON: [&str; 24] = [
    "(password: \"hunter2)",
    "(password: \"hunter2\" hunter2)",
    "(password: hunter2)",
    "(password: hunter2(1))",
    "(password: hunter2 { a: 1 })",
    "(password: Some(\"hunter2\"), port: \"x\")",
    "(password: (\"hunter2\", \"hunter2\"))",
    "(password: [\"hunter2\"])",
    "(password: (hunter2: 1))",
    "(password: {\"hunter2\": 1})",
    "(password: 'hunter2')",
    "(password: \"\\hunter2\")",
    "(password: b\"hunter2\")",
    "(password: r#\"hunter2)",
    "(password: hunter-2)",
    "(passwrod: \"hunter2\")",
    "(password: \"a\", password: \"hunter2\")",
    "(database: (token: \"hunter2\", user: 3), password: \"x\")",
    "(database: (user: 3, token: \"hunter2\"), password: \"x\")",
    "(port: \"x\" /* hunter2 */, database: /* hunter2",
    "(/* hunter2 */ port: \"x\", /* hunter2 /* hunter2 */\nhunter2 */ database: (user: 3)) // hunter2",
    "hunter2",
    "\"hunter2\"",
    "#![enable(hunter2)]\n()",
];

const HCL: [&str; 26] = [
    "password = \"hunter2\n",
    "password = hunter2\n",
    "password = \"${hunter2}\"\n",
    "password = \"x ${hunter2} hunter2\"\n",
    "password = hunter2(\"hunter2\")\n",
    "password = var.hunter2\n",
    "password = \"hunter2\" hunter2\n",
    "password = 'hunter2'\n",
    "password = \"\\hunter2\"\n",
    "password = [\"hunter2\"]\n",
    "password = { hunter2 = 1 }\n",
    "password = { (hunter2) = 1 }\n",
    "password \"hunter2\" {}\n",
    "password hunter2 {\n  a = 1\n}\n",
    "password {\n  hunter2 = 1\n}\n",
    "password = <<EOT\nhunter2\n",
    "password = <<EOT\nhunter2\n  ${hunter2} hunter2\nEOT\n",
    "password = <<hunter2\nx\n",
    "passwrod = \"hunter2\"\n",
    "password = \"a\"\npassword = \"hunter2\"\n",
    "password = \"hunter2\"\npassword {}\n",
    "database { user = 3 } # hunter2\npassword = \"x\" // hunter2\n",
    "database = { token = \"hunter2\", user = 3 }\npassword = \"x\"\n",
    "port = \"x\" /* hunter2 */\ndatabase {\n  token = <<EOT\nhunter2\nEOT\n}\n",
    "hunter2\n",
    "\"hunter2\" = 1\n",
];

#[test]
fn a_secret_is_never_shown_whatever_is_wrong_with_it() {
    let json5 = JSON.map(|fault| (Format::Json5, fault));
    let jsonc = JSON.map(|fault| (Format::Jsonc, fault));
    let json = JSON.map(|fault| (Format::Json, fault));
    let yaml = YAML.map(|fault| (Format::Yaml, fault));
    let ini = INI.map(|fault| (Format::Ini, fault));
    let dotenv = DOTENV.map(|fault| (Format::Dotenv, fault));
    let properties = PROPERTIES.map(|fault| (Format::Properties, fault));
    let typed = json.into_iter().chain(jsonc).chain(json5).chain(yaml);
    let ron = RON.map(|fault| (Format::Ron, fault));
    let hcl = HCL.map(|fault| (Format::Hcl, fault));
    let typed = typed.chain(ron).chain(hcl);
    for (format, fault) in typed.chain(ini).chain(dotenv).chain(properties) {
        let report = Secrets::loader().text(format, "app", fault).load().unwrap_err();
        assert!(!report.problems().is_empty(), "{fault}");
        testing::assert_hidden(&report, "hunter2");
    }
}
