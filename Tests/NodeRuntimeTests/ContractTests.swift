import Calls
import Effects
import Foundation
import NodeRuntime
import Testing

/// The frozen list of methods, read back from its file.
struct Contract {
    /// One line of `Contract.txt`.
    struct Line {
        var number: UInt16
        var desk: String
        var name: String
        var callers: [String]
    }

    static var path: String {
        let folders = #filePath.split(separator: "/").dropLast(3)
        return "/" + folders.joined(separator: "/") + "/Sources/NodeRuntime/Contract.txt"
    }

    static func text() throws -> String { try SystemDisk().readText(path) }

    static func lines() throws -> [Line] {
        try text().split(separator: "\n").map { line in
            let parts = line.split(separator: " ").map(String.init)
            let number = try #require(UInt16(parts[0]))
            let desk = try #require(parts[1].split(separator: ".").first)
            return Line(
                number: number, desk: String(desk), name: parts[1],
                callers: parts[4].split(separator: ",").map(String.init))
        }
    }
}

@Suite("The remote contract")
struct ContractTests {
    @Test("the methods are those of Contract.txt: a rename, a new right or a reused number shows here")
    func frozen() async throws {
        let text = try await MethodTable(try ServiceList.methods()).contractText()
        if ProcessInfo.processInfo.environment["YILIAN_WRITE_CONTRACT"] == "1" {
            try SystemDisk().write(text, to: Contract.path)
        }
        #expect(try Contract.text() == text, "run with YILIAN_WRITE_CONTRACT=1 and commit what changes, if it is meant")
    }

    @Test("every service keeps to its own range of numbers")
    func ranges() throws {
        let ranges: [String: ClosedRange<UInt16>] = [
            "courier": 1...19, "report": 20...29, "recognition": 100...119, "consultation": 200...219,
            "referral": 220...239,
            "adverse": 240...259,
            "inventory": 260...279,
            "indicators": 300...319,
            "diagnosis": 320...339,
        ]
        for line in try Contract.lines() {
            let range = try #require(ranges[line.desk], "desk \(line.desk) has no range")
            #expect(range.contains(line.number), "\(line.name)")
        }
    }
}
