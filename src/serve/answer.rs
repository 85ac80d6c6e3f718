//! A request and the site give a response: nothing else is looked at.

use std::net::IpAddr;

use axum::body::Body;
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::uri::Authority;
use axum::http::{Method, Request, Response, StatusCode, Uri};
use percent_encoding::percent_decode_str;

use super::content_type::content_type;
use super::current::Shown;

/// Where the addresses of the preview itself begin; no page has one like it.
pub(super) const PREFIX: &str = "/_recueil";

const SCRIPT: &str = include_str!("reload.js");

/// Answers one request. A server that is for this machine alone, `is_local`, answers to the names of this machine alone:
/// otherwise any page of the web could have its own name lead here, and read the drafts.
pub(super) fn answer(shown: &Shown, request: &Request<Body>, is_local: bool) -> Response<Body> {
    let mut response = if is_local && !is_name_of_this_machine(request) {
        text(StatusCode::MISDIRECTED_REQUEST, "This preview answers on localhost only.\n")
    } else if matches!(*request.method(), Method::GET | Method::HEAD) {
        get(shown, request.uri())
    } else {
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "This preview can only be read.\n");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        response
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn get(shown: &Shown, uri: &Uri) -> Response<Body> {
    match uri.path().strip_prefix(PREFIX) {
        Some("/reload.js") => return bytes(StatusCode::OK, "reload.js", SCRIPT.into()),
        Some("/version") => return text(StatusCode::OK, &shown.version()),
        _ => {}
    }
    let asked = percent_decode_str(uri.path()).decode_utf8_lossy();
    let asked = asked.strip_prefix('/').unwrap_or(&asked);
    let path = if asked.is_empty() || asked.ends_with('/') { format!("{asked}index.html") } else { asked.to_owned() };
    if let Some(content) = shown.site.get(&path) {
        return file(shown, StatusCode::OK, &path, content);
    }
    if shown.site.get(&format!("{path}/index.html")).is_some() {
        return redirect_to_folder(uri);
    }
    match shown.site.get("404.html") {
        Some(content) => file(shown, StatusCode::NOT_FOUND, "404.html", content),
        None => text(StatusCode::NOT_FOUND, "There is no such page.\n"),
    }
}

/// The answer where none could be made; the terminal says why.
pub(super) fn failed() -> Response<Body> {
    text(StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made.\n")
}

fn file(shown: &Shown, status: StatusCode, path: &str, mut content: Vec<u8>) -> Response<Body> {
    if content_type(path).starts_with("text/html") {
        let version = shown.version();
        let script = format!(
            "<script src=\"{PREFIX}/reload.js\" data-prefix=\"{PREFIX}\" data-version=\"{version}\" defer></script>\n"
        );
        content.extend_from_slice(script.as_bytes());
    }
    bytes(status, path, content)
}

/// Relative links of a page are right only where its address ends with `/`.
fn redirect_to_folder(uri: &Uri) -> Response<Body> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = text(StatusCode::TEMPORARY_REDIRECT, "");
    if let Ok(location) = HeaderValue::try_from(format!("{}/{query}", uri.path())) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

fn text(status: StatusCode, text: &str) -> Response<Body> {
    bytes(status, "answer.txt", text.into())
}

fn bytes(status: StatusCode, path: &str, content: Vec<u8>) -> Response<Body> {
    let length = content.len();
    let mut response = Response::new(Body::from(content));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    // Said here: behind the layer that reloads, the length of a body is no longer known.
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

/// Whether a request was made to an address in figures or to `localhost`, which nobody on the web can have lead elsewhere.
fn is_name_of_this_machine(request: &Request<Body>) -> bool {
    let Some(host) = request.headers().get(HOST) else { return true };
    let Ok(host) = Authority::try_from(host.as_bytes()) else { return false };
    let host = host.host().trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_ascii_lowercase();
    host.parse::<IpAddr>().is_ok() || host == "localhost" || host.ends_with(".localhost")
}
