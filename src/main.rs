//! The `recueil` program: hands its arguments to [`recueil::cli`] and returns its exit code.

fn main() -> std::process::ExitCode {
    recueil::cli::run(std::env::args_os())
}
