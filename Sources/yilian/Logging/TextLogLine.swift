import Console
import Effects
import Logging
import Regions

/// A log line for people: the moment as on a terminal, the level, what happened, and what belongs to it.
enum TextLogLine {
    static func line(
        time: WallTime, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata
    ) -> String {
        line(
            moment: time.chinaText, level: level.rawValue, label: label, message: message,
            pairs: metadata.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") })
    }

    /// - Parameter pairs: what belongs to the event, by its name.
    static func line(
        moment: String, level: String, label: String, message: String, pairs: [(name: String, value: String)]
    ) -> String {
        let padding = String(repeating: " ", count: max(0, widestLevel - level.count))
        let shown = pairs.map { " \($0.name)=\(quoted($0.value))" }.joined()
        return PlainText.line("\(moment) \(level.uppercased())\(padding) \(label): \(message)\(shown)")
    }

    /// `critical`.
    private static let widestLevel = 8

    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && !text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\\\"") + "\""
    }
}
