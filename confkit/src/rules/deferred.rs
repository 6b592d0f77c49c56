//! Rules that wait: a load hands them out, has them judged together, and reads again with what they
//! said.

use std::any::Any;
use std::collections::HashMap;
use std::fmt::{self, Display};
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use confkit_sources::declared::Rule;
use futures_timer::Delay;

use super::On;
use super::checks::words_of;
use crate::report::{Code, Severity};
use crate::resolve::{Cx, Draft, subject};

/// What becomes of rules that wait.
#[derive(Debug, Default)]
pub(crate) enum Deferred {
    /// Nobody waits for them.
    #[default]
    Refused,
    /// They are handed out.
    HandedOut(Rulings),
    /// They were judged.
    Judged(HashMap<Asked, Verdict>),
}

/// Which rule was asked about which setting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    path: String,
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

/// Rules that were asked and have not answered.
#[derive(Default)]
pub(crate) struct Rulings(Vec<(Asked, Ruling)>);

impl fmt::Debug for Rulings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(asked, _)| asked)).finish()
    }
}

impl Rulings {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Waits for all of them together, but not longer than this.
    pub(crate) async fn judged(self, deadline: Duration) -> HashMap<Asked, Verdict> {
        let (mut open, mut verdicts) = (self.0, HashMap::new());
        let mut delay = Delay::new(deadline);
        poll_fn(move |task| {
            open.retain_mut(|(asked, ruling)| match ruling.as_mut().poll(task) {
                Poll::Ready(verdict) => {
                    verdicts.insert(asked.clone(), verdict);
                    false
                }
                Poll::Pending => true,
            });
            if !open.is_empty() && Pin::new(&mut delay).poll(task).is_pending() {
                return Poll::Pending;
            }
            verdicts.extend(open.drain(..).map(|(asked, _)| (asked, Verdict::Late(deadline))));
            Poll::Ready(std::mem::take(&mut verdicts))
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
        // Around it may be a rule that is remembered, as `each` is.
        self.not_kept();
        let asked = Asked { path: self.located(on).path, rule: std::ptr::from_ref::<Rule>(on.rule()).addr() };
        let verdict = match &mut self.deferred {
            Deferred::Refused => None,
            Deferred::HandedOut(rulings) => {
                let value = value.clone();
                rulings.0.push((asked, Box::pin(ruling(async move { rule(value).await }))));
                return;
            }
            Deferred::Judged(verdicts) => verdicts.get(&asked).cloned(),
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
