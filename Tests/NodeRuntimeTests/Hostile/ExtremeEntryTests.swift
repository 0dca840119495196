import Couriers
import Effects
import Foundation
import Regions
import Testing
import YilianTestKit

@testable import Ledgers

/// Extreme numbers and texts in every field of every kind of entry, properly sealed by a node whose key was stolen.
///
/// Each attack runs in a process of its own: a trap ends that process, and the test says which entry it was.
@Suite("Extreme entries of a hostile node", .serialized)
struct ExtremeEntryTests {
    @Test("every kind that nodes fold is among what is bent")
    func kinds() async throws {
        try await ExtremeRegion.run { extreme in
            let honest = try await HonestEntries(of: extreme.region)
            #expect(honest.missing == [], "kinds without a sample")
        }
    }

    @Test("of a township")
    func township() async {
        let trail = Trail("township")
        await #expect(processExitsWith: .success) {
            await Attack.saying { try await ExtremeEntryTests.attack("jucheng", through: "pingding") }
        }
        trail.expectEnded()
    }

    @Test("of a county")
    func county() async {
        let trail = Trail("county")
        await #expect(processExitsWith: .success) {
            await Attack.saying { try await ExtremeEntryTests.attack("pingding", through: "shi") }
        }
        trail.expectEnded()
    }

    @Test("of a city")
    func city() async {
        let trail = Trail("city")
        await #expect(processExitsWith: .success) {
            await Attack.saying { try await ExtremeEntryTests.attack("shi", through: "diaodu") }
        }
        trail.expectEnded()
    }

    @Test("of a dispatcher")
    func dispatcher() async {
        let trail = Trail("dispatcher")
        await #expect(processExitsWith: .success) {
            await Attack.saying { try await ExtremeEntryTests.attack("diaodu", through: "shi") }
        }
        trail.expectEnded()
    }

    /// Bends every entry that a node has written and gives it to its neighbour, which passes it on.
    private static func attack(_ author: String, through neighbour: String) async throws {
        let trail = Trail.ofParent(author)
        try await ExtremeRegion.run { extreme in
            let region = extreme.region
            let honest = try await HonestEntries(of: region)
            let receiver = try region.node(neighbour)
            var hostile = HostileNode(try region.node(author), seed: 2)
            var (tries, taken) = (0, 0)
            for sample in honest.samples where sample.author.rawValue == author {
                let variants = ExtremeEntry.variants(of: sample, startingAt: tries)
                for start in stride(from: 0, to: variants.count, by: 100) {
                    let some = Array(variants[start..<min(start + 100, variants.count)])
                    trail.note("\(sample.entry.kind): \(some.map(\.place).joined(separator: " "))")
                    let receipt = try await hostile.deliver(
                        some.map(\.entry), to: receiver.nodeID, lane: sample.lane)
                    #expect(receipt.refusals.isEmpty, "\(sample.entry.kind): \(receipt.refusals)")
                    taken += some.count - receipt.setAside.count
                }
                tries += variants.count
                trail.note("\(sample.entry.kind): what its neighbours are asked")
                #expect(try await extreme.ask(receiver) == [], "after \(sample.entry.kind)")
            }
            for bent in ExtremeEntry.records(of: honest.samples.filter { $0.author.rawValue == author }) {
                trail.note("a record: \(bent.place)")
                _ = try await hostile.deliver([bent.entry], to: receiver.nodeID)
                tries += 1
            }
            trail.note("everything, at every node")
            try await extreme.expectUnharmed(after: author)
            #expect(tries > 500, "\(tries) tries")
            #expect(taken > tries / 20, "\(taken) of \(tries) were folded: the others never got past a check")
            trail.note(nil)
        }
    }
}

/// What an attack does at the moment, in a file: a process that has died cannot say it.
struct Trail: Sendable {
    private let path: String

    init(_ name: String, process: Int32 = ProcessInfo.processInfo.processIdentifier) {
        path = FileManager.default.temporaryDirectory.path + "/yilian-extreme-\(name)-\(process)"
    }

    private static let names = [
        "jucheng": "township", "pingding": "county", "shi": "city", "diaodu": "dispatcher",
    ]

    /// The trail that the process reads which has started this one.
    static func ofParent(_ node: String) -> Trail {
        Trail(names[node] ?? node, process: getppid())
    }

    /// - Parameter what: nil at the end.
    func note(_ what: String?) {
        if let what {
            try? what.write(toFile: path, atomically: false, encoding: .utf8)
        } else {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    func expectEnded() {
        guard let last = try? String(contentsOfFile: path, encoding: .utf8) else { return }
        Issue.record("the process ended at: \(last.prefix(4_000))")
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Runs an attack in a process of its own and says what it threw: by itself such a process only ends.
enum Attack {
    static func saying(_ body: () async throws -> Void) async {
        do { try await body() } catch { Issue.record("\(error)") }
    }

    static func run(_ body: @Sendable (TestRegion) async throws -> Void) async {
        await saying { try await RecognitionRegion.run(TestOptions(), body) }
    }
}
