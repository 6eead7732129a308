//! Requests to an endpoint in this process, by HTTP as any client would send them.
//!
//! | a line | is |
//! |---|---|
//! | `CreateActivity {"name": "a"}` | an action of Step Functions with its body |
//! | `PUT /2015-03-31/functions/f/code {}` | a method, a path and a body |
//!
//! State machines, executions and activities that a line makes are there for the lines after it. Functions are never
//! called: nobody can make a package by chance, and none is among the seeds.

use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use project::Place;
use serde_json::Value;
use server::{Deployment, Endpoint, Served};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Requests of one input, at most.
const LINES: usize = 8;

/// Inputs that one endpoint lives for: what they leave behind must not slow down the search.
const INPUTS: u32 = 256;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Actions that wait for something to happen are waited for so long only; going away is what clients do, too.
const WAITING: [&str; 2] = ["GetActivityTask", "StartSyncExecution"];
const IMPATIENCE: Duration = Duration::from_millis(50);

thread_local! {
    static SERVER: RefCell<Option<Server>> = const { RefCell::new(None) };
}

pub(crate) fn check(bytes: &[u8]) {
    SERVER.with_borrow_mut(|server| {
        let server = server.get_or_insert_with(Server::start);
        for line in bytes.split(|byte| *byte == b'\n').take(LINES) {
            server.ask(line);
        }
        server.inputs += 1;
        if server.inputs >= INPUTS {
            *server = Server::start();
        }
    });
}

struct Server {
    address: SocketAddr,
    connection: Option<TcpStream>,
    inputs: u32,
    /// Dropped before the folder that it works in.
    _runtime: Runtime,
    _deployment: Deployment,
    _folder: TempDir,
}

impl Server {
    /// Panics where this machine has no room, no port or no threads: nothing can be searched then.
    fn start() -> Self {
        let begin = || -> Result<Self, Box<dyn std::error::Error>> {
            let folder = tempfile::tempdir()?;
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()?;
            let (deployment, address) = runtime.block_on(async {
                let listener = Endpoint::bind(0).await?;
                let deployment = Deployment::open(&Served {
                    project: None,
                    data: folder.path().to_owned(),
                    place: Place::default(),
                    endpoint: format!("http://{}", listener.local_addr()?),
                })?;
                let endpoint = Endpoint::serve(listener, deployment.runtime(), Place::default())?;
                endpoint.set_ready();
                Ok::<_, Box<dyn std::error::Error>>((deployment, endpoint.address))
            })?;
            Ok(Self {
                address,
                connection: None,
                inputs: 0,
                _runtime: runtime,
                _deployment: deployment,
                _folder: folder,
            })
        };
        match begin() {
            Ok(server) => server,
            Err(error) => panic!("no endpoint can be started: {error}"),
        }
    }

    fn ask(&mut self, line: &[u8]) {
        let request = Request::read(line);
        let Some(answer) = self.send(&request) else {
            self.connection = None;
            assert!(request.waits(), "no answer to {request:?}");
            return;
        };
        answer.check(&request);
    }

    /// Sends a request; none where no whole answer comes in time.
    fn send(&mut self, request: &Request) -> Option<Answer> {
        let (kept, connection) = match self.connection.take() {
            Some(kept) => (true, kept),
            None => (false, TcpStream::connect(self.address).ok()?),
        };
        let mut connection = connection;
        let answer = request.exchange(&mut connection, self.address);
        match answer {
            // A connection that was kept may have been closed meanwhile.
            None if kept && !request.waits() => self.send(request),
            None => None,
            Some(answer) => {
                self.connection = (!answer.closes()).then_some(connection);
                Some(answer)
            }
        }
    }
}

#[derive(Debug)]
struct Request {
    method: &'static str,
    path: String,
    action: Option<String>,
    body: Vec<u8>,
}

impl Request {
    fn read(line: &[u8]) -> Self {
        let (word, rest) = split(line);
        let methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];
        match methods.iter().find(|method| method.as_bytes() == word) {
            Some(method) => {
                let (path, body) = split(rest);
                let path = path.iter().copied().filter(|byte| byte.is_ascii_graphic());
                Self {
                    method,
                    path: std::iter::once('/').chain(path.map(char::from).skip(1)).collect(),
                    action: None,
                    body: body.to_vec(),
                }
            }
            None => Self {
                method: "POST",
                path: "/".into(),
                action: Some(
                    word.iter()
                        .copied()
                        .filter(u8::is_ascii_graphic)
                        .map(char::from)
                        .collect(),
                ),
                body: rest.to_vec(),
            },
        }
    }

    fn waits(&self) -> bool {
        self.action
            .as_deref()
            .is_some_and(|action| WAITING.contains(&action))
    }

    fn exchange(&self, connection: &mut TcpStream, address: SocketAddr) -> Option<Answer> {
        let patience = if self.waits() { IMPATIENCE } else { PATIENCE };
        connection.set_read_timeout(Some(patience)).ok()?;
        let target = self.action.as_ref();
        let target = target.map_or_else(String::new, |action| {
            format!("X-Amz-Target: AWSStepFunctions.{action}\r\n")
        });
        let head = format!(
            "{} {} HTTP/1.1\r\nHost: {address}\r\n{target}Content-Length: {}\r\n\r\n",
            self.method,
            self.path,
            self.body.len()
        );
        // In one piece: a head that is sent alone is acknowledged late. A server that has refused may not read all of it.
        let _ = connection.write_all(&[head.as_bytes(), &self.body].concat());
        Answer::read(connection, self.method == "HEAD")
    }
}

/// What stands before the first space, and after it.
fn split(line: &[u8]) -> (&[u8], &[u8]) {
    match line.iter().position(|byte| *byte == b' ') {
        Some(at) => (&line[..at], &line[at + 1..]),
        None => (line, &[]),
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn read(connection: &mut TcpStream, without_body: bool) -> Option<Self> {
        let mut bytes = Vec::new();
        let mut piece = [0; 16 * 1024];
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at;
            }
            match connection.read(&mut piece).ok()? {
                0 => return None,
                read => bytes.extend_from_slice(&piece[..read]),
            }
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head.split("content-length: ").nth(1).unwrap_or("0");
        let length: usize = length.lines().next().and_then(|length| length.parse().ok())?;
        let mut body = bytes.split_off(end + 4);
        while !without_body && body.len() < length {
            match connection.read(&mut piece).ok()? {
                0 => return None,
                read => body.extend_from_slice(&piece[..read]),
            }
        }
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Self { status, head, body })
    }

    fn closes(&self) -> bool {
        self.head.contains("connection: close")
    }

    /// Whether the answer keeps to the protocol.
    fn check(&self, request: &Request) {
        assert!((200..500).contains(&self.status), "{request:?}: {self:?}");
        if request.action.is_none() {
            return;
        }
        let body = serde_json::from_slice::<Value>(&self.body);
        let Ok(body) = body else {
            panic!("{request:?}: {self:?}");
        };
        let says = |name: &str| body.get(name).is_some_and(Value::is_string);
        let whole = match self.status {
            200 => body.is_object(),
            // A header that HTTP itself refuses, or a body that is too large, is answered before the protocol.
            413 | 431 => true,
            _ => says("__type") && says("message"),
        };
        assert!(whole, "{request:?}: {self:?}");
    }
}
