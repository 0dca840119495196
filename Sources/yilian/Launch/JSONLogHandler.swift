import Effects
import Foundation
import Logging
import Synchronization

/// Log lines for machines: one event is one line of JSON on standard error.
///
/// Keys stand in a fixed order: `time`, `level`, `label`, `message`, then `metadata` with its keys sorted. What is
/// logged carries no patient data; that is the duty of those who log.
struct JSONLogHandler: LogHandler {
    private let label: String
    private let time: any TimeSource
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level

    init(label: String, level: Logger.Level, time: any TimeSource) {
        self.label = label
        self.time = time
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let merged = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let line = Self.line(
            time: time.wallTime, level: event.level, label: label, message: event.message.description,
            metadata: merged)
        Self.lock.withLock { _ in Terminal.write(line, to: 2) }
    }

    /// Lines of two threads must not stand inside each other.
    private static let lock = Mutex(())

    static func line(
        time: WallTime, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata
    ) -> String {
        var line = "{\"time\":\(quoted(time.description)),\"level\":\(quoted(level.rawValue))"
        line += ",\"label\":\(quoted(label)),\"message\":\(quoted(message))"
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(text($0.value))" }
            line += ",\"metadata\":{\(pairs.joined(separator: ","))}"
        }
        return line + "}\n"
    }

    private static func text(_ value: Logger.Metadata.Value) -> String {
        switch value {
        case .string(let text): quoted(text)
        case .stringConvertible(let value): quoted(value.description)
        case .array(let values): "[" + values.map(text).joined(separator: ",") + "]"
        case .dictionary(let values):
            "{" + values.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(text($0.value))" }.joined(separator: ",")
                + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
