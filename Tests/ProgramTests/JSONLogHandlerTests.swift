import Effects
import Logging
import Testing

@testable import yilian

@Suite struct JSONLogHandlerTests {
    @Test func keysStandInOneOrderAndMetadataIsSorted() {
        let line = JSONLogHandler.line(
            time: .epoch, level: .notice, label: "yilian.shi", message: "a \"word\"\n",
            metadata: ["peer": "x", "count": .stringConvertible(3), "list": .array(["b", "a"])])
        #expect(
            line == #"{"time":"1970-01-01T00:00:00.000Z","level":"notice","label":"yilian.shi","#
                + #""message":"a \"word\"\n","metadata":{"count":"3","list":["b","a"],"peer":"x"}}"# + "\n")
    }

    @Test func controlCharactersCannotBreakALine() {
        let line = JSONLogHandler.line(
            time: .epoch, level: .info, label: "l", message: "\u{1B}[31m\r\u{0}", metadata: [:])
        #expect(line.contains(#"\u001b[31m\r\u0000"#))
        #expect(line.filter { $0 == "\n" }.count == 1)
    }
}
