import Effects
import Logging
import Synchronization
import Testing

@testable import Doors

@Suite struct RefusalLogTests {
    private let time = ManualTime()

    private func log() -> (RefusalLog, Lines) {
        let lines = Lines()
        let logger = Logger(label: "doors") { _ in lines }
        return (RefusalLog("a connection was refused", logger: logger, time: time), lines)
    }

    @Test func anAddressThatComesAgainGetsALineAMinute() {
        let (log, lines) = log()
        for _ in 0..<1_000 { log.note(RefusalLog.Refusal("full", address: "10.0.0.1")) }
        #expect(lines.all.map { $0["address"] } == ["10.0.0.1"])
        log.note(RefusalLog.Refusal("full", address: "10.0.0.2"))
        #expect(lines.all.count == 2, "another address is another line")
        time.advance(milliseconds: 60_000)
        log.note(RefusalLog.Refusal("full", address: "10.0.0.1"))
        #expect(lines.all.last?["refusedSinceTheLastLine"] == "999")
        #expect(log.counts == ["full": 1_002])
    }

    @Test func aThousandAddressesGetFewLinesToo() {
        let (log, lines) = log()
        for number in 0..<1_000 {
            log.note(RefusalLog.Refusal("full", address: "10.0.\(number / 250).\(number % 250)"))
        }
        #expect(lines.all.count == 30)
        time.advance(milliseconds: 500)
        log.note(RefusalLog.Refusal("full", address: "10.9.9.9"))
        #expect(lines.all.last?["refusedSinceTheLastLine"] == "970")
    }
}

/// What was written, as metadata.
private final class Lines: LogHandler, Sendable {
    private let state = Mutex<[[String: String]]>([])
    var all: [[String: String]] { state.withLock { $0 } }

    var logLevel: Logger.Level {
        get { .trace }
        set { withExtendedLifetime(newValue) {} }
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set { withExtendedLifetime(newValue) {} }
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set { withExtendedLifetime((key, newValue)) {} }
    }

    func log(event: LogEvent) {
        let line = (event.metadata ?? [:]).mapValues { "\($0)" }
        state.withLock { $0.append(line) }
    }
}
