import Effects
import Logging
import Regions
import Testing

@testable import Edge

@Suite("Tokens")
struct TokenBookTests {
    private static let long = "0123456789abcdef"

    private static func system(_ name: String, purpose: String? = nil) throws -> HospitalSystem {
        HospitalSystem(
            name: name, institution: .unit(try OrgUnitID("unit")), tokenFile: name, purpose: purpose)
    }

    private let disk = MemoryDisk()
    private let time = ManualTime()
    private var world: World {
        World(time: time, random: SeededRandom(seed: 1), disk: disk, makeWorker: { _ in InlineWorker() })
    }

    private func book(_ systems: [HospitalSystem]) throws -> TokenBook {
        var logger = Logger(label: "tokens")
        logger.logLevel = .critical
        return try TokenBook(systems: systems, resolve: { $0 }, world: world, logger: logger)
    }

    @Test func eachTokenOpensForItsOwnSystemOnly() throws {
        try disk.write(Self.long + "-one\n", to: "one", mode: 0o600)
        try disk.write(Self.long + "-two", to: "two", mode: 0o600)
        let book = try book([try Self.system("one"), try Self.system("two")])
        #expect(book.page(token: Self.long + "-one")?.system.name == "one")
        #expect(book.page(token: Self.long + "-two")?.system.name == "two")
        for wrong in ["", Self.long, Self.long + "-one\n", Self.long + "-on", Self.long + "-onee"] {
            #expect(book.page(token: wrong) == nil)
        }
    }

    @Test func aTokenThatChangesIsReadAgain() throws {
        try disk.write(Self.long + "-old", to: "one", mode: 0o600)
        let book = try book([try Self.system("one")])
        try disk.write(Self.long + "-new", to: "one", mode: 0o600)
        #expect(book.page(token: Self.long + "-old") != nil)
        time.advance(milliseconds: Limits.tokenRereadMilliseconds)
        #expect(book.page(token: Self.long + "-old") == nil)
        #expect(book.page(token: Self.long + "-new") != nil)
        try disk.remove("one")
        time.advance(milliseconds: Limits.tokenRereadMilliseconds)
        #expect(book.page(token: Self.long + "-new") == nil)
    }

    @Test(arguments: [
        ("0123456789abcdef", UInt32(0o640), "treatment", "edge.openToken"),
        ("short", 0o600, "treatment", "edge.weakToken"),
        ("0123456789abcdef", 0o600, "curiosity", "edge.unknownPurpose"),
    ])
    func whatIsUnsafeStopsTheStart(_ token: String, _ mode: UInt32, _ purpose: String, _ code: String) throws {
        try disk.write(token, to: "one", mode: mode)
        #expect(throws: Failure(Failure.Code(rawValue: code), "")) {
            _ = try book([try Self.system("one", purpose: purpose)])
        }
    }

    @Test func oneTokenForTwoSystemsStopsTheStart() throws {
        for name in ["one", "two"] { try disk.write(Self.long, to: name, mode: 0o600) }
        #expect(throws: Failure("edge.sameToken", "")) {
            _ = try book([try Self.system("one"), try Self.system("two")])
        }
    }
}
