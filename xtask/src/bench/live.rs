//! Live settings: what reads, changes and subscribers cost, beside what they are made of.

use std::fmt::Write as _;

use crate::error::{Error, Result};

use super::programs::{LOAD, Programs, Run};
use super::table::{Budgets, grouped, ratio};
use super::valgrind;

/// The one program; its arguments say what is measured.
const PROGRAM: &str = "live";

/// Ways to read, as the program knows them and as they are shown.
const READERS: [(&str, &str); 10] = [
    ("plain", "a reference, without any change"),
    (READER, "confkit, `reader().get()`"),
    (CACHE, "arc_swap, `Cache::load`"),
    (GET, "confkit, `get()`"),
    (LOAD_FULL, "arc_swap, `load_full`"),
    ("arc_swap load", "arc_swap, `load`"),
    ("confkit snapshot", "confkit, `snapshot()`"),
    ("tokio", "tokio, `watch::Receiver::borrow`"),
    ("RwLock<Arc>", "`RwLock<Arc<T>>`, read and cloned"),
    ("RwLock", "`RwLock<T>`, read"),
];
const READER: &str = "confkit reader";
const CACHE: &str = "arc_swap Cache::load";
const GET: &str = "confkit get";
const LOAD_FULL: &str = "arc_swap load_full";
/// Reads by whose difference one read is judged.
const READS: [u64; 2] = [1_000, 11_000];

/// Changes: the first is what the others are compared with.
const WAYS: [(&str, &str); 5] = [
    ("load", "`Loader::load`"),
    (RELOAD, "`reload`, one key of the largest file differs"),
    (SMALL, "`reload`, one key of a small file differs"),
    ("reload the same", "`reload`, nothing differs"),
    (OVERRIDE, "`set_override` of one key"),
];
const RELOAD: &str = "reload";
const SMALL: &str = "reload a small file";
const OVERRIDE: &str = "set_override";
/// Numbers of keys that are changed among.
const CASES: [usize; 3] = [30, 1_000, 5_000];
/// Revisions that are kept, by whose difference one is weighed.
const REVISIONS: [u64; 2] = [1, 9];

const PUBLISHERS: [(&str, &str); 2] =
    [("confkit", "confkit, `set_override`"), ("tokio", "tokio, `watch::Sender::send`")];
const SUBSCRIBERS: [usize; 4] = [0, 1, 10, 1_000];

/// Who follows a file, as the program knows them and as they are shown.
const FOLLOWERS: [(&str, &str, u32); 3] = [
    ("notify", "notify, every event read with toml at once", 0),
    ("1", "confkit, `quiet` of 1 ms", 1),
    ("default", "confkit, `quiet` of 100 ms, the default", 100),
];

const INTRODUCTION: &str = "## Live settings

Reads are of one field. Their instructions are those of 11,000 reads less those of 1,000; what an atomic instruction costs
beyond being one, the nanoseconds say, which depend on the machine: two threads read at once, the best of 15 rounds.
Changes are the third and later ones, of the files of a load with its 50 variables, which are watched. A load is one that
keeps nothing; a change compares, keeps the revision, and looks after the watches. What a kept revision holds is judged by
nine of them and one. The largest file has nine tenths of the keys, the small one a hundredth.
Latency is from a rename to a reader that sees the new value, in 50 changes of the 30 keys. confkit waits for rest and reads
between two looks at size, time and identity of the file; the loop beside it takes whatever it finds at the first event.
";

