import Effects
import Ledgers
import Storage
import Testing

@testable import Identity

/// The tables depend on the entries alone.
struct IdentityProjectionTests {
    private static let orders: [SQLText] = [
        "SELECT * FROM identity_entry ORDER BY entry", "SELECT * FROM identity_key ORDER BY patient_key, entry",
        "SELECT * FROM identity_cause ORDER BY cause, entry",
    ]

    private static func dump(_ sql: any SQLTransaction) throws -> [[SQLValue]] {
        try orders.flatMap { try sql.rows($0, []).map(\.values) }
    }

    /// Three ledgers that link, separate and link again.
    private func history() throws -> IdentityFixture {
        var fixture = IdentityFixture()
        let first = try fixture.link("a", "b", author: "hill")
        try fixture.link("c", "d", author: "vale")
        let second = try fixture.link("b", "c", author: "city")
        let apart = try fixture.separate(["a", "b"], ["c", "d"], author: "vale", causes: [second])
        try fixture.link("a", "e", author: "hill")
        try fixture.separate(author: "city", causes: [first])
        try fixture.link("b", "c", author: "hill", causes: [apart])
        try fixture.separate(["a"], ["d"], author: "city")
        return fixture
    }

    /// Any order in which causes come before what names them and each ledger's entries in theirs.
    private func shuffled(_ entries: [Entry], _ random: SeededRandom) -> [Entry] {
        var waiting = entries
        var order: [Entry] = []
        while !waiting.isEmpty {
            let ready = waiting.indices.filter { index in
                let entry = waiting[index]
                let isBlocked = waiting.contains { other in
                    entry.causes.contains(other.id) || (other.author == entry.author && other.id < entry.id)
                }
                return !isBlocked
            }
            order.append(waiting.remove(at: ready[Int(random.number(below: UInt64(ready.count)))]))
        }
        return order
    }

    @Test func `three ledgers in any order, and twice, give the same tables and the same answers`() async throws {
        let fixture = try history()
        let expected = try await fixture.folding { try Self.dump($0) }
        #expect(expected.count > 20)
        let people = ["a", "b", "c", "d", "e"]
        var answers: [Equivalents] = []
        for person in people { answers.append(try await fixture.equivalents([person], reports: [["d", "e"]])) }
        let random = SeededRandom(seed: 5)
        for round in 0..<12 {
            let order = shuffled(fixture.entries, random)
            let twice = order + order.shuffledSuffix(random)
            #expect(try await fixture.folding(twice) { try Self.dump($0) } == expected, "round \(round)")
            for (person, answer) in zip(people, answers) {
                let other = try await fixture.equivalents([person], reports: [["d", "e"]], entries: order)
                #expect(other == answer, "round \(round), \(person)")
            }
        }
    }

    private func code(of entries: [Entry], in fixture: IdentityFixture) async -> String? {
        do {
            try await fixture.folding(entries) { _ in }
            return nil
        } catch {
            return (error as? Failure)?.code.rawValue
        }
    }

    @Test func `entries that cannot be right are refused`() async throws {
        var fixture = IdentityFixture()
        let link = try fixture.link("a", "b")
        let separation = try fixture.separate(causes: [link])
        let sound = fixture.entries
        try fixture.link("a", "b", causes: [link, separation])
        #expect(await code(of: fixture.entries, in: fixture) == "identity.badCause")
        fixture = IdentityFixture()
        try fixture.separate(causes: [try EntryID("vale/1/clinical/9/0")])
        #expect(await code(of: fixture.entries, in: fixture) == "identity.badCause")
        fixture = IdentityFixture()
        let own = try EntryID("hill/1/clinical/0/0")
        try fixture.separate(causes: [own])
        #expect(await code(of: fixture.entries, in: fixture) == "identity.badCause")
        fixture = IdentityFixture()
        try fixture.separate()
        #expect(await code(of: fixture.entries, in: fixture) == "identity.badCause")
        fixture = IdentityFixture()
        try fixture.link("a")
        #expect(await code(of: fixture.entries, in: fixture) == "identity.malformed")
        fixture = IdentityFixture()
        try fixture.separate(["a", "b"], ["b"])
        #expect(await code(of: fixture.entries, in: fixture) == "identity.malformed")
        #expect(await code(of: sound, in: fixture) == nil)
    }

    @Test func `bytes cut anywhere never trap`() throws {
        for entry in try history().entries {
            for count in entry.fields.indices {
                let cut = Array(entry.fields[..<count])
                _ = try? IdentityLink(bytes: cut)
                _ = try? IdentitySeparation(bytes: cut)
            }
            for index in entry.fields.indices {
                var odd = entry.fields
                odd[index] ^= 0xFF
                _ = try? IdentityLink(bytes: odd)
                _ = try? IdentitySeparation(bytes: odd)
            }
        }
    }
}

extension [Entry] {
    /// Some of the last ones, which come a second time.
    func shuffledSuffix(_ random: SeededRandom) -> [Entry] {
        Array(suffix(Int(random.number(below: UInt64(count + 1)))))
    }
}
