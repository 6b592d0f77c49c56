//! `show`, `explain` and `env`.

use super::*;

#[test]
fn show_lists_what_layers_give() {
    insta::assert_snapshot!(shown(&run(&loader(&system()), "show")));
}

#[test]
fn show_lists_defaults_on_demand() {
    insta::assert_snapshot!(shown(&run(&loader(&system()), "show --defaults")));
}

#[test]
fn show_lists_one_section() {
    let ran = run(&loader(&system()), "show database --defaults");
    assert!(ran.out.lines().skip(1).all(|line| line.starts_with("database.")), "{}", ran.out);
    let ran = run(&loader(&system()), "show databse");
    assert_eq!(ran.status, Status::Usage);
    assert_eq!(
        ran.err,
        "error[unknown_key]: there is no setting `databse`\n  = help: did you mean `database`?\n"
    );
}

#[test]
fn show_of_another_profile() {
    let system = system().var("ORDERS_SESSION_KEY", "hunter2-long");
    let ran = run(&loader(&system), "show --profile production database.host");
    assert_eq!(
        ran.out,
        "SETTING        VALUE          FROM\ndatabase.host  db.production  config/production.toml:2:8\n"
    );
}

#[test]
fn narrow_tables_break_cells() {
    insta::assert_snapshot!(shown(&run(&loader(&system()), "show --width 50")));
}

#[test]
fn settings_that_cannot_be_loaded_are_told() {
    let broken = system().file("config/base.toml", "workers = 0\n");
    for words in ["show", "explain workers"] {
        let ran = run(&loader(&broken), words);
        assert_eq!((ran.status, ran.out.as_str()), (Status::Config, ""));
        assert!(ran.err.contains("workers must be from 1 to 64"), "{}", ran.err);
    }
}

#[test]
fn explain_tells_why() {
    let loader = loader(&system());
    insta::assert_snapshot!(shown(&run(&loader, "explain database.port")));
    let ran = run(&loader, "explain database.password");
    assert_eq!(ran.out, "database.password = [redacted]\n  from config/base.toml:7:12\n");
    let ran = run(&loader, "explain databse.port");
    assert_eq!((ran.status, ran.out.as_str()), (Status::Usage, ""));
    let ran = run(&loader, "explain hosts..x");
    assert_eq!(ran.status, Status::Usage);
}

#[test]
fn env_lists_variables() {
    insta::assert_snapshot!(shown(&run(&loader(&system()), "env")));
}

#[test]
fn env_of_a_type_without_variables() {
    #[derive(Config)]
    struct Settings {
        #[config(default = 80)]
        port: u16,
    }
    let ran = run(&Settings::loader().declared(), "env");
    assert_eq!((ran.status, ran.out.as_str()), (Status::Done, ""));
    assert!(ran.err.starts_with("note: no setting has a variable"));
}
