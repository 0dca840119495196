import Effects
import Foundation

/// The log that a node's process wrote.
struct NodeLog {
    struct Line: Decodable {
        var time: String
        var message: String
        var metadata: [String: String]?

        subscript(key: String) -> String? { metadata?[key] }
    }

    let lines: [Line]

    init(path: String, disk: any Disk) throws {
        let text = try disk.readText(path, limitBytes: Limits.importFileBytes)
        // The last line may be half written; libraries' lines may hold nested metadata, which no test looks at.
        lines = text.split(separator: "\n").compactMap { line in
            try? JSONDecoder().decode(Line.self, from: Data(line.utf8))
        }
    }

    /// The lines with a message and with these values.
    func lines(_ message: String, _ values: [String: String] = [:]) -> [Line] {
        lines.filter { line in line.message == message && values.allSatisfy { line[$0.key] == $0.value } }
    }
}
