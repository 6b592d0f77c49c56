//! What happens by the clock.

use std::time::{Duration, Instant};

use confkit::live::{Health, Outcome as Became};

use crate::page::Page;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::Settings;
use crate::stage::Stage;
use crate::time::Time;

const HOUR: u64 = 3600;

/// An override ends, the clock is set back before its end, and it has ended all the same.
pub(super) fn clock(size: Size) -> Result<Outcome> {
    let (page, time) = (Page::new(1), Time::new());
    let mut stage = Stage::begin_busy(page.live(&time))?;
    for _ in 0..size.of(50, 1_000) {
        stage.live.set_override("name", "for an hour", Duration::from_secs(HOUR))?;
        stage.expect("the override", Instant::now(), |told| told.name == "for an hour")?;
        time.pass(HOUR);
        stage.live.tick()?;
        stage.expect("its end", Instant::now(), |told| told.name == "n1")?;
        time.step_back(HOUR - 1);
        for _ in 0..3 {
            stage.live.tick()?;
            stage.live.reload()?;
        }
    }
    stage.nothing_refused();
    Ok(stage.end())
}

/// Odd numbers do not do well. The same content does not come back, and newer content does.
pub(super) fn health(size: Size) -> Result<Outcome> {
    let (page, time) = (Page::new(2), Time::new());
    let health =
        Health::new(Duration::from_secs(30)).check(|settings: &Settings| match settings.number % 2 {
            0 => Ok(()),
            _ => Err("an odd number".to_owned()),
        });
    let mut stage = Stage::begin_to_and_fro(page.live(&time).health(health))?;
    let live = stage.live.handle();
    let take = |number| -> Result<()> {
        page.write(number);
        live.reload()?;
        Ok(())
    };
    for bad in (3..size.of(51, 1_001)).step_by(2) {
        let good = bad - 1;
        stage.change(bad, || take(bad))?;
        time.pass(1);
        stage.change(good, || Ok(live.tick().map(drop)?))?;
        for _ in 0..3 {
            time.pass(1);
            let (reloaded, ticked) = (live.reload()?, live.tick()?);
            let is_held = (reloaded, ticked) == (Became::Held, Became::Unchanged);
            stage.outcome.check(is_held, || format!("{bad} came back: {reloaded:?}, {ticked:?}"));
        }
        stage.change(bad + 1, || take(bad + 1))?;
        // It does well for as long as it is looked at.
        time.pass(31);
        live.tick()?;
    }
    stage.nothing_refused();
    Ok(stage.end())
}
