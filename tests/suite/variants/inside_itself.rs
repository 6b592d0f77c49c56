//! Enums that contain themselves.

use super::*;

/// Two variants lead on under one key, and only what stands beside it tells them apart.
#[derive(Debug, Config)]
#[serde(untagged)]
enum Chain {
    Left {
        #[config(nested)]
        next: Box<Chain>,
        #[expect(dead_code, reason = "only what it requires matters")]
        left: u8,
    },
    Right {
        #[config(nested)]
        next: Box<Chain>,
        #[expect(dead_code, reason = "only what it requires matters")]
        right: u8,
    },
    End {
        #[expect(dead_code, reason = "only what it requires matters")]
        end: u8,
    },
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested)]
    chain: Chain,
}

const DEPTH: usize = 60;

fn text(beside: &str, end: &str) -> String {
    let inside = (0..DEPTH).fold(end.to_owned(), |inside, _| format!("next = {{ {inside} }}, {beside}"));
    format!("chain = {{ {inside} }}")
}

fn depth(chain: &Chain) -> usize {
    match chain {
        Chain::Left { next, .. } | Chain::Right { next, .. } => 1 + depth(next),
        Chain::End { .. } => 0,
    }
}

// Each of these would take longer than anybody waits if its cost doubled with every level.
#[test]
fn deep_values_are_read_and_judged() {
    for beside in ["left = 1", "right = 1"] {
        let settings: Settings = load(&text(beside, "end = 1")).unwrap();
        assert_eq!(depth(&settings.chain), DEPTH);
    }
    testing::assert_codes(&load::<Settings>(&text("right = 1", "end = 'x'")), &[Code::Type]);
    let report = load::<Settings>(&text("right = 1", "ende = 1")).unwrap_err();
    let problem = report.problems().iter().find(|problem| problem.suggestion() == Some("end")).unwrap();
    assert!(problem.path().ends_with(".next.ende"), "{}", problem.path());
    load::<Settings>(&text("riht = 1", "end = 1")).unwrap_err();
}

#[test]
fn deep_names_are_followed() {
    let base = text("right = 1", "end = 1");
    let name = format!("APP_CHAIN{}", "_NEXT".repeat(DEPTH));
    let load = |name: &str| env::<Settings>(&base, &[(name, "2")]);
    load(&format!("{name}_END")).unwrap();
    testing::assert_codes(&load(&format!("{name}_ENDE")), &[Code::UnknownKey]);
    let path = format!("--chain{}", ".next".repeat(DEPTH));
    let load = |word: String| {
        Settings::loader().system(System::memory()).text(Format::Toml, "a", &base).args([word]).load()
    };
    load(format!("{path}.end=2")).unwrap();
    testing::assert_codes(&load(format!("{path}.ende=2")), &[Code::UnknownKey]);
}
