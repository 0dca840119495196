import Logging

/// What the nodes of a simulation log: each line goes into the trace, the newest are kept for whoever looks for a reason.
package final class SimulatedLog: @unchecked Sendable {
    private let scheduler: Scheduler
    private let isVerbose: Bool
    private(set) var newest: [String] = []

    init(_ scheduler: Scheduler, isVerbose: Bool) {
        self.scheduler = scheduler
        self.isVerbose = isVerbose
    }

    func logger(of node: String) -> Logger {
        Logger(label: node) { _ in Handler(node: node, log: self) }
    }

    package func add(_ line: String) {
        let text = "\(scheduler.now.nanoseconds / 1_000_000) \(line)"
        newest.append(text)
        if newest.count > 4_000 { newest.removeFirst(2_000) }
        if isVerbose { SimulationOutput.error(text) }
    }

    private struct Handler: LogHandler {
        let node: String
        let log: SimulatedLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.scheduler.note("\(node) \(event.level) \(event.message)")
            let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
            let parts = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            log.add("\(node) \(event.level) \(event.message) \(parts.joined(separator: " "))")
        }
    }
}
