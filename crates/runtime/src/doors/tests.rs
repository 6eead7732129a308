//! Every rule of the doors, once as a table on headers and once through a real socket.

use super::*;
use axum::routing::{get, post};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;

const PORT: u16 = 4566;

/// Headers as `name: value` lines; the answer's status, or 200.
fn check(doors: &Doors, uri: &str, headers: &str, expected: u16) {
    let mut map = HeaderMap::new();
    for line in headers.lines() {
        let (name, value) = line.split_once(": ").unwrap();
        map.append(
            header::HeaderName::try_from(name).unwrap(),
            value.parse().unwrap(),
        );
    }
    let status = doors
        .admit(&uri.parse().unwrap(), &map)
        .err()
        .map_or(200, |refusal| refusal.status().as_u16());
    assert_eq!(status, expected, "{uri}\n{headers}");
}

#[test]
fn programs_only() {
    let doors = Doors::new(([127, 0, 0, 1], PORT).into(), Browsers::Refused).with_host("Stepwell.test", PORT);
    let good = "host: 127.0.0.1:4566";
    check(&doors, "/", good, 200);
    check(&doors, "/", "host: LOCALHOST:4566", 200);
    check(&doors, "/", "host: [::1]:4566", 200);
    check(&doors, "/", "host: sync-localhost:4566", 200);
    check(&doors, "/", "host: stepwell.test:4566", 200);
    check(&doors, "http://localhost:4566/", good, 200);
    check(&doors, "/", "accept: */*", 421);
    check(&doors, "/", "host: 127.0.0.1", 421);
    check(&doors, "/", "host: 127.0.0.1:4567", 421);
    check(&doors, "/", "host: localhost.evil.example:4566", 421);
    check(&doors, "/", "host: evil.example:4566", 421);
    check(&doors, "/", "host: 127.0.0.1:4566\nhost: evil.example:4566", 421);
    check(&doors, "http://evil.example:4566/", good, 421);
    check(&doors, "/", &format!("{good}\norigin: https://evil.example"), 403);
    check(&doors, "/", &format!("{good}\norigin: null"), 403);
    check(
        &doors,
        "/",
        &format!("{good}\norigin: http://127.0.0.1:4566"),
        403,
    );
    check(&doors, "/", &format!("{good}\nsec-fetch-site: none"), 200);
    check(&doors, "/", &format!("{good}\nsec-fetch-site: cross-site"), 403);
    check(&doors, "/", &format!("{good}\nsec-fetch-site: same-site"), 403);
    check(&doors, "/", &format!("{good}\nsec-fetch-site: same-origin"), 403);
    check(&doors, "/", &format!("{good}\ncontent-length: 1048576"), 200);
    check(&doors, "/", &format!("{good}\ncontent-length: 1048577"), 413);
}

#[test]
fn own_pages_with_a_token() {
    let token = Token::generate();
    let bearer = format!("host: localhost:4566\nauthorization: Bearer {}", token.reveal());
    let doors = Doors::new(([127, 0, 0, 1], PORT).into(), Browsers::OwnPages).with_token(token);
    check(&doors, "/", &bearer, 200);
    check(
        &doors,
        "/",
        &format!("{bearer}\norigin: http://localhost:4566\nsec-fetch-site: same-origin"),
        200,
    );
    check(
        &doors,
        "/",
        &format!("{bearer}\norigin: http://localhost:4567"),
        403,
    );
    check(
        &doors,
        "/",
        &format!("{bearer}\norigin: https://localhost:4566"),
        403,
    );
    check(&doors, "/", &format!("{bearer}\norigin: null"), 403);
    check(&doors, "/", &format!("{bearer}\nsec-fetch-site: same-site"), 403);
    check(&doors, "/", &bearer[..bearer.len() - 1], 401);
    check(&doors, "/", &bearer.replace("Bearer", "Basic"), 401);
    check(&doors, "/", "host: localhost:4566", 401);
    check(&doors, "/", &bearer.replace("localhost", "evil.example"), 421);
}

