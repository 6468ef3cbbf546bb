fn main() -> std::process::ExitCode {
    rubrica_host::main()
}
