//! Where commands write to and read from.

use std::fmt;
use std::io::{self, Read, Write};

use confkit_sources::System;

/// Where a command writes its answer and what it has to tell, and where it reads a value from: the
/// terminal, or buffers of a test.
///
/// # Example
///
/// ```
/// use confkit::Config;
/// use confkit::cli::{self, Status, Terminal};
///
/// #[derive(Config)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// let words = ["config", "show", "--defaults"];
/// let matches = cli::command::<Settings>().try_get_matches_from(words).unwrap();
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let mut terminal = Terminal::new(&mut out, &mut err);
/// assert_eq!(cli::run_in(&Settings::loader().declared(), &matches, &mut terminal), Status::Done);
/// assert_eq!(String::from_utf8(out).unwrap(), "SETTING  VALUE  FROM\nport     8080   default\n");
/// ```
pub struct Terminal<'t> {
    out: &'t mut dyn Write,
    err: &'t mut dyn Write,
    input: Option<&'t mut dyn Read>,
    width: Option<usize>,
    has_colour: bool,
}

impl<'t> Terminal<'t> {
    /// Takes where answers go, and where everything else goes. There is nothing to read, lines are as
    /// long as they are, and without colour.
    pub fn new(out: &'t mut dyn Write, err: &'t mut dyn Write) -> Self {
        Self { out, err, input: None, width: None, has_colour: false }
    }

    /// Takes what stands behind `-` in place of a value.
    pub fn input(self, input: &'t mut dyn Read) -> Self {
        Self { input: Some(input), ..self }
    }

    /// Sets the number of columns. Answers are broken into lines by it, as on a terminal.
    pub fn width(self, columns: usize) -> Self {
        Self { width: Some(columns), ..self }
    }

    /// Says that colours can be shown. `--color`, `NO_COLOR`, `CLICOLOR_FORCE` and `TERM=dumb` go
    /// before it.
    pub fn color(self, is_shown: bool) -> Self {
        Self { has_colour: is_shown, ..self }
    }

    pub(super) fn columns(&self) -> Option<usize> {
        self.width
    }

    /// Whether to write in colour, where the user does not say.
    pub(super) fn is_coloured(&self, system: &System) -> bool {
        let is_set = |name: &str| system.variable(name).is_some_and(|value| !value.is_empty());
        let is_dumb = system.variable("TERM").is_some_and(|term| term == "dumb");
        let is_forced =
            is_set("CLICOLOR_FORCE") && system.variable("CLICOLOR_FORCE").is_some_and(|v| v != "0");
        !is_set("NO_COLOR") && (is_forced || (self.has_colour && !is_dumb))
    }

    /// Writes a part of the answer.
    pub(super) fn answer(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Writes what is not the answer.
    pub(super) fn tell(&mut self, text: &str) -> io::Result<()> {
        self.err.write_all(text.as_bytes())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.err.flush()
    }

    /// Reads a value: all of the input, without the end of its last line.
    pub(super) fn read_value(&mut self) -> io::Result<String> {
        let mut text = String::new();
        if let Some(input) = &mut self.input {
            input.read_to_string(&mut text)?;
        }
        let line = text.strip_suffix('\n').unwrap_or(&text);
        Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
    }
}

/// Shows how it writes, and nothing of what is written.
impl fmt::Debug for Terminal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terminal")
            .field("width", &self.width)
            .field("has_colour", &self.has_colour)
            .finish_non_exhaustive()
    }
}

/// Runs something on the terminal of the process.
pub(super) fn real<R>(run: impl FnOnce(&mut Terminal<'_>) -> R) -> R {
    use std::io::IsTerminal as _;
    let (out, err) = (io::stdout(), io::stderr());
    let width = terminal_size::terminal_size_of(&out).map(|(width, _)| usize::from(width.0).max(20));
    let has_colour = out.is_terminal();
    // On Windows this is what shows colours; nobody else is bothered.
    let mut out = anstream::AutoStream::always(out.lock());
    let mut err = anstream::AutoStream::always(err.lock());
    let mut input = io::stdin();
    let mut terminal = Terminal { width, has_colour, ..Terminal::new(&mut out, &mut err).input(&mut input) };
    run(&mut terminal)
}
