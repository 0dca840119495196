import Console
import Effects
import Logging

/// A log line for machines: one event is one line of JSON.
///
/// Keys stand in a fixed order: `time`, `level`, `label`, `message`, then `metadata` with its keys sorted. What is
/// logged carries no patient data; that is the duty of those who log.
enum JSONLogLine {
    static func line(
        time: WallTime, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata
    ) -> String {
        var line = "{\"time\":\(quoted(time.description)),\"level\":\(quoted(level.rawValue))"
        line += ",\"label\":\(quoted(label)),\"message\":\(quoted(message))"
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(text($0.value))" }
            line += ",\"metadata\":{\(pairs.joined(separator: ","))}"
        }
        return line + "}"
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
            // Logs are read in terminals too.
            case _ where PlainText.isHarmful(scalar): result += PlainText.json(String(scalar))
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
