import Effects
import Foundation
import Logging
import Testing

@testable import yilian

@Suite struct LogLineTests {
    @Test func keysStandInOneOrderAndMetadataIsSorted() {
        let line = JSONLogLine.line(
            time: .epoch, level: .notice, label: "yilian.shi", message: "a \"word\"\n",
            metadata: ["peer": "x", "count": .stringConvertible(3), "list": .array(["b", "a"])])
        #expect(
            line == #"{"time":"1970-01-01T00:00:00.000Z","level":"notice","label":"yilian.shi","#
                + #""message":"a \"word\"\n","metadata":{"count":"3","list":["b","a"],"peer":"x"}}"#)
    }

    @Test func controlCharactersCannotBreakALine() {
        let line = JSONLogLine.line(
            time: .epoch, level: .info, label: "l", message: "\u{1B}[31m\r\u{0}", metadata: [:])
        #expect(line.contains(#"\u001b[31m\r\u0000"#))
        #expect(!line.contains("\n"))
    }

    @Test func forPeopleALineHasLocalTimeLevelAndWhatBelongsToIt() throws {
        let line = TextLogLine.line(
            time: .epoch, level: .warning, label: "yilian.shi", message: "the parent was not reached",
            metadata: ["peer": "diaodu", "reason": "no way \u{1B}[2J"])
        #expect(
            line == "1970-01-01T08:00:00+08:00 WARNING  yilian.shi: the parent was not reached peer=diaodu "
                + "reason=\"no way ␛[2J\"")
        let written = JSONLogLine.line(
            time: .epoch, level: .warning, label: "yilian.shi", message: "the parent was not reached",
            metadata: ["peer": "diaodu", "reason": "no way \u{1B}[2J"])
        #expect(LoggedLine(written)?.text == line, "`log show` makes the one of the other")
        #expect(LoggedLine("<4>" + written)?.text == line)
        #expect(LoggedLine("{\"time\":1}") == nil && LoggedLine("Backtrace took 1.2s") == nil)
        #expect(LoggedLine(written)?.isAtLeast("warning") == true && LoggedLine(written)?.isAtLeast("error") == false)
    }

    @Test(arguments: [(Logger.Level.critical, 2), (.error, 3), (.warning, 4), (.notice, 5), (.info, 6), (.debug, 7)])
    func theJournalGetsPriorities(_ level: Logger.Level, _ priority: Int) {
        let control = LogControl(level: .trace, format: .json, isJournal: true)
        let line = control.line(time: .epoch, level: level, label: "l", message: "m", metadata: [:])
        #expect(line.hasPrefix("<\(priority)>{"))
        let other = LogControl(level: .trace, format: .text, isJournal: false)
        #expect(other.line(time: .epoch, level: level, label: "l", message: "m", metadata: [:]).hasPrefix("1970"))
    }

    @Test func theJournalIsKnownByItsDeviceAndInodeAlone() throws {
        var status = stat()
        try #require(fstat(2, &status) == 0)
        let stream = "\(status.st_dev):\(status.st_ino)"
        #expect(LogControl.isJournal(environment: ["JOURNAL_STREAM": stream]))
        for other in ["", "\(status.st_dev):\(status.st_ino + 1)", "x:y", "8"] {
            #expect(!LogControl.isJournal(environment: ["JOURNAL_STREAM": other]))
        }
        #expect(!LogControl.isJournal(environment: [:]))
    }

    @Test func aLoggerFollowsTheLevelUnlessItHasOneOfItsOwn() throws {
        let control = LogControl(level: .info, format: .json, isJournal: false)
        let writer = control.writer(time: SystemTime())
        let own = NodeLogHandler(label: "yilian.shi", control: control, writer: writer, time: SystemTime())
        let library = NodeLogHandler(label: "hummingbird", control: control, writer: writer, time: SystemTime())
        var quiet = own
        quiet.logLevel = .critical
        #expect(own.logLevel == .info && library.logLevel == .notice)
        try control.set(named: "debug")
        #expect(own.logLevel == .debug && library.logLevel == .notice && quiet.logLevel == .critical)
        #expect(throws: Failure("log.unknownLevel", "")) { try control.set(named: "loud") }
        #expect(own.logLevel == .debug)
    }
}
