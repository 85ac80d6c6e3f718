#![expect(
    clippy::disallowed_methods,
    reason = "these tests write the files of a book, and speak to a process of their own"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::Result;
use axum::body::Body;
use axum::http::{Method, Request};
use tempfile::TempDir;
use tokio::sync::oneshot;

use super::content_type::content_type;
use super::current::Current;
use super::{Options, Site, answer, serve, serve_until};
use crate::artifact::{Artifact, Artifacts};

const LOOPBACK: &str = "127.0.0.1:0";

/// Longer than any machine needs.
const PATIENCE: Duration = Duration::from_secs(20);
/// Long enough for a change that matters to be noticed.
const QUIET: Duration = Duration::from_millis(600);

fn site<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Arc<dyn Site> {
    let mut artifacts = Artifacts::default();
    for (path, text) in files {
        assert!(artifacts.insert(Artifact::new(path, text)), "{path} twice");
    }
    Arc::new(artifacts)
}

fn small_site() -> Arc<dyn Site> {
    site([
        ("index.html", "<h1>Accueil</h1>"),
        ("404.html", "<h1>Introuvable</h1>"),
        ("a/index.html", "<h1>A</h1>"),
        ("a/é t.html", "<h1>É</h1>"),
        ("theme.css", "body {}"),
        ("feed.xml", "<feed/>"),
        ("search/01.bin", "\u{1}"),
    ])
}

/// Status, type and place to go of the answer to one request.
fn answered(method: Method, uri: &str, host: &str) -> (u16, String, String) {
    let request = Request::builder().method(method).uri(uri).header("host", host).body(Body::empty()).unwrap();
    let response = answer::answer(&Current::new(small_site()).get(), &request, true);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let header = |name| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    (response.status().as_u16(), header("content-type"), header("location"))
}

#[test]
fn addresses_lead_to_pages() {
    let (html, css) = ("text/html; charset=utf-8", "text/css; charset=utf-8");
    for (uri, status, kind, location) in [
        ("/", 200, html, ""),
        ("/index.html", 200, html, ""),
        ("/?q=vae", 200, html, ""),
        ("/a/", 200, html, ""),
        ("/a/index.html", 200, html, ""),
        ("/a/%C3%A9%20t.html", 200, html, ""),
        ("/a", 307, "text/plain; charset=utf-8", "/a/"),
        ("/a?q=1&r=%20", 307, "text/plain; charset=utf-8", "/a/?q=1&r=%20"),
        ("/theme.css", 200, css, ""),
        ("/theme.css?v=2", 200, css, ""),
        ("/feed.xml", 200, "application/xml; charset=utf-8", ""),
        ("/search/01.bin", 200, "application/octet-stream", ""),
        ("/_recueil/reload.js", 200, "text/javascript; charset=utf-8", ""),
        ("/theme.css/", 404, html, ""),
        ("/missing/", 404, html, ""),
        ("/search/", 404, html, ""),
        ("//", 404, html, ""),
        ("//a", 404, html, ""),
        ("/../Cargo.toml", 404, html, ""),
        ("/%2e%2e/%2e%2e/etc/passwd", 404, html, ""),
        ("/%2Fetc/passwd", 404, html, ""),
        ("/%FF%00", 404, html, ""),
    ] {
        let expected = (status, kind.to_owned(), location.to_owned());
        assert_eq!(answered(Method::GET, uri, "localhost:3000"), expected, "{uri}");
        assert_eq!(answered(Method::HEAD, uri, "localhost:3000"), expected, "HEAD {uri}");
    }
}

#[test]
fn preview_can_only_be_read() {
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        assert_eq!(answered(method, "/", "localhost").0, 405);
    }
}

#[test]
fn names_of_the_web_are_not_answered() {
    for host in ["localhost", "LOCALHOST:3000", "localhost.:80", "127.0.0.1:3000", "[::1]:3000", "book.localhost:3000"]
    {
        assert_eq!(answered(Method::GET, "/", host).0, 200, "{host}");
    }
    for host in ["example.org", "example.org:3000", "localhost.example.org", "127.0.0.1.example.org", "user@x/"] {
        assert_eq!(answered(Method::GET, "/", host).0, 421, "{host}");
    }
}

#[test]
fn every_text_is_said_to_be_utf8() {
    for path in
        ["a.html", "a.css", "a.JS", "a.json", "a.svg", "a.txt", "a.csv", "a.xml", "a.bib", "a.ris", "a.webmanifest"]
    {
        assert!(content_type(path).ends_with("; charset=utf-8"), "{path}");
    }
    assert_eq!(content_type("no-extension"), "application/octet-stream");
    assert_eq!(content_type("a.b/c.pdf"), "application/pdf");
}

/// A server of its own on a free port, over a folder that is removed in the end.
struct Preview {
    home: TempDir,
    address: SocketAddr,
    /// The paths of every call of `rebuild`, below the folder.
    calls: Receiver<Vec<String>>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<Result<()>>,
}

