//! The command as the tests start it: cargo gives tests only the path of a binary of their own package.

fn main() -> std::process::ExitCode {
    rubrica_host::main()
}
