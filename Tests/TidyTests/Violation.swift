/// A place where the tree breaks one of its rules.
struct Violation: Hashable, CustomStringConvertible {
    var path: String
    /// Counted from 1; 0 where the file as a whole is meant.
    var line: Int
    var rule: String
    var message: String

    init(_ path: String, line: Int = 0, rule: String, _ message: String) {
        self.path = path
        self.line = line
        self.rule = rule
        self.message = message
    }

    var description: String {
        line > 0 ? "\(path):\(line): \(rule): \(message)" : "\(path): \(rule): \(message)"
    }
}

extension [Violation] {
    /// All of them, a line each, for the message of a failed expectation.
    var report: String { "\n" + map(\.description).joined(separator: "\n") }
}
