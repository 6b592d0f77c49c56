//! Content that is refused, does harm, or is no news.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};

use confkit::live::{Outcome as Became, State};
use confkit::{Config as _, Format, System, Warnings};

use crate::folder::Folder;
use crate::log::Log;
use crate::page::Page;
use crate::process;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::{MARKER, Settings, text, toml};
use crate::stage::{AGES, Stage, wait_for};
use crate::time::Time;

/// Syntax, type, rule, and text that is none.
const BAD: [&[u8]; 4] = [b"number = \n", b"number = 'two'\n", b"workers = 65\n", b"name = \"\xff\"\n"];

/// Each is refused once however often it is read, the settings stay, and good content heals.
pub(super) fn bad(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let mut stage = Stage::begin(folder.live(Duration::from_millis(20)).poll(Duration::from_millis(10)))?;
    let (sender, refused) = mpsc::channel();
    let path = folder.file();
    stage.live.on_refused(move |report| drop(sender.send(report.to_string()))).detach();
    let mut number = 1;
    for content in BAD.iter().cycle().take(size.of(4, 40)) {
        let next = folder.at("next");
        fs::write(&next, content)?;
        fs::rename(next, &path)?;
        let report = refused.recv_timeout(AGES)?;
        stage.outcome.check(report.contains("app.toml"), || format!("no place is told: {report}"));
        let before = stage.live.counts().refusals;
        wait_for("more readings", || (stage.live.counts().refusals >= before + 5).then_some(()))?;
        let again = refused.try_iter().count();
        stage.outcome.check(again == 0, || format!("{again} reports more of the same"));
        let is_stale = matches!(stage.live.state(), State::Stale { .. });
        stage
            .outcome
            .check(is_stale, || "bad content is in the file, and the state does not say so".to_owned());
        number += 1;
        stage.change(number, || Ok(folder.replace(&toml(number))?))?;
        stage.until(|state| matches!(state, State::Ready))?;
    }
    Ok(stage.end())
}

/// A document that must not change anything.
struct Hostile {
    name: &'static str,
    format: Format,
    text: String,
}

fn hostile_documents(most: usize) -> Vec<Hostile> {
    let many = |line: fn(usize) -> String| (0..most).fold(String::new(), |text, n| text + &line(n));
    let json = text(Format::Json, 1);
    let one = |name, format, text| Hostile { name, format, text };
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (before, this) in ('a'..'k').zip('b'..='k') {
        let aliases = vec![format!("*{before}"); 10].join(", ");
        let _ = writeln!(bomb, "{this}: &{this} [{aliases}]");
    }
    vec![
        one("many keys", Format::Toml, toml(1) + &many(|n| format!("key{n} = {n}\n"))),
        one("many tables", Format::Toml, toml(1) + &many(|n| format!("[t{n}]\n"))),
        one(
            "many keys of JSON",
            Format::Json,
            format!("{{{}{}", many(|n| format!("\"k{n}\": {n},")), &json[1..]),
        ),
        one("deep TOML", Format::Toml, format!("number = {}", "[".repeat(most))),
        one("deep JSON", Format::Json, format!("{{\"number\": {}", "[".repeat(most))),
        one("deep YAML", Format::Yaml, format!("number: {}", "[".repeat(most))),
        one("aliases of aliases", Format::Yaml, bomb),
        one("a long number", Format::Toml, format!("number = {}", "9".repeat(most))),
        one("a long name", Format::Toml, format!("number = \"{}\"", "x".repeat(most))),
        one("a number beyond all", Format::Json, "{\"number\": 1e999999999}".to_owned()),
        one("many mistakes", Format::Toml, "= \n".repeat(most)),
        one("nothing but zeros", Format::Toml, "\0".repeat(most)),
    ]
}

/// Each is refused or taken in time, never fatal, and the next good file is taken.
pub(super) fn hostile(size: Size) -> Result<Outcome> {
    /// Longer than a reading may take on a busy machine.
    const LONG: Duration = Duration::from_secs(60);
    let (mut outcome, mut longest) = (Outcome::default(), (Duration::ZERO, ""));
    for Hostile { name, format, text } in hostile_documents(size.of(2_000, 1_000_000)) {
        let folder = Folder::with(format)?;
        let loader = folder.loader().warnings(Warnings::call(|_| ()));
        let mut stage = Stage::begin(loader.live().poll(Duration::MAX).quiet(Duration::MAX))?;
        stage.live.on_refused(|_| ()).detach();
        folder.replace(&text)?;
        let begun = Instant::now();
        let refused = stage.live.reload();
        let (took, live) = (begun.elapsed(), stage.live.handle());
        longest = longest.max((took, name));
        stage.outcome.check(took < LONG, || format!("{name} took {} s", took.as_secs()));
        // Keys that nobody knows are no harm.
        let is_harmless = !matches!(refused, Ok(Became::Changed(_)));
        stage.outcome.check(is_harmless, || format!("{name} was taken: {refused:?}"));
        stage.change(2, || {
            folder.replace(&folder.text(2))?;
            Ok(live.reload().map(drop)?)
        })?;
        outcome.append(stage.end());
    }
    let (took, name) = longest;
    outcome.note(format!("{name} took the longest, {:.1} s", took.as_secs_f64()));
    outcome.append(huge()?);
    Ok(outcome)
}

