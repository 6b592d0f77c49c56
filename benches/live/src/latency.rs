//! How long it takes from a rename until readers see the change.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use bench_input::{BoxError, types};
use confkit::Config;
use notify::{Event, RecursiveMode, Watcher as _};

use crate::settings::Settings;

const CHANGES: u64 = 50;
/// A change that is not seen by then is lost.
const LOST: Duration = Duration::from_secs(10);
/// Between a change that was seen and the next: what the change before has started is over by then.
const BETWEEN: Duration = Duration::from_millis(20);

/// Changes a file, and tells the median and the longest of the times in microseconds.
pub fn run(follower: &str, folder: &Path) -> Result<String, BoxError> {
    let mut file = File::copy(folder, follower)?;
    let mut times = match follower {
        "notify" => beside_notify(&mut file)?,
        _ => {
            let loader = Settings::loader().root(file.folder()).declared().live();
            let live = match follower {
                "default" => loader.start()?,
                _ => loader.quiet(Duration::from_millis(follower.parse()?)).start()?,
            };
            let mut reader = live.reader();
            file.changes(|| reader.get().timeout_ms)?
        }
    };
    times.sort_unstable();
    let (median, longest) = (times[times.len() / 2], times[times.len() - 1]);
    Ok(format!("{} {}", median.as_micros(), longest.as_micros()))
}

/// A loop as people write it: every event in the directory has the file read again.
fn beside_notify(file: &mut File) -> Result<Vec<Duration>, BoxError> {
    let path = file.path.clone();
    let read = move || -> Option<types::Settings> { toml::from_str(&fs::read_to_string(&path).ok()?).ok() };
    let first = read().ok_or("the file cannot be read")?;
    let value = Arc::new(ArcSwap::from_pointee(first));
    let (sender, events) = std::sync::mpsc::channel::<()>();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.send(());
        }
    })?;
    watcher.watch(file.folder(), RecursiveMode::NonRecursive)?;
    let follower = thread::spawn({
        let value = Arc::clone(&value);
        move || {
            while events.recv().is_ok() {
                read().into_iter().for_each(|settings| value.store(Arc::new(settings)));
            }
        }
    });
    let times = file.changes(|| value.load().timeout_ms);
    drop(watcher);
    follower.join().map_err(|_| "the follower panicked")?;
    times
}

/// A file that is changed by renaming another one over it.
struct File {
    path: PathBuf,
    text: String,
}

impl File {
    fn copy(case: &Path, follower: &str) -> Result<Self, BoxError> {
        let folder = case.join(format!("latency {follower}"));
        fs::create_dir_all(&folder)?;
        let text = fs::read_to_string(case.join("base.toml"))?;
        // What the variables of the case give is not given here.
        let path = folder.join("base.toml");
        fs::write(&path, &text)?;
        Ok(Self { path, text })
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// Makes one change after the other, and waits until each is seen.
    fn changes(&mut self, mut seen: impl FnMut() -> u64) -> Result<Vec<Duration>, BoxError> {
        let next = self.folder().join("base.toml.next");
        (1..=CHANGES)
            .map(|number| {
                thread::sleep(BETWEEN);
                fs::write(&next, self.text.replace("timeout_ms = 2500", &format!("timeout_ms = {number}")))?;
                let begin = Instant::now();
                fs::rename(&next, &self.path)?;
                while seen() != number {
                    if begin.elapsed() > LOST {
                        return Err("a change was lost".into());
                    }
                    thread::sleep(Duration::from_micros(20));
                }
                Ok(begin.elapsed())
            })
            .collect()
    }
}
