import Effects
import Foundation
import Logging
import Regions
import Synchronization

/// From which level on a node logs, and in which form; the level can change while the node runs.
final class LogControl: Sendable {
    private let state: Mutex<Logger.Level>
    private let format: NodeFile.LogFormat
    /// Whether standard error is the journal's, which takes the priority of each line from its beginning.
    private let isJournal: Bool

    init(level: NodeFile.LogLevel, format: NodeFile.LogFormat, isJournal: Bool) {
        state = Mutex(Self.level(level))
        self.format = format
        self.isJournal = isJournal
    }

    /// The level of the node's own events.
    var level: Logger.Level {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    func set(_ level: NodeFile.LogLevel) { self.level = Self.level(level) }

    /// Takes another level until the node's file is read again.
    ///
    /// - Throws: `log.unknownLevel`.
    func set(named name: String) throws {
        set(try KnownWord.value(name, what: "level of a log", code: "log.unknownLevel"))
    }

    /// Libraries log through the same handler, and only what is worth a look.
    func level(of label: String) -> Logger.Level {
        label.hasPrefix(Self.ownLabel) ? level : max(level, .notice)
    }

    static let ownLabel = "yilian."

    func line(
        time: WallTime, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata
    ) -> String {
        let line =
            switch format {
            case .json:
                JSONLogLine.line(time: time, level: level, label: label, message: message, metadata: metadata)
            case .text:
                TextLogLine.line(time: time, level: level, label: label, message: message, metadata: metadata)
            }
        return (isJournal ? "<\(Self.priority(level))>" : "") + line + "\n"
    }

    /// A writer to standard error, which says in this log's form what it had to drop.
    func writer(time: any TimeSource) -> LineWriter {
        LineWriter(descriptor: 2, name: "log") { [self] dropped in
            line(
                time: time.wallTime, level: .warning, label: Self.ownLabel + "log",
                message: "lines of the log were dropped: nobody read standard error, or it could not be written",
                metadata: ["dropped": "\(dropped)", "remedy": "look at what reads this log, or lower its level"])
        }
    }

    /// The priority of syslog (RFC 5424, 6.2.1), by which `journalctl -p` chooses.
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }

    private static func level(_ level: NodeFile.LogLevel) -> Logger.Level {
        Logger.Level(rawValue: level.rawValue) ?? .info
    }

    /// Whether a descriptor is the journal's: systemd says in JOURNAL_STREAM which device and inode that has.
    static func isJournal(_ descriptor: Int32 = 2, environment: [String: String]) -> Bool {
        let parts = (environment["JOURNAL_STREAM"] ?? "").split(separator: ":").map { UInt64($0) }
        var status = stat()
        guard parts.count == 2, fstat(descriptor, &status) == 0 else { return false }
        return parts[0] == UInt64(status.st_dev) && parts[1] == UInt64(status.st_ino)
    }
}
