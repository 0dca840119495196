import Effects
import Logging

/// Writes a node's log to standard error, a line for each event, in the form and from the level that the node's
/// ``LogControl`` says at that moment.
///
/// Nobody who logs waits for whoever reads: see ``Effects/LineWriter``.
struct NodeLogHandler: LogHandler {
    private let label: String
    private let time: any TimeSource
    private let control: LogControl
    private let writer: LineWriter
    /// What somebody set for this logger alone.
    private var ownLevel: Logger.Level?
    var metadata: Logger.Metadata = [:]

    init(label: String, control: LogControl, writer: LineWriter, time: any TimeSource) {
        self.label = label
        self.control = control
        self.writer = writer
        self.time = time
    }

    var logLevel: Logger.Level {
        get { ownLevel ?? control.level(of: label) }
        set { ownLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let merged = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let line = control.line(
            time: time.wallTime, level: event.level, label: label, message: event.message.description, metadata: merged)
        writer.write(line, event.level >= .warning ? .important : .ordinary)
    }
}