impl Preview {
    /// Serves [`small_site`] until `rebuild` gives another.
    fn start(files: &[&str], rebuild: impl Fn() -> Option<Arc<dyn Site>> + Send + Sync + 'static) -> Self {
        let home = TempDir::new().unwrap();
        for file in files {
            write(&home.path().join(file), "1");
        }
        let root = fs::canonicalize(home.path()).unwrap();
        let options = Options {
            address: LOOPBACK.parse().unwrap(),
            watch: vec![root.clone()],
            ignore: vec![root.join("public")],
        };
        let (called, calls) = mpsc::channel();
        let rebuild = move |paths: &[PathBuf]| {
            let below = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            let _ = called.send(paths.iter().map(below).collect());
            rebuild()
        };
        let (stop, stopped) = oneshot::channel();
        let (ready, address) = mpsc::channel();
        let server = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            let stop = async { drop(stopped.await) };
            let on_ready = move |address| ready.send(address).unwrap();
            runtime.block_on(serve_until(stop, &options, small_site(), rebuild, on_ready))
        });
        let address = address.recv_timeout(PATIENCE).unwrap();
        Self { home, address, calls, stop, server }
    }

    fn write(&self, file: &str, text: &str) {
        write(&self.home.path().join(file), text);
    }

    /// Waits until the site was asked for because of this path.
    fn wait_for(&self, path: &str) {
        while !self.calls.recv_timeout(PATIENCE).expect(path).iter().any(|changed| changed == path) {}
    }

    fn body(&self, path: &str) -> String {
        ask(self.address, "GET", path).1
    }

    /// Waits until a page holds this.
    fn wait_for_body(&self, path: &str, text: &str) {
        for _ in 0..200 {
            if self.body(path).contains(text) {
                return;
            }
            thread::sleep(PATIENCE / 200);
        }
        panic!("{path} never holds {text}: {}", self.body(path));
    }

    fn stop(self) {
        self.stop.send(()).unwrap();
        self.server.join().unwrap().unwrap();
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Head and body of the answer to one request.
fn ask(address: SocketAddr, method: &str, path: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_ascii_lowercase(), body.to_owned())
}

#[test]
fn head_has_the_length_of_the_page_and_no_body() {
    let preview = Preview::start(&[], || None);
    let (head, body) = ask(preview.address, "GET", "/a/");
    assert!(body.starts_with("<h1>A</h1><script src=\"/_recueil/reload.js\""), "{body}");
    assert!(head.contains(&format!("content-length: {}", body.len())), "{head}");
    assert_eq!(ask(preview.address, "HEAD", "/a/").1, "");
    assert!(ask(preview.address, "HEAD", "/a/").0.contains(&format!("content-length: {}", body.len())));
    assert!(ask(preview.address, "GET", "/theme.css").1.ends_with("body {}"), "only pages are given the script");
    let (head, body) = ask(preview.address, "GET", "/missing");
    assert!(head.starts_with("http/1.1 404") && body.starts_with("<h1>Introuvable</h1>"), "{head}");
    preview.stop();
}

