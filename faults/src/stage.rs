//! Live settings with somebody who reads them all the time, and somebody who notes what is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use confkit::Config;
use confkit::live::{Builder, Live, State, Update};

use crate::log::Log;
use crate::scenario::{Outcome, Result};
use crate::settings::Settings;

/// Longer than anything takes.
pub(crate) const AGES: Duration = Duration::from_secs(60);
/// How often it is asked for what nobody tells.
const GLANCE: Duration = Duration::from_millis(1);

/// Live settings that are looked at from all sides.
pub(crate) struct Stage {
    pub(crate) live: Live<Settings>,
    pub(crate) outcome: Outcome,
    /// How many panics of the program's are to be caught.
    pub(crate) panics: u64,
    log: Log,
    told: Receiver<Told>,
    witness: Witness,
    /// What was told last.
    revision: u64,
    number: u64,
}

/// A change as a listener has it.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) at: Instant,
    pub(crate) revision: u64,
    pub(crate) before: u64,
    pub(crate) number: u64,
    pub(crate) name: String,
}

impl Told {
    fn of(update: &Update<Settings>) -> Self {
        let at = Instant::now();
        let (revision, before) = (update.revision(), update.old().number);
        Self { at, revision, before, number: update.new().number, name: update.new().name.clone() }
    }
}

impl Stage {
    /// Starts the settings. No value that is read may be older than one before it.
    pub(crate) fn begin(builder: Builder<Settings>) -> Result<Self> {
        Self::start(builder, Log::new()?, true)
    }

    /// The same for very many changes, whose records are not waited for.
    pub(crate) fn begin_busy(builder: Builder<Settings>) -> Result<Self> {
        Self::start(builder, Log::unsynced()?, true)
    }

    /// The same for settings that go back.
    pub(crate) fn begin_to_and_fro(builder: Builder<Settings>) -> Result<Self> {
        Self::start(builder, Log::unsynced()?, false)
    }

    fn start(builder: Builder<Settings>, log: Log, is_onward: bool) -> Result<Self> {
        let live = log.keep(builder)?.start()?;
        let (sender, told) = mpsc::channel();
        live.on_change(move |update| {
            // Nobody hears of what comes after the end.
            let _ = sender.send(Told::of(update));
        })
        .detach();
        let mut newest = 0;
        let witness = Witness::begin(&live, move |settings| {
            let is_right = settings.is_whole() && (!is_onward || settings.number >= newest);
            newest = settings.number;
            is_right
        });
        let (revision, number) = (live.revision(), live.get().number);
        Ok(Self { live, outcome: Outcome::default(), panics: 0, log, told, witness, revision, number })
    }

    /// Makes a change, and waits until its number is in force. Nothing else may be told.
    pub(crate) fn change(&mut self, number: u64, act: impl FnOnce() -> Result<()>) -> Result<()> {
        act()?;
        self.expect(&number.to_string(), Instant::now(), |told| told.number == number)
    }

    /// Waits for the change that was made, which has to be as it says.
    pub(crate) fn expect(
        &mut self,
        what: &str,
        made: Instant,
        is_it: impl FnOnce(&Told) -> bool,
    ) -> Result<()> {
        self.outcome.changes += 1;
        let told = self.next()?;
        self.outcome.recoveries.add(told.at.saturating_duration_since(made));
        if is_it(&told) {
            self.outcome.told += 1;
        } else {
            self.outcome.faults.push(format!("{told:?} was told in place of {what}"));
        }
        Ok(())
    }

    /// Waits until a number is in force that was written last of many. Those before it may be left out.
    pub(crate) fn settle(&mut self, number: u64, done: Instant) -> Result<()> {
        loop {
            let told = self.next()?;
            self.outcome.changes += 1;
            self.outcome.told += 1;
            if told.number == number {
                self.outcome.recoveries.add(told.at.saturating_duration_since(done));
                return Ok(());
            }
        }
    }

    /// The next change that is told, which has to begin where the one before it ended.
    pub(crate) fn next(&mut self) -> Result<Told> {
        let told = self.told.recv_timeout(AGES).map_err(|_| {
            let (number, state) = (self.live.get().number, self.live.state());
            format!("nothing was told after {} s; in force is {number}, {state}", AGES.as_secs())
        })?;
        let follows = told.revision == self.revision + 1 && told.before == self.number;
        let (revision, number) = (self.revision, self.number);
        self.outcome.check(follows, || format!("{told:?} was told after revision {revision} with {number}"));
        (self.revision, self.number) = (told.revision, told.number);
        Ok(told)
    }

    /// Waits until the settings are in a state.
    pub(crate) fn until(&self, is_so: impl Fn(&State) -> bool) -> Result<State> {
        wait_for("the state", || Some(self.live.state()).filter(|state| is_so(state)))
    }

    /// Nothing may have been refused so far.
    pub(crate) fn nothing_refused(&mut self) {
        let refusals = self.live.counts().refusals;
        self.outcome.check(refusals == 0, || format!("{refusals} readings were refused"));
    }

    /// Ends the settings. Nothing may have been told that was not waited for.
    pub(crate) fn end(self) -> Outcome {
        let Self { live, mut outcome, panics: expected, log, told, witness, .. } = self;
        let panics = live.counts().panics;
        outcome.check(panics == expected, || format!("{panics} panics"));
        live.close();
        while let Ok(told) = told.try_recv() {
            outcome.faults.push(format!("{told:?} was told, and nobody had changed anything"));
        }
        (outcome.reads, outcome.wrong) = witness.end();
        log.check(live.revision(), &mut outcome);
        outcome
    }
}

/// Asks until there is an answer.
pub(crate) fn wait_for<A>(what: &str, mut ask: impl FnMut() -> Option<A>) -> Result<A> {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return Ok(answer);
        }
        if begun.elapsed() > AGES {
            return Err(format!("{what} did not come in {} s", AGES.as_secs()).into());
        }
        thread::sleep(GLANCE);
    }
}

/// Reads all the time.
pub(crate) struct Witness {
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<(u64, u64)>,
}

impl Witness {
    /// Begins to count values that are not right.
    pub(crate) fn begin<T>(live: &Live<T>, mut is_right: impl FnMut(&T) -> bool + Send + 'static) -> Self
    where
        T: Config + Send + Sync + 'static,
    {
        let (mut reader, is_over) = (live.reader(), Arc::new(AtomicBool::new(false)));
        let over = Arc::clone(&is_over);
        let read = move || {
            let (mut reads, mut wrong) = (0, 0);
            while !over.load(Ordering::Relaxed) {
                reads += 1;
                wrong += u64::from(!is_right(reader.get()));
                // Others need the processor, too.
                thread::sleep(Duration::from_micros(50));
            }
            (reads, wrong)
        };
        Self { is_over, thread: thread::spawn(read) }
    }

    /// How many were read, and how many of them were wrong.
    pub(crate) fn end(self) -> (u64, u64) {
        self.is_over.store(true, Ordering::Relaxed);
        // It calls nothing that panics.
        self.thread.join().unwrap_or_default()
    }
}
