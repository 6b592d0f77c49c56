//! The jobs of CI call the command that developers call, on three systems.

use std::collections::BTreeMap;

use confkit::{Config, Format, Unknown};

#[derive(Debug, Config)]
struct Workflow {
    #[config(nested)]
    jobs: BTreeMap<String, Job>,
}

#[derive(Debug, Config)]
struct Job {
    #[config(nested)]
    strategy: Option<Strategy>,
    #[config(nested)]
    steps: Vec<Step>,
}

#[derive(Debug, Config)]
struct Strategy {
    #[config(nested)]
    matrix: Matrix,
}

#[derive(Debug, Config)]
struct Matrix {
    system: Vec<String>,
}

#[derive(Debug, Config)]
struct Step {
    run: Option<String>,
}

#[test]
fn ci_tests_on_three_systems() {
    let text = include_str!("../../.github/workflows/ci.yml");
    let loader = Workflow::loader().unknown_keys(Unknown::Allow).text(Format::Yaml, "ci.yml", text);
    let workflow = loader.load().unwrap_or_else(|report| panic!("{report}"));
    let job = &workflow.jobs["test"];
    let systems = &job.strategy.as_ref().unwrap().matrix.system;
    assert_eq!(systems, &["ubuntu-latest", "macos-latest", "windows-latest"]);
    let runs: Vec<&str> = job.steps.iter().filter_map(|step| step.run.as_deref()).collect();
    assert_eq!(runs, ["cargo xtask test"]);
    // What calls it elsewhere is the same command.
    assert!(include_str!("../../.ci/run").lines().any(|line| line == "cargo xtask test"));
}
