import Logging
import Synchronization

/// What the nodes of a test region logged; the newest lines, bounded.
public final class TestLog: Sendable {
    /// One line of a node's log.
    public struct Line: Sendable, CustomStringConvertible {
        /// The node's id.
        public let node: String
        /// The level's word: `info`, `notice`, `warning`, `error`.
        public let level: String
        /// The event, in words that do not change with what it is about.
        public let message: String
        /// What it is about, by name.
        public let metadata: [String: String]

        /// Node, level, message and metadata in one line.
        public var description: String {
            let parts = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return "\(node) \(level) \(message) \(parts.joined(separator: " "))"
        }
    }

    private let kept = Mutex<[Line]>([])
    private static let limitLines = 20_000

    init() {}

    /// All lines that are kept, the oldest first.
    public var lines: [Line] { kept.withLock { $0 } }

    /// The lines of a node that hold a text in their message or metadata.
    public func lines(of node: String, holding text: String) -> [Line] {
        lines.filter { $0.node == node && "\($0)".contains(text) }
    }

    func logger(of node: String) -> Logger {
        Logger(label: node) { _ in Handler(node: node, log: self) }
    }

    fileprivate func add(_ line: Line) {
        kept.withLock { lines in
            if lines.count >= Self.limitLines { lines.removeFirst(Self.limitLines / 10) }
            lines.append(line)
        }
    }

    private struct Handler: LogHandler {
        let node: String
        let log: TestLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
            log.add(
                Line(
                    node: node, level: event.level.rawValue, message: "\(event.message)",
                    metadata: all.mapValues { "\($0)" }))
        }
    }
}
