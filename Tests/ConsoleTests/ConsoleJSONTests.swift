import Effects
import ServiceKit
import Testing

@testable import Console

@Suite struct OperatorJSONTests {
    private struct Sample: Codable, Equatable {
        var path: String
        var number: Int
    }

    @Test func writesKeysInOneOrderAndSlashesAsTheyAre() throws {
        let bytes = try OperatorJSON.bytes(Sample(path: "jucheng/1/bulk", number: 2))
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"number":2,"path":"jucheng/1/bulk"}"#)
    }

    @Test func saysWhichKeyIsMissingAndQuotesNothing() {
        let failure = #expect(throws: Failure.self) {
            try OperatorJSON.value(Sample.self, from: Array(#"{"path":"张三"}"#.utf8), place: "here")
        }
        #expect(failure?.message.contains("number") == true)
        #expect(failure?.description.contains("张三") == false)
    }

    @Test func saysWhereATypeIsWrong() {
        let failure = #expect(throws: Failure.self) {
            try OperatorJSON.value(Sample.self, from: Array(#"{"path":"a","number":"b"}"#.utf8), place: nil)
        }
        #expect(failure?.message.contains("\"number\"") == true)
    }

    @Test func addressesOfANodeAreReadBack() throws {
        let disk = MemoryDisk()
        let addresses = NodeAddresses(
            node: "pingding", tier: "county", processID: 7, link: "127.0.0.1:1",
            mllp: [.init(unit: "pingding-renmin", address: "127.0.0.1:2")], https: nil, health: "127.0.0.1:3",
            socket: "/x/yilian.sock")
        try disk.write(try OperatorJSON.text(addresses), to: "/x/addresses.json")
        #expect(try NodeAddresses.read("/x/addresses.json", disk: disk) == addresses)
    }
}
