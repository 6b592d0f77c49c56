//! A server that answers as the test says. Nothing here waits by sleeping.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, SystemTime};

use confkit::Secret;
use confkit::live::Webhook;

/// Longer than anything here takes.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    streams: mpsc::Receiver<TcpStream>,
}

impl Receiver {
    pub(crate) fn new() -> Self {
        Self::at("127.0.0.1:0".parse().unwrap())
    }

    pub(crate) fn at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, streams) = mpsc::channel();
        // It ends with the test's process, or when nobody takes a connection any more.
        thread::spawn(move || listener.incoming().flatten().try_for_each(|stream| sender.send(stream).ok()));
        Self { address, streams }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    /// Waits for the next request, which is not answered yet.
    pub(crate) fn request(&self) -> Request {
        Request::of(self.streams.recv_timeout(DEADLINE).expect("there is a request"))
    }

    /// Answers the next request; returns it.
    pub(crate) fn answer(&self, answer: &str) -> Request {
        let mut request = self.request();
        request.answer(answer);
        request
    }

    /// Answers all requests, with these answers in turn; returns where their bodies are kept.
    pub(crate) fn serve(self, answers: [&'static str; 2]) -> Arc<Mutex<String>> {
        let bodies = Arc::<Mutex<String>>::default();
        let kept = Arc::clone(&bodies);
        thread::spawn(move || {
            for (stream, answer) in self.streams.iter().zip(answers.iter().cycle()) {
                let mut request = Request::of(stream);
                kept.lock().unwrap().push_str(&request.body);
                request.answer(answer);
            }
        });
        bodies
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.streams.try_recv().is_err()
    }
}

pub(crate) struct Request<S = TcpStream> {
    pub(crate) head: String,
    pub(crate) body: String,
    stream: S,
}

impl Request {
    fn of(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        Self::read(stream).unwrap()
    }
}

impl<S: Read + Write> Request<S> {
    pub(crate) fn read(mut stream: S) -> io::Result<Self> {
        let mut bytes = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length: usize = header(head, "content-length").parse().unwrap();
                if body.len() >= length {
                    return Ok(Self { head: head.to_owned(), body: body.to_owned(), stream });
                }
            }
            let mut some = [0; 4096];
            let read = stream.read(&mut some)?;
            assert!(read > 0, "the request is whole");
            bytes.extend_from_slice(&some[..read]);
        }
    }

    /// Writes a status with further headers, and an empty body.
    pub(crate) fn answer(&mut self, answer: &str) {
        write!(self.stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n").unwrap();
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        header(&self.head, name)
    }

    pub(crate) fn id(&self) -> &str {
        self.header("idempotency-key")
    }

    /// The name of the event.
    pub(crate) fn event(&self) -> &str {
        self.header("confkit-event")
    }

    pub(crate) fn is_signed_by(&self, secret: &str) -> bool {
        let (secret, signature) = (Secret::from(secret.to_owned()), self.header("confkit-signature"));
        Webhook::verify(&secret, signature, self.body.as_bytes(), SystemTime::now(), Duration::from_secs(60))
            .is_ok()
    }
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let found = head.lines().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case(name).then_some(value)
    });
    found.unwrap_or_else(|| panic!("no {name} in\n{head}"))
}
