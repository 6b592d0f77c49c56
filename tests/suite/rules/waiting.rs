//! Rules that have to be waited for.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::future::{Ready, pending, ready};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::time::Duration;

use confkit::{Code, Config, Format, Loader, Report, Secret, Severity, testing};
use tokio::sync::Barrier;

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

static BOTH: LazyLock<Barrier> = LazyLock::new(|| Barrier::new(2));

async fn meets(_: String) -> Result<(), String> {
    BOTH.wait().await;
    Ok(())
}

async fn reachable(host: String) -> Result<(), String> {
    match host.as_str() {
        "never" => pending().await,
        "panics" => panic!("of {host}"),
        "down" => Err(format!("{host} does not answer")),
        _ => Ok(()),
    }
}

async fn unlocks(key: Secret<String>) -> Result<(), String> {
    tokio::task::yield_now().await;
    Err(format!("{} opens nothing", key.expose()))
}

fn free(port: u16) -> Ready<Result<(), String>> {
    ready(if port == 80 { Err("another service has it".into()) } else { Ok(()) })
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Server {
    #[config(validate(custom_async(reachable)))]
    host: String,
    #[config(default = 8080, validate(range(min = 1), custom_async(free, warn)))]
    port: u16,
    #[config(default, validate(each(custom_async(reachable))))]
    mirrors: Vec<String>,
    #[config(validate(custom_async(unlocks, when = self.port == 443)))]
    key: Option<Secret<String>>,
    #[config(validate(custom_async(reachable)))]
    proxy: Option<String>,
}

fn server(text: &str) -> Loader<Server> {
    Server::loader().text(Format::Toml, "app.toml", text).deadline(Duration::from_millis(20))
}

fn refused(text: &str) -> Report {
    wait(server(text).load_async()).expect_err("something is wrong")
}

#[test]
fn all_is_well() {
    let server = wait(server("host = 'db'\nmirrors = ['a', 'b']").load_async()).expect("all is well");
    assert_eq!((server.host.as_str(), server.mirrors.len()), ("db", 2));
}

#[test]
fn everything_wrong_is_in_one_report() {
    let text = "\
host = 'down'
port = 0
mirrors = ['a', 'never', 'panics']
key = 'hunter2-hunter2'
prot = 1
";
    let report = refused(text);
    insta::assert_snapshot!(report);
    assert!(!report.to_json().contains("hunter2"));
    testing::assert_codes::<()>(
        &Err(report),
        &[Code::Invalid, Code::Invalid, Code::Invalid, Code::Invalid, Code::UnknownKey],
    );
}

#[test]
fn what_a_rule_says_of_a_secret_is_not_shown() {
    let report = refused("host = 'db'\nport = 443\nkey = 'hunter2-hunter2'");
    insta::assert_snapshot!(report);
    assert!(!report.to_json().contains("hunter2"));
}

#[test]
fn a_warning_lets_the_load_succeed() {
    let loader = server("host = 'db'\nport = 80");
    let denied = loader.clone().warnings(confkit::Warnings::Deny);
    let report = wait(denied.load_async()).expect_err("warnings are denied");
    assert_eq!(report.problems()[0].message(), "port is not valid: another service has it");
    assert_eq!(report.problems()[0].severity(), Severity::Error);
    assert_eq!(wait(loader.warnings(confkit::Warnings::Ignore).load_async()).expect("a warning").port, 80);
}

#[test]
fn a_load_that_does_not_wait_says_so() {
    let report = server("host = 'db'").load().expect_err("nobody waits");
    insta::assert_snapshot!(report);
    assert_eq!(report.problems()[0].code(), Code::Declaration);
}

#[test]
fn rules_run_together() {
    #[derive(Debug, Config)]
    struct Two {
        #[config(validate(custom_async(meets)))]
        one: String,
        #[config(validate(custom_async(meets)))]
        other: String,
    }
    let two = Two::loader().set("one", "a").set("other", "b");
    let two = wait(two.load_async()).expect("each waits for the other");
    assert_eq!((two.one.as_str(), two.other.as_str()), ("a", "b"));
}

#[test]
fn a_load_can_be_sent_to_another_thread() {
    fn is_send<T: Send>(it: T) -> T {
        it
    }
    let loader = server("host = 'db'");
    assert!(wait(is_send(loader.load_async())).is_ok());
}

#[test]
fn an_absent_value_is_not_judged_and_a_given_one_is() {
    assert!(wait(server("host = 'db'").load_async()).is_ok());
    let report = wait(server("host = 'db'").env_vars([("APP_PROXY", "down")]).load_async()).unwrap_err();
    assert_eq!(report.problems()[0].origin().unwrap().to_string(), "environment variable APP_PROXY");
}

#[derive(Debug, Config)]
struct Mirrors {
    #[config(default, validate(each(custom_async(slowly))))]
    sorted: BTreeSet<String>,
    #[config(default, validate(each(custom_async(slowly))))]
    hashed: HashSet<String>,
    #[config(default, validate(each(each(custom_async(slowly)))))]
    groups: BTreeSet<Vec<String>>,
}

/// What is well takes longer to say so.
async fn slowly(host: String) -> Result<(), String> {
    match host.as_str() {
        "up" => {
            tokio::task::yield_now().await;
            Ok(())
        }
        _ => Err(format!("{host} is down")),
    }
}

#[test]
fn each_element_of_a_set_has_its_own_verdict() {
    let told = |text: &str| {
        let report = wait(Mirrors::loader().text(Format::Toml, "app.toml", text).load_async());
        let report = report.expect_err("something is down");
        report.problems().iter().map(|problem| problem.message().to_owned()).collect::<Vec<_>>()
    };
    for name in ["sorted", "hashed"] {
        assert_eq!(
            told(&format!("{name} = ['a', 'b', 'up', 'z']")),
            ["a", "b", "z"].map(|it| format!("an element of {name} is not valid: {it} is down"))
        );
    }
    assert_eq!(told("groups = [['a', 'up'], ['up', 'up']]").len(), 1);
}

static ASKED: AtomicU16 = AtomicU16::new(0);

#[test]
fn rules_that_do_not_wait_are_judged_once() {
    #[derive(Debug, Config)]
    struct Port {
        #[config(validate(|port| ASKED.fetch_add(1, Ordering::Relaxed) < *port, "must be more"), validate(custom_async(free)))]
        port: u16,
    }
    let loader = Port::loader().set("port", 8080);
    assert_eq!(wait(loader.load_async()).expect("all is well").port, 8080);
    assert_eq!(ASKED.load(Ordering::Relaxed), 1);
}

#[derive(Debug, Config)]
#[serde(untagged)]
enum Target {
    Here {
        #[config(validate(custom_async(only_here)))]
        host: String,
    },
    There {
        #[config(validate(custom_async(reachable)))]
        host: String,
    },
}

fn only_here(host: String) -> Ready<Result<(), String>> {
    ready(if host == "localhost" { Ok(()) } else { Err(format!("{host} is not here")) })
}

#[test]
fn what_a_rule_says_may_lead_to_another_variant() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(nested)]
        target: Target,
    }
    let load = |host: &str| wait(Settings::loader().set("target.host", host).load_async());
    assert!(matches!(load("localhost").expect("here").target, Target::Here { host } if host == "localhost"));
    assert!(matches!(load("db").expect("there").target, Target::There { host } if host == "db"));
    let report = load("down").expect_err("neither");
    assert_eq!(report.problems()[0].message(), "target.host is not valid: down is not here");
}

#[test]
fn a_value_that_never_is_the_same_ends_at_the_deadline() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(default_fn = other_each_time, validate(each(custom_async(reachable))))]
        hosts: BTreeMap<String, String>,
    }
    let report = wait(Settings::loader().deadline(Duration::from_millis(5)).load_async()).expect_err("late");
    assert!(report.problems()[0].message().ends_with("did not answer within 5ms"), "{report}");
}

fn other_each_time() -> BTreeMap<String, String> {
    static READINGS: AtomicUsize = AtomicUsize::new(0);
    BTreeMap::from([(READINGS.fetch_add(1, Ordering::Relaxed).to_string(), "db".to_owned())])
}
