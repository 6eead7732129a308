//! `stepwell studio`, and every door of it, by plain HTTP as a page of another site or another program would send it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use nix::sys::signal::Signal;

use crate::scene::{Scene, Started};

struct Studio {
    process: Started,
    address: String,
    token: String,
}

fn start(scene: &Scene) -> Studio {
    let mut process = scene.start(&["studio", "hello"]);
    let line = process.line();
    let (address, token) = line.trim().split_once("/#token=").unwrap();
    let address = address.strip_prefix("http://").unwrap().to_owned();
    Studio {
        address,
        token: token.to_owned(),
        process,
    }
}

impl Studio {
    /// Sends a request as it stands, and reads the status.
    fn ask(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // A server that has refused already may close before all is written.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let answer = String::from_utf8_lossy(&bytes).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        (
            status.unwrap_or_else(|| panic!("no answer to\n{request}")),
            answer,
        )
    }

    fn call(&self, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let mut all = vec![("Host", self.address.as_str()), ("Connection", "close")];
        for (name, value) in headers {
            all.retain(|(other, _)| other != name);
            all.push((name, value));
        }
        let length = body.len().to_string();
        if !all.iter().any(|(name, _)| *name == "Content-Length") {
            all.push(("Content-Length", &length));
        }
        let headers: String = all
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        self.ask(&format!("POST /api/call HTTP/1.1\r\n{headers}\r\n{body}"))
    }
}

#[test]
fn every_door() {
    let scene = Scene::with_examples();
    let studio = start(&scene);
    let bearer = format!("Bearer {}", studio.token);
    let own = format!("http://{}", studio.address);
    let port = studio.address.rsplit(':').next().unwrap();
    let localhost = format!("localhost:{port}");
    let body = r#"{"method":"project.current"}"#;
    let token = ("Authorization", bearer.as_str());
    for (what, headers, body, expected) in [
        (
            "our own page",
            vec![token, ("Origin", &own), ("Sec-Fetch-Site", "same-origin")],
            body,
            200,
        ),
        ("a program of the user", vec![token], body, 200),
        ("by its other name", vec![token, ("Host", &localhost)], body, 200),
        ("no token", vec![], body, 401),
        ("a wrong token", vec![("Authorization", "Bearer 0000")], body, 401),
        (
            "the token as a password",
            vec![("Authorization", studio.token.as_str())],
            body,
            401,
        ),
        (
            "another site",
            vec![token, ("Origin", "https://example.com")],
            body,
            403,
        ),
        ("no site at all", vec![token, ("Origin", "null")], body, 403),
        (
            "another port of ours",
            vec![token, ("Origin", "http://127.0.0.1:1")],
            body,
            403,
        ),
        (
            "another site's image",
            vec![token, ("Sec-Fetch-Site", "cross-site")],
            body,
            403,
        ),
        (
            "another port's page",
            vec![token, ("Sec-Fetch-Site", "same-site")],
            body,
            403,
        ),
        (
            "a name that was rebound to us",
            vec![token, ("Host", "example.com")],
            body,
            421,
        ),
        (
            "the right name, the wrong port",
            vec![token, ("Host", "localhost:1")],
            body,
            421,
        ),
        (
            "a body that is too large",
            vec![token, ("Content-Length", "99999999999")],
            body,
            413,
        ),
        ("a body that is no call", vec![token], "{", 400),
        (
            "a method that is none",
            vec![token],
            r#"{"method":"system.exit"}"#,
            400,
        ),
    ] {
        let (status, answer) = studio.call(&headers, body);
        assert_eq!(status, expected, "{what}: {answer}");
        let answer = answer.to_ascii_lowercase();
        assert!(!answer.contains("access-control-"), "{what}: {answer}");
        assert!(
            !answer.contains(&studio.token),
            "{what}: the token is no one else's"
        );
    }
    let (status, _) = studio.ask("GET /api/events HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert_eq!(status, 421, "no host at all");
    let address = &studio.address;
    let (status, _) = studio.ask(&format!(
        "GET /api/events HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    ));
    assert_eq!(status, 401, "events without the token");
    let (status, _) = studio.ask(&format!(
        "GET http://example.com/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    ));
    assert_eq!(status, 421, "a host in the request line");
    let (status, _) = studio.ask(&format!(
        "GET /../../etc/passwd HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    ));
    assert_eq!(status, 404, "a way out of the page's folder");

    studio.process.signal(Signal::SIGINT);
    assert_eq!(studio.process.wait().code, Some(0));
}

#[test]
fn a_port_that_is_taken() {
    let scene = Scene::with_examples();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ended = scene.run(&["studio", "hello", "--port", &port]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
    for expected in [&format!("127.0.0.1:{port}"), "choose another port with --port"] {
        assert!(ended.err.contains(expected), "{}", ended.err);
    }
}

#[test]
fn it_can_be_started_on_a_port_and_with_nothing_to_open() {
    let scene = Scene::new();
    let mut studio = scene.start(&["studio"]);
    assert!(studio.line().starts_with("http://127.0.0.1:"));
    studio.signal(Signal::SIGTERM);
    let ended = studio.wait();
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{}", ended.err);
}
