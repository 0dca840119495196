import Console
import Effects
import Synchronization

/// What the demo prints: progress on standard error, the story on standard output.
package final class DemoPrinter: Sendable {
    private let isTerminal: Bool
    private let isQuiet: Bool
    private let barLines = Mutex(0)

    /// - Parameter isQuiet: only the JSON line goes to standard output; the story goes to standard error.
    package init(isTerminal: Bool, isQuiet: Bool) {
        self.isTerminal = isTerminal
        self.isQuiet = isQuiet
    }

    package func say(_ text: String = "") {
        barLines.withLock { $0 = 0 }
        write(text + "\n", toError: isQuiet)
    }

    package func heading(_ text: String) {
        say()
        say(isTerminal ? "\u{1b}[1m\(text)\u{1b}[0m" : text)
    }

    func json(_ text: String) {
        write(text + "\n", toError: false)
    }

    /// Draws a bar per node over the ones drawn before; plain lines every so often where there is no terminal.
    func bars(_ bars: [(name: String, done: Int, total: Int)], isLast: Bool) {
        guard isTerminal else {
            if isLast || barLines.withLock({ $0 == 0 }) {
                for bar in bars { write("  \(bar.name): \(bar.done) of \(bar.total)\n", toError: true) }
            }
            barLines.withLock { $0 = isLast ? 0 : 1 }
            return
        }
        let drawn = barLines.withLock { $0 }
        let lines = Self.lines(of: bars).map { "\u{1b}[2K\($0)\n" }
        let text = (drawn > 0 ? "\u{1b}[\(drawn)A" : "") + lines.joined()
        write(text, toError: true)
        barLines.withLock { $0 = isLast ? 0 : bars.count }
    }

    /// A line for each bar; all bars begin in one column, whatever the names are written in.
    package static func lines(of bars: [(name: String, done: Int, total: Int)]) -> [String] {
        let columns = bars.map { TextTable.width(of: $0.name) }.max() ?? 0
        return bars.map { bar in
            let filled = bar.total == 0 ? 30 : min(30, bar.done * 30 / bar.total)
            let line = String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled)
            let numbers = "\(TextTable.number(bar.done)) of \(TextTable.number(bar.total))"
            return "  \(TextTable.padded(bar.name, to: columns)) \(line) \(numbers)"
        }
    }

    private func write(_ text: String, toError: Bool) {
        StandardStream.write(text, toError: toError)
    }
}
