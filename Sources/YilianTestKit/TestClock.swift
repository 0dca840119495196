package import Effects

/// The clock that all nodes of a test region read.
///
/// A manual clock stands still while the test does other things, passes at the machine's pace while the test waits for
/// something, and jumps when the test calls ``advance(by:)``.
public struct TestClock: Sendable {
    package let time: any TimeSource
    private let manual: ManualTime?
    /// Where a wait of the test itself comes from, whatever clock the nodes read.
    private let machine = SystemTime()

    init(_ kind: TestOptions.Clock) {
        switch kind {
        case .system:
            manual = nil
            time = SystemTime()
        case .manual:
            // Certificates are judged by the TLS library on the machine's clock, so the manual one begins there.
            let clock = ManualTime(wallTime: SystemTime().wallTime)
            manual = clock
            time = clock
        }
    }

    /// Milliseconds since 1970, as the nodes see it.
    public var wallMilliseconds: Int64 { time.wallTime.milliseconds }

    /// Lets time pass at once.
    ///
    /// Without effect on the machine's clock.
    public func advance(by duration: Duration) {
        manual?.advance(milliseconds: duration.wholeMilliseconds)
    }

    /// Asks again and again until something holds.
    ///
    /// - Returns: whether it came to hold before `timeout` of the machine's time had passed.
    func wait(timeout: Duration, until condition: () async throws -> Bool) async throws -> Bool {
        let deadline = machine.monotonicTime.advanced(byMilliseconds: timeout.wholeMilliseconds)
        while true {
            if try await condition() { return true }
            let before = machine.monotonicTime
            guard before < deadline else { return false }
            try await machine.sleep(milliseconds: Self.pollMilliseconds)
            manual?.advance(milliseconds: machine.monotonicTime.milliseconds(since: before))
        }
    }

    private static let pollMilliseconds: Int64 = 10
}

extension Duration {
    var wholeMilliseconds: Int64 {
        components.seconds.multipliedReportingOverflow(by: 1_000).partialValue
            + components.attoseconds / 1_000_000_000_000_000
    }
}
