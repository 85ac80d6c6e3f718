//! The `recueil` program: hands its arguments to [`recueil::cli`] and returns its exit code.

/// A book is millions of small texts, made by several threads at once: the system's own allocator takes a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    recueil::cli::run(std::env::args_os())
}
