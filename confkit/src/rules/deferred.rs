//! Rules that wait: a load hands them out, has them judged together, and reads again with what they
//! said, until there is nothing new to ask.

use std::any::Any;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::{self, Display};
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use confkit_sources::declared::Rule;
use futures_timer::Delay;

use super::checks::words_of;
use super::{Inside, On};
use crate::report::{Code, Severity};
use crate::resolve::{Cx, Draft, subject};

/// What becomes of rules that wait.
#[derive(Debug, Default)]
pub(crate) enum Deferred {
    /// Nobody waits for them.
    #[default]
    Refused,
    /// They are handed out, and asked for what they said.
    Awaited(Waiting),
}

/// Which rule was asked about which setting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    path: String,
    /// Which elements of sets, that paths do not tell apart. Another reading may go through them in
    /// another order; what is told does not name them.
    elements: Vec<usize>,
    rule: usize,
}

/// What a rule said.
#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    Kept,
    Broken(String),
    Panicked,
    /// It said nothing in this time.
    Late(Duration),
}

type Ruling = Pin<Box<dyn Future<Output = Verdict> + Send>>;

/// Rules that were asked, and what they said.
#[derive(Default)]
pub(crate) struct Waiting {
    open: Vec<(Asked, Ruling)>,
    /// None of those that are open.
    verdicts: HashMap<Asked, Option<Verdict>>,
    /// The deadline, once it is over.
    late: Option<Duration>,
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(&self.verdicts).finish()
    }
}

impl Waiting {
    /// Whether all that was asked has been judged.
    pub(crate) fn is_done(&self) -> bool {
        self.open.is_empty()
    }

    /// Waits for all open ones together, but not longer than `rest` of the deadline.
    pub(crate) async fn judged(self, rest: Duration, deadline: Duration) -> Self {
        let Self { mut open, mut verdicts, .. } = self;
        let mut late = rest.is_zero().then_some(deadline);
        let mut delay = Delay::new(rest);
        poll_fn(move |task| {
            open.retain_mut(|(asked, ruling)| match ruling.as_mut().poll(task) {
                Poll::Ready(verdict) => {
                    verdicts.insert(asked.clone(), Some(verdict));
                    false
                }
                Poll::Pending => true,
            });
            if !open.is_empty() && Pin::new(&mut delay).poll(task).is_pending() {
                return Poll::Pending;
            }
            for (asked, _) in open.drain(..) {
                late = Some(deadline);
                verdicts.insert(asked, Some(Verdict::Late(deadline)));
            }
            Poll::Ready(Self { open: Vec::new(), verdicts: std::mem::take(&mut verdicts), late })
        })
        .await
    }
}

/// Lets a rule say what it says, also that it panicked.
async fn ruling<E: Display + Any>(rule: impl Future<Output = Result<(), E>>) -> Verdict {
    let mut rule = Box::pin(rule);
    let answer = poll_fn(move |task| match catch_unwind(AssertUnwindSafe(|| rule.as_mut().poll(task))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(answer)) => Poll::Ready(Some(answer)),
        Err(_) => Poll::Ready(None),
    });
    match answer.await {
        Some(Ok(())) => Verdict::Kept,
        Some(Err(error)) => Verdict::Broken(words_of(&error)),
        None => Verdict::Panicked,
    }
}

impl Cx<'_> {
    /// Judges `custom_async`.
    pub fn custom_async<T, E, F>(
        &mut self,
        on: On<'_>,
        value: Option<&T>,
        rule: impl FnOnce(T) -> F + Send + 'static,
    ) where
        T: Clone + Send + 'static,
        E: Display + 'static,
        F: Future<Output = Result<(), E>> + Send,
    {
        let Some(value) = value else { return };
        if on.chain.is_some() {
            // Around it is a rule that is remembered, as `each` is.
            self.not_kept();
        }
        let asked = self.asked(on);
        let verdict = match &mut self.deferred {
            Deferred::Refused => None,
            Deferred::Awaited(waiting) => match (waiting.verdicts.entry(asked), waiting.late) {
                (Entry::Occupied(told), _) if told.get().is_none() => return,
                (Entry::Occupied(told), _) => told.get().clone(),
                (Entry::Vacant(_), Some(deadline)) => Some(Verdict::Late(deadline)),
                (Entry::Vacant(new), None) => {
                    let value = value.clone();
                    let ruling = Box::pin(ruling(async move { rule(value).await }));
                    waiting.open.push((new.key().clone(), ruling));
                    new.insert(None);
                    return;
                }
            },
        };
        match verdict {
            Some(Verdict::Kept) => {}
            Some(Verdict::Broken(words)) => self.refused(on, &words),
            Some(Verdict::Panicked) => self.panicked(on),
            Some(Verdict::Late(deadline)) => {
                let within = humantime::format_duration(deadline);
                self.could_not_run(on, Code::Invalid, &format!("did not answer within {within}"), LATE);
            }
            None => {
                self.could_not_run(on, Code::Declaration, "has to be waited for, and was not judged", WAIT);
            }
        }
    }

    fn asked(&self, on: On<'_>) -> Asked {
        let chain = std::iter::successors(on.chain, |chain| chain.outer);
        let elements = chain.filter_map(|chain| match chain.inside {
            Inside::Somewhere(at) => Some(at),
            Inside::Index(_) | Inside::Key(_) => None,
        });
        let rule = std::ptr::from_ref::<Rule>(on.rule()).addr();
        Asked { path: self.located(on).path, elements: elements.collect(), rule }
    }

    /// A rule that has not judged is not a rule that was kept.
    #[cold]
    fn could_not_run(&mut self, on: On<'_>, code: Code, what: &str, help: &str) {
        let (at, rule) = (self.located(on), on.rule());
        let message = format!("the rule on {} {what}", subject(&at.path));
        let mut draft = Draft::new(code, at.path.clone(), message).rule(rule.name()).help(help);
        (draft.place, draft.secret) = (at.place(), at.secret);
        if rule.warns() {
            draft.severity = Severity::Warning;
        }
        self.push(draft);
    }
}

const LATE: &str = "see whether what it asks can be reached, or give it more time with `.deadline(…)`";
const WAIT: &str = "load with `load_async`";