/// Files of many gigabytes, of which nothing is on the disk. Nobody tries to read them.
fn huge() -> Result<Outcome> {
    let folder = Folder::new()?;
    let mut stage = Stage::begin(folder.live(Duration::MAX))?;
    let live = stage.live.handle();
    live.on_refused(|_| ()).detach();
    let before = process::most_memory()?;
    for size in [1 << 32, 1 << 40] {
        File::create(folder.file())?.set_len(size)?;
        let refused = live.reload();
        stage.outcome.check(refused.is_err(), || format!("{size} bytes were taken: {refused:?}"));
    }
    let grown = process::most_memory()?.saturating_sub(before) / 1024;
    stage.outcome.check(grown < 64, || format!("{grown} MiB were used for what is refused"));
    stage.change(2, || {
        folder.replace(&toml(2))?;
        Ok(live.reload().map(drop)?)
    })?;
    Ok(stage.end())
}

/// A document that is cut off at each place, and one with something wrong in each: no report has the secret.
pub(super) fn secrets(_: Size) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for format in [Format::Toml, Format::Yaml, Format::Json] {
        let folder = Folder::with(format)?;
        let log = Log::unsynced()?;
        let live = log.keep(folder.live(Duration::MAX))?.start()?;
        let (sender, shown) = mpsc::channel();
        let hear = sender.clone();
        live.on_refused(move |report| drop(hear.send(format!("{report} {report:?} {}", report.to_json()))))
            .detach();
        let hear = sender.clone();
        live.on_change(move |update| drop(hear.send(format!("{update:?} {}", update.differences()))))
            .detach();
        let whole = folder.text(1);
        let cut = (0..whole.len()).map(|end| whole[..end].to_owned());
        let wrong = (0..whole.len()).map(|at| format!("{}§{}", &whole[..at], &whole[at..]));
        for text in cut.chain(wrong) {
            folder.write(&text)?;
            let reloaded = live.reload();
            sender.send(format!("{reloaded:?} {} {:?} {live:?}", live.state(), live.state()))?;
            outcome.reads += 1;
        }
        let refusals = live.counts().refusals;
        outcome.check(refusals > 20, || format!("{refusals} refusals alone"));
        live.close();
        log.check(live.revision(), &mut outcome);
        for text in shown.try_iter().filter(|text| text.contains(MARKER)) {
            outcome.wrong += 1;
            outcome.faults.push(text.replace(MARKER, "<the secret>"));
        }
    }
    Ok(outcome)
}

/// The same content again, in all ways, and signals for nothing.
///
/// What a source without numbers answers is its newest content, also where it had the same before.
pub(super) fn same(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let mut stage = Stage::begin(folder.live(Duration::from_millis(1)))?;
    let rounds = size.of(10, 100);
    for number in 2..2 + rounds {
        stage.change(number, || Ok(folder.replace(&toml(number))?))?;
        let before = stage.live.counts().reloads;
        folder.replace(&toml(number))?;
        folder.write(&toml(number))?;
        folder.replace(&format!("# the same\n{}", toml(number)))?;
        File::options().append(true).open(folder.file())?.set_modified(SystemTime::now())?;
        wait_for("another reading", || (stage.live.counts().reloads > before).then_some(()))?;
    }
    stage.nothing_refused();
    let mut outcome = stage.end();

    // A source that tells three times of each change, and once more of the one before.
    let page = Page::new(1);
    let mut stage = Stage::begin_busy(page.live(&Time::new()).quiet(Duration::from_millis(1)))?;
    for number in 2..2 + rounds {
        stage.change(number, || {
            page.write(number);
            (0..3).for_each(|_| page.signal());
            Ok(())
        })?;
        let again = stage.live.reload()?;
        stage.outcome.check(again == Became::Unchanged, || format!("{again:?}"));
    }
    outcome.append(stage.end());
    outcome.append(earlier(rounds)?);
    Ok(outcome)
}

/// A source that answers what it had before, each time.
fn earlier(rounds: u64) -> Result<Outcome> {
    let page = Page::new(1);
    let mut stage = Stage::begin_to_and_fro(page.live(&Time::new()))?;
    let live = stage.live.handle();
    for number in [5, 4].into_iter().cycle().take(usize::try_from(rounds)?) {
        stage.change(number, || {
            page.write(number);
            Ok(live.reload().map(drop)?)
        })?;
    }
    stage.nothing_refused();
    Ok(stage.end())
}

/// Revisions come as 5, 4, 5: no reader sees the older one, and nothing is told of it but one warning.
pub(super) fn reordered(size: Size) -> Result<Outcome> {
    let page = Page::new(1);
    let (sender, warned) = mpsc::channel();
    let warnings =
        Warnings::call(move |warnings| warnings.iter().for_each(|one| drop(sender.send(one.to_string()))));
    let loader = Settings::loader().system(System::memory()).source(page.clone()).warnings(warnings);
    let mut stage = Stage::begin_busy(loader.live().clock(Time::new().clock()).poll(Duration::MAX))?;
    let live = stage.live.handle();
    let rounds = size.of(100, 10_000);
    for newer in (1..=rounds).map(|round| 2 * round + 1) {
        stage.change(newer, || {
            page.write_numbered(newer);
            Ok(live.reload().map(drop)?)
        })?;
        for again in [newer - 1, newer, newer - 2, newer] {
            page.write_numbered(again);
            let became = live.reload()?;
            stage.outcome.check(became == Became::Unchanged, || format!("{again} after {newer}: {became:?}"));
            stage.outcome.check(live.get().number == newer, || format!("{again} after {newer} is in force"));
        }
    }
    stage.nothing_refused();
    let mut outcome = stage.end();
    let warned = u64::try_from(warned.try_iter().count())?;
    outcome.check(warned == 2 * rounds, || format!("{warned} warnings of {} older answers", 2 * rounds));
    Ok(outcome)
}