#[test]
fn port_80_needs_no_port() {
    let doors = Doors::new(([127, 0, 0, 1], 80).into(), Browsers::Refused);
    check(&doors, "/", "host: localhost", 200);
    check(&doors, "/", "host: localhost:80", 200);
    check(&doors, "/", "host: localhost:8080", 421);
}

/// Sends raw bytes to a guarded server and gives the status line's code and the whole answer.
async fn send(request: &str, end_of_input: bool) -> (u16, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", get(|| async { "in" })).route(
        "/",
        post(|body: bytes::Bytes| async move { body.len().to_string() }),
    );
    let doors = Doors::new(address, Browsers::Refused).with_body(3_000_000, Duration::from_millis(300));
    let limits = Limits {
        head_bytes: 16 * 1024,
        head_time: Some(Duration::from_millis(300)),
        ..Limits::default()
    };
    let server = tokio::spawn(serve(
        listener,
        doors.guard(router),
        limits,
        CancellationToken::new(),
    ));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = request.replace("HOST", &address.to_string());
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(request.as_bytes()).await;
    if end_of_input {
        let _ = stream.shutdown().await;
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    server.abort();
    let answer = String::from_utf8(answer).unwrap();
    (
        answer.get(9..12).and_then(|code| code.parse().ok()).unwrap_or(0),
        answer,
    )
}

#[tokio::test]
async fn through_a_socket() {
    let big = "x".repeat(2_500_000);
    let close = "connection: close\r\n";
    let table = [
        (format!("GET / HTTP/1.1\r\nhost: HOST\r\n{close}\r\n"), 200),
        (format!("GET /nowhere HTTP/1.1\r\nhost: HOST\r\n{close}\r\n"), 404),
        (
            format!("GET /nowhere HTTP/1.1\r\nhost: evil.example\r\n{close}\r\n"),
            421,
        ),
        (
            format!("GET http://evil.example/ HTTP/1.1\r\nhost: HOST\r\n{close}\r\n"),
            421,
        ),
        (format!("GET / HTTP/1.0\r\n{close}\r\n"), 421),
        (
            format!("OPTIONS / HTTP/1.1\r\nhost: HOST\r\norigin: http://evil.example\r\n{close}\r\n"),
            403,
        ),
        (
            format!(
                "POST / HTTP/1.1\r\nhost: HOST\r\n{close}content-length: {}\r\n\r\n{big}",
                big.len()
            ),
            200,
        ),
        (
            format!("POST / HTTP/1.1\r\nhost: HOST\r\n{close}content-length: 3000001\r\n\r\n"),
            413,
        ),
        (
            format!(
                "POST / HTTP/1.1\r\nhost: HOST\r\n{close}transfer-encoding: chunked\r\n\r\n2625a0\r\n{big}\r\n2625a0\r\n{big}\r\n0\r\n\r\n"
            ),
            413,
        ),
        (
            format!("POST / HTTP/1.1\r\nhost: HOST\r\n{close}content-length: 10\r\n\r\nonly"),
            408,
        ),
        (
            format!(
                "GET / HTTP/1.1\r\nhost: HOST\r\nx: {}\r\n{close}\r\n",
                "y".repeat(20_000)
            ),
            431,
        ),
        ("GET / HTTP/1.1\r\nhost: HO".into(), 0),
    ];
    for (request, expected) in table {
        let (status, answer) = send(&request, false).await;
        let head: String = request.chars().take(120).collect();
        assert_eq!(status, expected, "{head}\n{answer}");
        assert!(
            !answer.to_ascii_lowercase().contains("access-control"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_body_cut_short_is_refused() {
    let (status, _) = send(
        "POST / HTTP/1.1\r\nhost: HOST\r\ncontent-length: 10\r\n\r\nonly",
        true,
    )
    .await;
    assert!(status == 0 || status >= 400, "{status}");
}