#[test]
fn change_swaps_the_site_and_tells_the_browsers() {
    let preview = Preview::start(&["content/a.md"], || Some(site([("index.html", "second")])));
    let first = preview.body("/_recueil/version");
    let browser = TcpStream::connect(preview.address).unwrap();
    browser.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(&browser, "GET /_recueil/event-stream HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut told = BufReader::new(&browser).lines().map(Result::unwrap).filter(|line| line.starts_with("event: "));
    assert_eq!(told.next().unwrap(), "event: init");

    preview.write("content/a.md", "2");
    preview.wait_for("content/a.md");
    assert_eq!(told.next().unwrap(), "event: reload");
    assert!(preview.body("/").starts_with("second"));
    assert!(!preview.body("/a/").contains("<h1>A</h1>"), "nothing of the former site is left");
    assert_ne!(preview.body("/_recueil/version"), first);
    preview.stop();
}

#[test]
fn last_good_site_stays_while_there_is_no_other() {
    let state = Arc::new(Mutex::new("none"));
    let given = Arc::clone(&state);
    let preview = Preview::start(&["content/a.md"], move || match *given.lock().unwrap() {
        "none" => None,
        text => Some(site([("index.html", text)])),
    });
    let version = preview.body("/_recueil/version");
    for next in ["none", "none still"] {
        preview.write("content/a.md", next);
        preview.wait_for("content/a.md");
        thread::sleep(QUIET / 4);
        assert!(preview.body("/").starts_with("<h1>Accueil</h1>"));
        assert_eq!(preview.body("/_recueil/version"), version, "{next}");
    }
    *state.lock().unwrap() = "good again";
    preview.write("content/a.md", "good again");
    preview.wait_for_body("/", "good again");
    preview.stop();
}

#[test]
fn panic_while_rebuilding_ends_nothing() {
    let calls = AtomicUsize::new(0);
    let preview = Preview::start(&["content/a.md"], move || {
        assert!(calls.fetch_add(1, Ordering::Relaxed) > 0, "a fault of ours, which this test makes on purpose");
        Some(site([("index.html", "after the fault")]))
    });
    preview.write("content/a.md", "2");
    preview.wait_for("content/a.md");
    preview.write("content/a.md", "3");
    preview.wait_for_body("/", "after the fault");
    preview.stop();
}

#[test]
fn only_what_may_be_part_of_the_book_counts() {
    let files =
        ["book.toml", "content/a.md", "content/target/b.md", "target/x", "public/index.html", "node_modules/m.js"];
    let preview = Preview::start(&files, || None);
    for file in [
        "public/index.html",
        "public/a/index.html",
        "target/x",
        "target/debug/y",
        "node_modules/m.js",
        "content/node_modules/m.js",
        ".git/index",
        ".public.recueil/next/index.html",
        "content/.a.md.swp",
        "content/a.md~",
    ] {
        preview.write(file, "2");
    }
    let mut seen = Vec::new();
    while let Ok(paths) = preview.calls.recv_timeout(QUIET) {
        seen.extend(paths);
    }
    assert_eq!(seen, Vec::<String>::new());

    for file in ["content/a.md", "book.toml", "content/target/b.md", "content/new/deep/c.md", "themes/mine/theme.css"] {
        preview.write(file, "3");
        if let Some((folder, _)) = file.rsplit_once('/').filter(|(folder, _)| !folder.starts_with("content/t")) {
            let top = folder.split('/').next().unwrap();
            // A folder is told of when it comes, and not all that came with it.
            let paths = preview.calls.recv_timeout(PATIENCE).expect(file);
            assert!(paths.iter().any(|path| path.starts_with(top)), "{file}: {paths:?}");
            while preview.calls.recv_timeout(QUIET).is_ok() {}
        } else {
            preview.wait_for(file);
        }
    }
    // A folder that came while watching is watched like the others.
    preview.write("themes/mine/theme.css", "4");
    preview.wait_for("themes/mine/theme.css");
    preview.write("content/new/deep/c.md", "4");
    preview.wait_for("content/new/deep/c.md");
    fs::remove_file(preview.home.path().join("content/a.md")).unwrap();
    preview.wait_for("content/a.md");
    fs::rename(preview.home.path().join("content/new"), preview.home.path().join("content/old")).unwrap();
    preview.wait_for("content/old");
    preview.stop();
}

#[test]
fn reading_the_book_is_no_change() {
    let preview = Preview::start(&["content/a.md"], || None);
    let content = preview.home.path().join("content");
    for _ in 0..50 {
        fs::read(content.join("a.md")).unwrap();
        assert_eq!(fs::read_dir(&content).unwrap().count(), 1);
    }
    assert!(preview.calls.recv_timeout(QUIET).is_err());
    preview.stop();
}

#[test]
fn port_that_is_taken_is_said_with_a_way_out() {
    let taken = TcpListener::bind(LOOPBACK).unwrap();
    let address = taken.local_addr().unwrap();
    let options = Options { address, watch: Vec::new(), ignore: Vec::new() };
    let error = serve(&options, small_site(), |_| None, |_| panic!("it is not ready")).unwrap_err();
    let message = format!("{error:#}");
    assert!(message.contains(&format!("port {} is taken", address.port())), "{message}");
    assert!(message.contains("--port"), "{message}");
}

#[test]
fn folder_that_is_not_there_is_an_error() {
    let watch = vec![PathBuf::from("no/such/folder")];
    let options = Options { address: LOOPBACK.parse().unwrap(), watch, ignore: Vec::new() };
    let error = serve(&options, small_site(), |_| None, |_| panic!("it is not ready")).unwrap_err();
    assert!(format!("{error:#}").starts_with("watching no/such/folder: "), "{error:#}");
}

const SERVED: &str = "RECUEIL_TEST_SERVES_UNTIL_STOPPED";

#[test]
#[ignore = "the process that `ctrl_c_ends_it_cleanly_with_browsers_connected` starts"]
fn serves_until_stopped() {
    let Some(file) = std::env::var_os(SERVED) else { return };
    let options = Options { address: LOOPBACK.parse().unwrap(), watch: Vec::new(), ignore: Vec::new() };
    serve(&options, small_site(), |_| None, |address| fs::write(&file, format!("{address}\n")).unwrap()).unwrap();
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly_with_browsers_connected() {
    for signal in ["-INT", "-TERM"] {
        let home = TempDir::new().unwrap();
        let file = home.path().join("address");
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "serve::tests::serves_until_stopped", "--ignored"])
            .env(SERVED, &file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let address = (0..200).find_map(|_| {
            thread::sleep(PATIENCE / 200);
            fs::read_to_string(&file).ok()?.strip_suffix('\n')?.parse::<SocketAddr>().ok()
        });
        let mut browser = TcpStream::connect(address.expect("it starts")).unwrap();
        write!(browser, "GET /_recueil/event-stream HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        assert!(browser.read(&mut [0; 64]).unwrap() > 0);

        assert!(Command::new("kill").args([signal, &process.id().to_string()]).status().unwrap().success());
        let ended = (0..200).find_map(|_| {
            thread::sleep(PATIENCE / 200);
            process.try_wait().unwrap()
        });
        assert!(ended.expect("it ends though a browser is connected").success(), "{signal}");
    }
}
