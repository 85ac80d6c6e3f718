//! The `recueil` program: hands its arguments to [`recueil::cli`].
fn main() {}
