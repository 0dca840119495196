package import ArgumentParser

extension ExitCode {
    /// Done, but something needs a look.
    package static let degraded = ExitCode(3)
}