/// Counts for the baseline.
#[derive(Default)]
pub(crate) struct Lived(Vec<(String, &'static str, u64)>);

impl Lived {
    /// Case, name and count.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (String, &'static str, u64)> + '_ {
        self.0.iter().cloned()
    }

    fn of(&self, case: &str, name: &str) -> u64 {
        let found = self.0.iter().find(|(of, counted, _)| of == case && *counted == name);
        found.map_or(0, |(.., amount)| *amount)
    }
}

/// The counts that the baseline is held against.
pub(crate) fn counts() -> Result<Lived> {
    let programs = Programs::build(&[PROGRAM])?;
    let mut lived = Lived::default();
    count_reads(&programs, &mut lived)?;
    count_changes(&programs, &mut lived)?;
    count_subscribers(&programs, &mut lived)?;
    Ok(lived)
}

/// The tables; the promises go to the others.
pub(crate) fn table(budgets: &mut Budgets) -> Result<(String, Lived)> {
    let lived = counts()?;
    let programs = Programs::build(&[PROGRAM])?;
    let mut text = String::from(INTRODUCTION);
    reads(&mut text, &programs, &lived, budgets)?;
    changes(&mut text, &lived, budgets);
    revisions(&mut text, &programs)?;
    subscribers(&mut text, &lived, budgets);
    latency(&mut text, &programs, budgets)?;
    Ok((text, lived))
}

fn count_reads(programs: &Programs, lived: &mut Lived) -> Result<()> {
    for (reader, _) in READERS {
        eprintln!("counting reads, {reader}");
        let [fewer, more] = READS.map(|times| {
            let run = programs.run(PROGRAM, ["read", reader, &times.to_string()].map(str::to_owned));
            valgrind::instructions(&run, "read_often")
        });
        let (fewer, more) = (fewer?, more?);
        if fewer.sum != "8" || more.sum != "8" {
            return Err(Error::new(format!("{reader} reads {}, not 8", more.sum)));
        }
        lived.0.push(("live, 10000 reads".to_owned(), reader, more.amount.saturating_sub(fewer.amount)));
    }
    Ok(())
}

fn reads(text: &mut String, programs: &Programs, lived: &Lived, budgets: &mut Budgets) -> Result<()> {
    text.push_str("\n| read | instructions | × `Cache::load` | ns, 2 threads |\n|---|---:|---:|---:|\n");
    let of = |reader| lived.of("live, 10000 reads", reader);
    for (reader, shown) in READERS {
        eprintln!("reading on two threads, {reader}");
        let nanoseconds = programs.run(PROGRAM, ["contend", reader].map(str::to_owned)).said()?;
        let (count, times) = (ratio(of(reader), READS[1] - READS[0]), ratio(of(reader), of(CACHE)));
        let _ = writeln!(text, "| {shown} | {count:.1} | {times:.2} | {nanoseconds} |");
    }
    budgets.push("live, `reader().get()`", ratio(of(READER), of(CACHE)), 1.1, "× `Cache::load`");
    budgets.push("live, `get()`", ratio(of(GET), of(LOAD_FULL)), 1.0, "× `load_full`");
    Ok(())
}

fn count_changes(programs: &Programs, lived: &mut Lived) -> Result<()> {
    for keys in CASES {
        for (way, _) in ways(keys) {
            eprintln!("counting {way}, {keys} keys");
            let function = if way == WAYS[0].0 { LOAD } else { "change_once" };
            let amount = valgrind::instructions(&change(programs, keys, way, 1)?, function)?.amount;
            lived.0.push((format!("live, {keys} keys"), way, amount));
        }
    }
    Ok(())
}

/// The small settings are in one file.
fn ways(keys: usize) -> impl Iterator<Item = (&'static str, &'static str)> {
    WAYS.into_iter().filter(move |(way, _)| keys > CASES[0] || *way != SMALL)
}

/// So many changes of a case, with its variables.
fn change(programs: &Programs, keys: usize, way: &str, times: u64) -> Result<Run> {
    Ok(programs.load(PROGRAM, keys)?.between(&["change", way], &[times.to_string()]))
}

fn changes(text: &mut String, lived: &Lived, budgets: &mut Budgets) {
    text.push_str("\n| change");
    for keys in CASES {
        let _ = write!(text, " | {} keys | × load", grouped(keys as u64));
    }
    text.push_str(" |\n|---|---:|---:|---:|---:|---:|---:|\n");
    for (way, shown) in WAYS {
        let _ = write!(text, "| {shown}");
        for keys in CASES {
            let case = format!("live, {keys} keys");
            let (count, load) = (lived.of(&case, way), lived.of(&case, WAYS[0].0));
            if count == 0 {
                text.push_str(" | | ");
                continue;
            }
            let _ = write!(text, " | {} | {:.2}", grouped(count), ratio(count, load));
            if [RELOAD, OVERRIDE].contains(&way) {
                budgets.push(
                    &format!("live, `{way}`, {} keys", grouped(keys as u64)),
                    ratio(count, load),
                    1.0,
                    "× load",
                );
            }
        }
        text.push_str(" |\n");
    }
}

fn revisions(text: &mut String, programs: &Programs) -> Result<()> {
    text.push_str("\n| kept revision | keys | bytes | allocations of the change |\n|---|---:|---:|---:|\n");
    let steps = REVISIONS[1] - REVISIONS[0];
    for keys in CASES {
        for (way, shown) in ways(keys).filter(|(way, _)| [RELOAD, SMALL, OVERRIDE].contains(way)) {
            eprintln!("weighing {way}, {keys} keys");
            let file = programs.scratch("massif.live");
            let [fewer, more] = REVISIONS.map(|times| {
                let run = change(programs, keys, way, times)?;
                Ok::<_, Error>((valgrind::heap(&run, &file)?.amount, valgrind::allocations(&run)?))
            });
            let (fewer, more) = (fewer?, more?);
            let [bytes, allocations] = [(fewer.0, more.0), (fewer.1, more.1)]
                .map(|(fewer, more)| more.saturating_sub(fewer) / steps);
            let [keys, bytes, allocations] = [keys as u64, bytes, allocations].map(grouped);
            let _ = writeln!(text, "| {shown} | {keys} | {bytes} | {allocations} |");
        }
    }
    Ok(())
}

fn count_subscribers(programs: &Programs, lived: &mut Lived) -> Result<()> {
    for (publisher, _) in PUBLISHERS {
        for subscribers in SUBSCRIBERS {
            eprintln!("counting {subscribers} subscribers of {publisher}");
            for (what, function) in [("publish", "publish_once"), ("receive", "receive_once")] {
                let run =
                    programs.run(PROGRAM, [what.to_owned(), publisher.to_owned(), subscribers.to_string()]);
                let measured = valgrind::instructions(&run, function)?;
                if what == "receive" && measured.sum != (3 * subscribers).to_string() {
                    return Err(Error::new(format!("not every subscriber of {publisher} received")));
                }
                lived.0.push((
                    format!("live, {what}, {subscribers} subscribers"),
                    publisher,
                    measured.amount,
                ));
            }
        }
    }
    Ok(())
}

fn subscribers(text: &mut String, lived: &Lived, budgets: &mut Budgets) {
    text.push_str("\n| publish to");
    SUBSCRIBERS.iter().for_each(|subscribers| {
        let _ = write!(text, " | {}", grouped(*subscribers as u64));
    });
    text.push_str(" | receive, each of 1,000 |\n|---|---:|---:|---:|---:|---:|\n");
    let none = SUBSCRIBERS[0];
    let all = SUBSCRIBERS[SUBSCRIBERS.len() - 1];
    for (publisher, shown) in PUBLISHERS {
        let of = |what, subscribers| lived.of(&format!("live, {what}, {subscribers} subscribers"), publisher);
        let _ = write!(text, "| {shown}");
        for subscribers in SUBSCRIBERS {
            let _ = write!(text, " | {}", grouped(of("publish", subscribers)));
        }
        let each = of("receive", all).saturating_sub(of("receive", none));
        let _ = writeln!(text, " | {:.0} |", ratio(each, all as u64));
        if publisher == PUBLISHERS[0].0 {
            let times = ratio(of("publish", all), of("publish", none));
            budgets.push("live, publish to 1,000 subscribers", times, 1.01, "× to none");
        }
    }
}

fn latency(text: &mut String, programs: &Programs, budgets: &mut Budgets) -> Result<()> {
    text.push_str(
        "\n| rename to visible | settle time, ms | median, ms | longest, ms |\n|---|---:|---:|---:|\n",
    );
    for (follower, shown, settle) in FOLLOWERS {
        eprintln!("following a file, {follower}");
        let case = programs.scratch("cases").join(CASES[0].to_string()).display().to_string();
        let said = programs.run(PROGRAM, ["latency".to_owned(), follower.to_owned(), case]).said()?;
        let times: Vec<f64> = said.split(' ').filter_map(|time| time.parse::<f64>().ok()).collect();
        let [median, longest] = times[..] else {
            return Err(Error::new(format!("{follower} says no times: {said}")));
        };
        let [median, longest] = [median, longest].map(|microseconds| microseconds / 1_000.0);
        let _ = writeln!(text, "| {shown} | {settle} | {median:.1} | {longest:.1} |");
        if follower != FOLLOWERS[0].0 {
            let beyond = median - f64::from(settle);
            budgets.push(&format!("live, visible beyond {settle} ms of quiet"), beyond, 2.0, "ms");
        }
    }
    Ok(())
}
