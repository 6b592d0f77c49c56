//! What is said of logs that are not whole.

use confkit::live::Audit;
use confkit::live::audit::{Head, Verifier};

use super::{Folder, kept, key, sample};

#[test]
fn a_fault_says_where_it_is_what_it_is_and_what_to_do() {
    let folder = Folder::new();
    let log = sample(&folder.log());
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    kept(&Audit::keyed(&key("key")).open(folder.path("keyed")).unwrap()).close();
    let keyed = std::fs::read_to_string(folder.path("keyed")).unwrap();
    let other = sample(&folder.path("other.jsonl"));
    let other: Vec<&str> = other.split_inclusive('\n').collect();
    let audit = Audit::open(folder.log()).unwrap();
    audit.rotate(folder.path("old.jsonl")).unwrap();
    let second = std::fs::read_to_string(folder.log()).unwrap();
    let head = |number: u64| -> Head { format!("{number}:{}", "0a".repeat(32)).parse().unwrap() };

    let open = Verifier::new();
    let said = [
        (open.clone(), "{}\n".to_owned()),
        (open.clone(), lines[..2].concat() + "\n"),
        (open.clone(), log.trim_end().to_owned()),
        (open.clone(), log.replace("\"unpinned\"", "\"pinned\"")),
        (open.clone(), lines[0].to_owned() + lines[2]),
        (open.clone(), lines[0].to_owned() + lines[3]),
        (open.clone(), lines[..2].concat() + lines[1]),
        (open.clone(), lines[..2].concat() + other[2]),
        (open.clone(), lines[1..].concat()),
        (open.clone(), keyed.clone()),
        (open.clone().key(&key("yek")), keyed),
        (open.clone().key(&key("key")), log.clone()),
        (open.clone().holds(head(9)), log.clone()),
        (open.clone().holds(head(4)), log.clone()),
        (open.clone().holds(head(3)), second),
    ];
    let mut told: Vec<String> = said
        .into_iter()
        .map(|(verifier, log)| verifier.read("audit.jsonl", log.as_bytes()).unwrap_err().to_string())
        .collect();
    told.push(open.files(["missing\n.jsonl"]).unwrap_err().to_string());
    insta::assert_snapshot!(told.join("\n"));
}
