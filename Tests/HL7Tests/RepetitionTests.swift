import Effects
import Foundation
import HL7
import Testing

@Suite("HL7 repetitions")
struct RepetitionTests {
    private func message(repetitions: Int) -> [UInt8] {
        Array("MSH|^~\\&|LIS|H|||20261121||ORU^R01|1|P|2.4\rPID|1||".utf8)
            + [UInt8](repeating: UInt8(ascii: "~"), count: repetitions) + Array("\rOBX|1|TX|A||a~b\r".utf8)
    }

    @Test("a field of millions of repetitions is refused in the memory of the message")
    func many() async {
        await #expect(processExitsWith: .success) {
            let bytes = RepetitionTests().message(repetitions: 15_900_000)
            try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
            let before = try RepetitionTests.memory("VmRSS")
            #expect(throws: Failure("hl7.tooManyRepetitions", "")) {
                try HL7Message.parse(bytes, defaultEncoding: .utf8)
            }
            let grown = try RepetitionTests.memory("VmHWM") - before
            #expect(grown < 128 << 20, "\(grown >> 20) MiB more")
        }
    }

    @Test("as many as a report may have are read")
    func enough() throws {
        let message = try HL7Message.parse(message(repetitions: Limits.hl7Repetitions - 1), defaultEncoding: .utf8)
        #expect(message.segment("PID")?.field(3).repetitions.count == Limits.hl7Repetitions)
        #expect(message.segment("OBX")?.field(5).repetitions.map(\.text) == ["a", "b"])
    }

    private static func memory(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        let kibibytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        return try #require(kibibytes) << 10
    }
}
