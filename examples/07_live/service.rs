//! What the service answers.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, put};
use confkit::SecretString;
use confkit::live::{Handle, Rotating};
use http_body_util::BodyExt as _;

use crate::Settings;
use crate::pool::{BUFFER, Pool};

/// What all requests share.
pub(crate) struct Service {
    pub(crate) live: Handle<Settings>,
    pub(crate) tokens: Rotating<SecretString>,
    pub(crate) pool: Arc<Pool>,
}

type Answer = (StatusCode, String);

pub(crate) fn router(service: Arc<Service>) -> Router {
    let admitted = middleware::from_fn_with_state(Arc::clone(&service), admit);
    Router::new()
        .route("/orders/{number}", put(take).layer(admitted))
        .route("/healthz", get(health))
        .route("/config", get(config))
        .with_state(service)
}

/// Lets those in who send a token that is accepted. The request has the same settings from here to its end, and how it
/// ends is counted.
async fn admit(State(service): State<Arc<Service>>, mut request: Request, next: Next) -> Response {
    if !is_allowed(request.headers(), &service.tokens) {
        return (StatusCode::UNAUTHORIZED, "another token is asked for\n").into_response();
    }
    request.extensions_mut().insert(service.live.get());
    let response = next.run(request).await;
    service.live.record(!response.status().is_server_error());
    response
}

fn is_allowed(headers: &HeaderMap, tokens: &Rotating<SecretString>) -> bool {
    let words = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(offered) = words.and_then(|words| words.strip_prefix("Bearer ")) else { return false };
    // Secrets are compared in constant time.
    let offered = SecretString::from(offered);
    tokens.accepted().any(|token| *token == offered)
}

/// Takes an order, and keeps it.
async fn take(
    State(service): State<Arc<Service>>,
    Extension(settings): Extension<Arc<Settings>>,
    Path(number): Path<u32>,
    order: Body,
) -> Result<Answer, Answer> {
    let mut lent = service.pool.lend().await;
    tracing::debug!("order {number} has a buffer");
    receive(order, &mut lent.buffer)
        .await
        .map_err(|status| (status, format!("order {number} is refused\n")))?;
    let file = settings.directory.join(format!("{number}.txt"));
    tokio::fs::write(file, &lent.buffer).await.map_err(|error| {
        tracing::error!("order {number} cannot be kept: {}", error.kind());
        (StatusCode::INTERNAL_SERVER_ERROR, format!("order {number} cannot be kept\n"))
    })?;
    Ok((StatusCode::CREATED, format!("order {number} has {} bytes\n", lent.buffer.len())))
}

/// Reads an order into a buffer, for as long as it takes.
async fn receive(mut order: Body, buffer: &mut Vec<u8>) -> Result<(), StatusCode> {
    while let Some(frame) = order.frame().await {
        let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else { continue };
        if buffer.len() + data.len() > BUFFER {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        buffer.extend_from_slice(&data);
    }
    Ok(())
}

/// How the settings are. The service does its work in every state, so that none is a reason to start it anew.
async fn health(State(service): State<Arc<Service>>) -> String {
    let snapshot = service.live.snapshot();
    let (in_use, size) = service.pool.usage();
    let (revision, cause) = (snapshot.revision(), snapshot.cause().as_str());
    let state = service.live.state();
    format!("revision {revision} ({cause}), {in_use} of {size} buffers in use\n{state}\n")
}

/// Every setting, with its places; secrets are masked.
async fn config(State(service): State<Arc<Service>>) -> String {
    let mut page = String::new();
    for explanation in service.live.snapshot().explanations() {
        // Writing to a string does not fail.
        let _ = writeln!(page, "{explanation}");
    }
    page
}
