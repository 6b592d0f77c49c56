//! Loads that wait for rules.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Loader;
use super::layers::{self, Judging};
use crate::config::Config;
use crate::explain::Loaded;
use crate::report::Report;
use crate::rules::{Deferred, Memory, Waiting};

impl<T: Config> Loader<T> {
    /// Does what [`load`](Self::load) does, and has rules judged that wait: `custom_async`.
    ///
    /// Layers are read as `load` reads them, on the thread that polls. The rules then run together,
    /// on whatever runtime polls this, and not longer than the [`deadline`](Self::deadline). One that
    /// has not answered by then, or that panicked, is a problem of its own.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in one [`Report`].
    ///
    /// # Example
    ///
    /// ```
    /// use std::pin::pin;
    /// use std::task::{Context, Poll, Waker};
    ///
    /// use confkit::Config;
    ///
    /// async fn is_free(port: u16) -> Result<(), String> {
    ///     if port == 80 { Err("another service has it".into()) } else { Ok(()) }
    /// }
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     #[config(validate(custom_async(is_free)))]
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader().set("port", 80);
    /// let mut loading = pin!(loader.load_async());
    /// // A program has a runtime for this.
    /// let mut task = Context::from_waker(Waker::noop());
    /// let Poll::Ready(result) = loading.as_mut().poll(&mut task) else { panic!() };
    /// let report = result.unwrap_err();
    /// assert_eq!(report.problems()[0].message(), "port is not valid: another service has it");
    /// # use std::future::Future;
    /// ```
    pub async fn load_async(&self) -> Result<T, Report> {
        self.deliver(self.read_async().await)
    }

    async fn read_async(&self) -> Result<Loaded<T>, Report> {
        let layers = layers::read(&self.stack, Some(T::METADATA));
        let context = self.context.as_deref();
        let begun = Instant::now();
        let (mut judged, mut waiting) = (None, Waiting::default());
        loop {
            let asked = {
                let memory = Some(Memory::after(judged, self.context.clone()));
                let mut judging = Judging { context, memory, deferred: Deferred::Awaited(waiting) };
                let loaded = layers.load_whole(&self.section, &mut judging);
                judged = judging.memory.map(|memory| Arc::new(memory.judged()));
                match judging.deferred {
                    Deferred::Awaited(asked) if !asked.is_done() => asked,
                    _ => return loaded,
                }
            };
            // The value is read once more, so that all that is wrong is told in one report. What
            // rules said may lead to another variant, which has rules of its own.
            waiting = asked.judged(self.deadline.saturating_sub(begun.elapsed()), self.deadline).await;
        }
    }

    /// Sets how long [`load_async`](Self::load_async) waits for rules; else it is ten seconds.
    ///
    /// # Example
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader().deadline(Duration::from_secs(2));
    /// assert_eq!(loader.load()?.port, 8080);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }
}
