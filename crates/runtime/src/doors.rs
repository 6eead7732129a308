//! The rules at the doors of every local server, checked before anything is routed.
//!
//! | rule | against | answer |
//! |---|---|---|
//! | `Host` must be one of ours | DNS rebinding | 421 |
//! | no `Origin`, and no `Sec-Fetch-Site` other than `none` (or our own page's) | other sites' pages | 403 |
//! | the token, where the door has one | other users and programs | 401 |
//! | body and head sizes, and the time to send them | exhaustion | 413, 431, 408 |
//!
//! Answers never carry CORS headers.

mod serve;
mod token;

pub use serve::{Limits, serve};
pub use token::Token;

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// Which requests a web browser may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browsers {
    /// None: the AWS endpoint and the Lambda Runtime API are for programs.
    Refused,
    /// Only those of pages that this very server sent, and addresses typed by the user.
    OwnPages,
}

/// The rules of one server.
#[derive(Debug, Clone)]
pub struct Doors {
    hosts: Vec<String>,
    browsers: Browsers,
    token: Option<Token>,
    body_bytes: usize,
    body_time: Duration,
}

/// Why a request was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request was meant for another host, or names none.
    #[error("this server does not answer to that host name")]
    Host,
    /// A web page of another site sent it.
    #[error("requests from web pages are refused here")]
    Page,
    /// The token is missing or wrong.
    #[error("the request carries no valid token")]
    Token,
    /// The body is over the limit.
    #[error("the request's body is too large")]
    Body,
    /// The body did not arrive in time.
    #[error("the request's body took too long")]
    Time,
}

impl Refusal {
    /// The HTTP status that says so.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Page => StatusCode::FORBIDDEN,
            Self::Token => StatusCode::UNAUTHORIZED,
            Self::Body => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Time => StatusCode::REQUEST_TIMEOUT,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), self.to_string()).into_response()
    }
}

impl Doors {
    /// The doors of a server that listens at `address`: its loopback names with the port, with and without the
    /// `sync-` that AWS SDKs put before the host for `StartSyncExecution`; bodies up to 1 MB within 30 s.
    pub fn new(address: SocketAddr, browsers: Browsers) -> Self {
        let mut doors = Self {
            hosts: Vec::new(),
            browsers,
            token: None,
            body_bytes: 1 << 20,
            body_time: Duration::from_secs(30),
        };
        for name in ["localhost", "127.0.0.1", "[::1]"] {
            doors = doors.with_host(name, address.port());
        }
        doors
    }

    /// Lets in requests for one more name, which the user gave.
    #[must_use]
    pub fn with_host(mut self, name: &str, port: u16) -> Self {
        let name = name.to_ascii_lowercase();
        for name in [format!("sync-{name}"), name] {
            if port == 80 {
                self.hosts.push(name.clone());
            }
            self.hosts.push(format!("{name}:{port}"));
        }
        self
    }

    /// Demands `Authorization: Bearer <token>`.
    #[must_use]
    pub fn with_token(mut self, token: Token) -> Self {
        self.token = Some(token);
        self
    }

    /// Allows bodies of so many bytes, sent within so long.
    #[must_use]
    pub fn with_body(mut self, bytes: usize, time: Duration) -> Self {
        self.body_bytes = bytes;
        self.body_time = time;
        self
    }

    /// Puts the doors before every route of `router`, those that do not exist included.
    pub fn guard(self, router: Router) -> Router {
        let limit = DefaultBodyLimit::max(self.body_bytes);
        router
            .layer(limit)
            .layer(from_fn_with_state(Arc::new(self), pass))
    }

    /// Whether a request with this address and these headers may come in.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn admit(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        self.check_host(uri, headers)?;
        self.check_page(headers)?;
        if let Some(token) = &self.token {
            let bearer =
                text(headers, header::AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
            if !bearer.is_some_and(|bearer| token.matches(bearer)) {
                return Err(Refusal::Token);
            }
        }
        let length =
            text(headers, header::CONTENT_LENGTH.as_str()).and_then(|value| value.parse::<usize>().ok());
        if length.is_some_and(|length| length > self.body_bytes) {
            return Err(Refusal::Body);
        }
        Ok(())
    }

    fn check_host(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let mut named = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (named.next(), named.next()) else {
            return Err(Refusal::Host);
        };
        let host = host.to_str().map_err(|_| Refusal::Host)?;
        // A request line may carry a host of its own (`GET http://elsewhere/`), which would take precedence.
        let authority = uri.authority().map_or(host, |authority| authority.as_str());
        if self.is_ours(host) && self.is_ours(authority) {
            Ok(())
        } else {
            Err(Refusal::Host)
        }
    }

    fn check_page(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let own = self.browsers == Browsers::OwnPages;
        for origin in headers.get_all(header::ORIGIN) {
            let host = origin
                .to_str()
                .ok()
                .and_then(|origin| origin.strip_prefix("http://"));
            if !(own && host.is_some_and(|host| self.is_ours(host))) {
                return Err(Refusal::Page);
            }
        }
        for site in headers.get_all("sec-fetch-site") {
            if !(site == "none" || own && site == "same-origin") {
                return Err(Refusal::Page);
            }
        }
        Ok(())
    }

    fn is_ours(&self, host: &str) -> bool {
        self.hosts.iter().any(|ours| ours.eq_ignore_ascii_case(host))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The middleware: admits or refuses, and gives the body its time.
async fn pass(State(doors): State<Arc<Doors>>, request: Request, next: Next) -> Response {
    if let Err(refusal) = doors.admit(request.uri(), request.headers()) {
        tracing::warn!(%refusal, uri = %request.uri().path(), "a request was refused");
        return refusal.into_response();
    }
    let (parts, body) = request.into_parts();
    let body = if axum::body::HttpBody::is_end_stream(&body) {
        body
    } else {
        // Read here and not in the handler, so that the limits hold whatever a handler does with its body.
        match tokio::time::timeout(doors.body_time, axum::body::to_bytes(body, doors.body_bytes)).await {
            Ok(Ok(bytes)) => Body::from(bytes),
            Ok(Err(_)) => return Refusal::Body.into_response(),
            Err(_) => return Refusal::Time.into_response(),
        }
    };
    next.run(Request::from_parts(parts, body)).await
}

#[cfg(test)]
mod tests;
