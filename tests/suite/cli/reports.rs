//! `check`, in every form of a report.

use serde_json::Value;

use super::*;

/// One problem of each kind of place, and a warning.
fn broken() -> System {
    System::memory()
        .file("config/base.toml", "workers = 'many'\nworker = 1\n[database]\nport = 80\n")
        .file(".env", "ORDERS_HOSTS=a,b\nORDERS_DATABASE_PORT=x\n")
        .var("ORDERS_DATABASE_TIMEOUT", "never, 100%:\n")
        .var("ORDERS_PROT", "1")
}

#[test]
fn a_report_for_people() {
    insta::assert_snapshot!(shown(&run(&loader(&broken()), "check")));
}

#[test]
fn a_report_in_json() {
    let ran = run(&loader(&broken()), "check --output json");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, ran.err.as_str()), (Status::Config, ""));
    assert_eq!(report["problems"][0]["code"], "type");
    assert_eq!(ran.out.lines().count(), 1);
}

#[test]
fn a_report_for_workflows() {
    insta::assert_snapshot!(shown(&run(&loader(&broken()), "check --output github")));
}

#[test]
fn a_report_for_code_scanning() {
    let ran = run(&loader(&broken()), "check --output sarif");
    assert_eq!((ran.status, ran.err.as_str()), (Status::Config, ""));
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    is_sarif(&log);
    let mut log = log;
    log["runs"][0]["tool"]["driver"]["semanticVersion"] = Value::from("0");
    insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn settings_without_problems() {
    let fine = loader(&system());
    assert_eq!(shown(&run(&fine, "check")), "settings `Settings` have no problems (profile default)\n");
    assert_eq!(shown(&run(&fine, "check --output github")), "");
    let log: Value = serde_json::from_str(&run(&fine, "check --output sarif").out).unwrap();
    is_sarif(&log);
    assert_eq!(log["runs"][0]["results"], Value::from(Vec::<Value>::new()));
    let report: Value = serde_json::from_str(&run(&fine, "check --output json").out).unwrap();
    assert_eq!(
        (&report["problems"], &report["profile"]),
        (&Value::from(Vec::<Value>::new()), &"default".into())
    );
}

#[test]
fn warnings_are_told_and_may_be_denied() {
    let warned = loader(&system().var("ORDERS_PROT", "1"));
    insta::assert_snapshot!(shown(&run(&warned, "check")));
    let ran = run(&warned, "check --output github");
    assert_eq!(ran.status, Status::Done);
    assert!(ran.out.starts_with("::warning title=unknown_key::"), "{}", ran.out);
    let ran = run(&warned, "check --deny-warnings --output github");
    assert_eq!(ran.status, Status::Config);
    assert!(ran.out.starts_with("::error title=unknown_key::"), "{}", ran.out);
}

#[test]
fn words_that_cannot_be_used_are_told_in_the_same_forms() {
    let ran = run(&loader(&system()), "explain prot --output github");
    assert_eq!((ran.status, ran.out.as_str()), (Status::Usage, ""));
    assert_eq!(ran.err, "::error title=unknown_key::there is no setting `prot`\n");
    let ran = run(&loader(&system()), "explain prot --output json");
    let report: Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!(report["problems"][0]["message"], "there is no setting `prot`");
}

/// What the schema of SARIF 2.1.0 requires, and the ranges it sets, of the parts that are written.
fn is_sarif(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-2.1.0.json"));
    for run in log["runs"].as_array().unwrap() {
        let driver = &run["tool"]["driver"];
        assert!(driver["name"].is_string() && driver["semanticVersion"].is_string());
        let rules = driver["rules"].as_array().unwrap();
        assert!(
            rules.iter().all(|rule| rule["id"].is_string() && rule["shortDescription"]["text"].is_string())
        );
        assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
        assert!(
            run["invocations"].as_array().unwrap().iter().all(|one| one["executionSuccessful"].is_boolean())
        );
        for result in run["results"].as_array().unwrap() {
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
            assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            let related = result["relatedLocations"].as_array().into_iter().flatten();
            result["locations"].as_array().unwrap().iter().chain(related).for_each(is_location);
        }
    }
}

fn is_location(location: &Value) {
    let Some(place) = location.get("physicalLocation") else { return };
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"\\^`{|} ".contains(&byte)), "{uri}");
    if let Some(region) = place.get("region") {
        let at = |key: &str| region[key].as_u64().unwrap();
        assert!(at("startLine") >= 1 && at("startColumn") >= 1);
        assert!((at("endLine"), at("endColumn")) >= (at("startLine"), at("startColumn")));
    }
}
