//! `examples/07_live` serves requests while its file is changed. Each step waits for what the service answers
//! or writes, and for no time. Only on Unix a process can be asked to stop by its id.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::transcripts::is_current;

/// How long the service may take for a step before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);
const SPRING: &str = "spring-token";
const SUMMER: &str = "summer-token";
// Lines of the file.
const INFO: &str = "filter = \"live=info\"";
const ORDERS: &str = "directory = \"orders\"";
const ARCHIVE: &str = "directory = \"archive\"";

const BEGINNING: &str = "\
`-` and `+` are lines of `live.toml` before and after an edit, `>` is sent to the service and `<` comes back.
Everything else is what the service writes.

```console
";

/// The example as it runs, and what has been seen of it.
struct Service {
    folder: TempDir,
    process: Child,
    lines: Receiver<String>,
    address: String,
    transcript: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Builds the example, and returns where it is.
fn program() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "-q", "--example", "live", "--message-format=json"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "the example is not built:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let messages =
        output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
    let is_live = |message: &Value| message["target"]["name"] == "live" && message["executable"].is_string();
    let built = messages.into_iter().find(is_live).expect("cargo tells what it has built");
    built["executable"].as_str().expect("it is text").into()
}

impl Service {
    /// Starts it beside a copy of its file.
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        std::fs::create_dir(folder.path().join("orders")).expect("there is room for orders");
        std::fs::copy(root().join("examples/07_live/live.toml"), folder.path().join("live.toml"))
            .expect("the file can be copied");
        let mut process = Command::new(program())
            .current_dir(&folder)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the example runs");
        let written = BufReader::new(process.stderr.take().expect("it is piped"));
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            let lines = written.lines().map_while(Result::ok);
            lines.map_while(|line| sender.send(line).ok()).for_each(drop);
        });
        let transcript = format!("{BEGINNING}$ cargo run --example live\n");
        let mut service = Self { folder, process, lines, address: String::new(), transcript };
        let said = service.line();
        let (_, address) = said.split_once("listening on ").expect("the first line tells the address");
        address.clone_into(&mut service.address);
        service.note("", &said.replace(address, "127.0.0.1:PORT"));
        service
    }

    /// Begins a part of the transcript.
    fn part(&mut self, title: &str) {
        let _ = write!(self.transcript, "\n# {title}\n");
    }

    /// Adds lines to the transcript, each after a mark.
    fn note(&mut self, mark: &str, text: &str) {
        for line in text.trim_end().split('\n') {
            self.transcript.push_str(format!("{mark}{line}").trim_end());
            self.transcript.push('\n');
        }
    }

    /// Waits for a line that the service writes.
    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap_or_else(|error| {
            panic!("the service writes nothing ({error}) after\n{}", self.transcript);
        })
    }

    /// Notes what the service writes, up to a line with these words.
    fn writes(&mut self, last: &str) {
        loop {
            let line = self.line();
            self.note("", &line);
            if line.contains(last) {
                return;
            }
        }
    }

    /// Notes two lines that are written by two threads.
    fn writes_both(&mut self) {
        let mut lines = [self.line(), self.line()];
        lines.sort();
        lines.iter().for_each(|line| self.note("", line));
    }

    /// Puts another file into the place of `live.toml`.
    fn edit(&mut self, changes: &[(&str, &str)]) {
        let path = self.folder.path().join("live.toml");
        let mut text = std::fs::read_to_string(&path).expect("the file is there");
        for (old, new) in changes {
            assert!(text.contains(old), "there is no `{old}` in\n{text}");
            text = text.replace(old, new);
            self.note("- ", old);
            self.note("+ ", new);
        }
        let beside = self.folder.path().join("live.toml.new");
        std::fs::write(&beside, text).expect("the file can be written");
        std::fs::rename(beside, path).expect("the file can be renamed");
    }

    fn connect(&self, head: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("the service listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("there is a time");
        write!(stream, "{head}\r\nHost: orders\r\nConnection: close\r\n").expect("the service reads");
        stream
    }

    /// Asks for a page.
    fn get(&mut self, page: &str) {
        self.note("> ", &format!("GET {page}"));
        let mut stream = self.connect(&format!("GET {page} HTTP/1.1"));
        stream.write_all(b"\r\n").expect("the service reads");
        self.answer(stream);
    }

    /// Sends what comes before an order.
    fn head(&mut self, number: u32, token: &str, order: &str, more: &str) -> TcpStream {
        let mut stream = self.connect(&format!("PUT /orders/{number} HTTP/1.1"));
        let length = order.len();
        write!(stream, "Authorization: Bearer {token}\r\nContent-Length: {length}\r\n{more}\r\n")
            .expect("the service reads");
        stream
    }

    /// Sends an order; its answer comes when it comes.
    fn send(&mut self, number: u32, token: &str, order: &str) -> TcpStream {
        self.note("> ", &format!("PUT /orders/{number} with {token}: {order}"));
        let mut stream = self.head(number, token, order, "");
        stream.write_all(order.as_bytes()).expect("the service reads");
        stream
    }

    fn put(&mut self, number: u32, token: &str, order: &str) {
        let stream = self.send(number, token, order);
        self.answer(stream);
    }

    /// Begins to send an order, so far that the service waits for the rest of it.
    fn begin(&mut self, number: u32, token: &str, order: &str) -> TcpStream {
        self.note("> ", &format!("PUT /orders/{number} with {token}: …"));
        let mut stream = self.head(number, token, order, "Expect: 100-continue\r\n");
        let mut go_on = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
        stream.read_exact(&mut go_on).expect("the service answers");
        let go_on = String::from_utf8_lossy(&go_on);
        self.note("< ", go_on.trim_start_matches("HTTP/1.1 ").trim_end());
        stream
    }

    fn finish(&mut self, mut stream: TcpStream, number: u32, order: &str) {
        self.note("> ", &format!("… {order} (the rest of order {number})"));
        stream.write_all(order.as_bytes()).expect("the service reads");
        self.answer(stream);
    }

    /// Waits for an answer.
    fn answer(&mut self, mut stream: TcpStream) {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the service answers in UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
        let status = head.lines().next().and_then(|line| line.strip_prefix("HTTP/1.1 "));
        self.note("< ", status.expect("an answer has a status"));
        self.note("< ", body);
    }

    /// Asks it to stop, and returns the transcript.
    fn stop(mut self) -> String {
        self.note("", "^C");
        // A shell has the command on every system.
        let asked = Command::new("sh")
            .args(["-c", "kill -INT \"$1\"", "sh", &self.process.id().to_string()])
            .status()
            .expect("there is a shell");
        assert!(asked.success(), "the service cannot be asked to stop");
        let status = self.process.wait().expect("it is our process");
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            self.note("", &line);
        }
        assert!(status.success(), "the service ended with {status} after\n{}", self.transcript);
        std::mem::take(&mut self.transcript) + "```\n"
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It has ended already unless the test failed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_service_follows_its_file_while_it_serves() {
    let mut service = Service::start();
    service.put(1, SPRING, "tea");
    service.get("/healthz");

    service.part("An edit with mistakes is refused as a whole, and the service serves on.");
    service.edit(&[("size = 1", "size = 0"), (INFO, "filter = \"live=loud\"")]);
    service.writes("stays in force");
    service.put(2, SPRING, "milk");
    service.get("/healthz");

    service
        .part("An edit that keeps all rules, and orders fail: there is no such directory. It is taken back.");
    service.edit(&[("size = 0", "size = 1"), ("filter = \"live=loud\"", INFO), (ORDERS, ARCHIVE)]);
    service.writes("revision 2");
    for number in 3..6 {
        let stream = service.send(number, SPRING, "tea");
        service.writes("cannot be kept");
        service.answer(stream);
    }
    service.writes("takes revision 2 back");
    service.get("/healthz");
    service.put(3, SPRING, "tea");

    service.part("One order has the only buffer, another waits. The pool grows, and both go on.");
    let first = service.begin(6, SPRING, "tea");
    let second = service.send(7, SPRING, "milk");
    service.edit(&[(ARCHIVE, ORDERS), ("size = 1", "size = 2")]);
    service.writes("revision 4");
    service.answer(second);
    service.get("/healthz");
    service.finish(first, 6, "tea");

    service.part("The token is another one. The former one is good for ten minutes more.");
    service.edit(&[("token = \"spring-token\"", "token = \"summer-token\"")]);
    service.writes("revision 5");
    service.put(8, SUMMER, "tea");
    service.put(8, SPRING, "milk");
    service.put(8, "winter-token", "tea");

    service.part("More is logged.");
    service.edit(&[(INFO, "filter = \"live=debug\"")]);
    service.writes_both();
    let stream = service.send(9, SUMMER, "milk");
    service.writes("order 9");
    service.answer(stream);

    service.part("Where everything is from, without the secret.");
    service.get("/config");
    is_current("07_live", &service.stop());
}
