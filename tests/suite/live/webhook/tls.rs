//! Events that are posted over TLS, to servers with certificates of the test's own.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::receiver::Request;
use super::{DEADLINE, to, until, with};

type Secured = Request<StreamOwned<ServerConnection, TcpStream>>;

/// An authority, which signs for whoever asks.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn pem(&self) -> String {
        self.0.pem()
    }

    /// Serves one request after the other under a name; returns its address and what it is sent.
    fn serve(&self, name: &str) -> (SocketAddr, mpsc::Receiver<Secured>) {
        let key = KeyPair::generate().unwrap();
        let certificate =
            CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &self.0).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            );
        let config = Arc::new(config.unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        // It ends with the test's process, or when nobody asks for requests any more.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                stream.set_read_timeout(Some(DEADLINE)).unwrap();
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                // Who does not trust the certificate says so and leaves.
                let Ok(mut request) = Request::read(StreamOwned::new(connection, stream)) else { continue };
                request.answer("204 No Content");
                if sender.send(request).is_err() {
                    return;
                }
            }
        });
        (address, requests)
    }
}

#[test]
fn a_receiver_that_a_trusted_authority_has_signed_for_is_sent_events() {
    let (authority, told) = (Authority::new(), Arc::default());
    let (address, requests) = authority.serve("localhost");
    let url = format!("https://localhost:{}/hooks", address.port());
    let webhook = to(&url, &told).root_certificates(authority.pem().as_bytes()).build().unwrap();
    let live = with(&webhook);
    let request = requests.recv_timeout(DEADLINE).unwrap();
    assert!(request.is_signed_by("hunter2"), "{}", request.head);
    until(|| webhook.deliveries().delivered == 1);
    live.close();
    assert_eq!(*told.lock().unwrap(), [""; 0]);
}

#[test]
fn who_is_not_trusted_is_sent_nothing() {
    let (authority, other, told) = (Authority::new(), Authority::new(), Arc::<Mutex<Vec<String>>>::default());
    let (ours, unheard) = authority.serve("localhost");
    let (elsewhere, unheard_either) = authority.serve("hooks.example");
    let trusting = |address: SocketAddr, pem: Option<String>| {
        let webhook = to(&format!("https://localhost:{}/hooks", address.port()), &told).attempts(1);
        let webhook = match &pem {
            Some(pem) => webhook.root_certificates(pem.as_bytes()),
            None => webhook,
        };
        let webhook = webhook.build().unwrap();
        let live = with(&webhook);
        until(|| webhook.deliveries().given_up == 1);
        live.close();
    };
    // Signed by nobody that the world trusts, by another one than is trusted, and for another name.
    trusting(ours, None);
    trusting(ours, Some(other.pem()));
    trusting(elsewhere, Some(authority.pem()));
    assert!(unheard.try_recv().is_err() && unheard_either.try_recv().is_err());
    let told = told.lock().unwrap();
    let reason = "no secure connection can be made: is the certificate of the receiver valid, and trusted?";
    assert!(told.len() == 3 && told.iter().all(|warning| warning.contains(reason)), "{told:?}");
}

#[test]
fn a_port_that_is_none_is_refused() {
    let told = Arc::default();
    for url in [
        "https://user:hunter2@hooks.example:99999/",
        "http://[::1]:70000/",
        "http://h:1e3/x",
        "http://9:99999/",
    ] {
        let error = to(url, &told).build().unwrap_err().to_string();
        assert_eq!(error, "the port of the webhook's URL is no number from 0 to 65535", "{url}");
    }
    for url in ["https://user:443@hooks.example/", "http://[::1]/", "http://h:1/x", "http://h:/x"] {
        drop(to(url, &told).build().unwrap());
    }
}
