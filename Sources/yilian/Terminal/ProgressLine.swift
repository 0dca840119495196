import VerbKit

/// Progress of a long job: a bar where a person looks, a line now and then where none does.
struct ProgressLine {
    private let what: String
    private let total: Int
    private var done = 0
    private var shownPercent = 0
    private let isInteractive: Bool

    private static let barColumns = 30
    /// Fewer steps than this are over before a line about them is read.
    private static let worthLines = 20

    init(_ what: String, total: Int, isInteractive: Bool = Terminal.isInteractive) {
        self.what = what
        self.total = total
        self.isInteractive = isInteractive
    }

    mutating func step() {
        done += 1
        guard total > 1 else { return }
        let percent = done * 100 / total
        if isInteractive {
            guard percent != shownPercent else { return }
            let filled = percent * Self.barColumns / 100
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.barColumns - filled)
            Terminal.write("\r\(what) [\(bar)] \(done)/\(total)", to: 2)
        } else {
            guard total >= Self.worthLines, percent / 25 != shownPercent / 25 else { return }
            Terminal.error("\(what): \(done) of \(total)")
        }
        shownPercent = percent
    }

    /// Ends the bar's line.
    func end() {
        if isInteractive, total > 1 { Terminal.write("\n", to: 2) }
    }
}
