import Effects
import Foundation
import Regions
import Storage
import Testing
import Trust
import Wire

@testable import Ledgers

/// Batches and excerpts of format 1 as they were sealed once; every later release reads them.
///
/// `YILIAN_WRITE_GOLDEN=1 swift test --filter GoldenBatchesTests` writes files that do not exist yet and never changes
/// one that does.
@Suite struct GoldenBatchesTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var name: String
        var suite = SuiteID.ed25519
        var isExcerpt = false
        /// Whether any release writes the very same bytes: nothing of it is compressed, and Ed25519 draws no lots.
        var isDeterministic = false
        var make: @Sendable (GoldenAuthor) throws -> [UInt8]
        var testDescription: String { name }
    }

    static let samples: [Sample] = [
        Sample(name: "batch-none", isDeterministic: true) { try $0.batch(.none).wireBytes() },
        Sample(name: "batch-zlib") { try $0.batch(.zlib).wireBytes() },
        Sample(name: "batch-zstd") { try $0.batch(.zstd).wireBytes() },
        Sample(name: "batch-sm2", suite: .sm2) { try $0.batch(.zlib).wireBytes() },
        Sample(name: "batch-continued", isDeterministic: true) { author in
            let first = try author.batch(.none)
            return try author.batch(
                .none, sequence: 1, previous: Seal.headerDigest(first.header, suite: author.suite),
                continuedFrom: .init(incarnation: 77, sequence: 12)
            ).wireBytes()
        },
        Sample(name: "batch-pruned", isDeterministic: true) { author in
            try author.batch(.none).pruned { $0.audience >= .city }.wireBytes()
        },
        Sample(name: "excerpt", isExcerpt: true, isDeterministic: true) { author in
            try Excerpt.cut(author.batch(.none), indexes: [0, 2], suite: author.suite).wireBytes()
        },
        Sample(name: "excerpt-sm2", suite: .sm2, isExcerpt: true) { author in
            try Excerpt.cut(author.batch(.zlib), indexes: [4], suite: author.suite).wireBytes()
        },
    ]

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/v1")

    private static func file(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    private static func bytes(_ sample: Sample) throws -> [UInt8] {
        try file(sample.name + ".hex").split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
    }

    private func fixture(_ suite: SuiteID) throws -> Fixture {
        try Fixture(suite, hillKey: try GoldenAuthor(suite).key)
    }

    /// Decodes, checks seal and roots, and says what is inside.
    private static func read(_ bytes: [UInt8], _ sample: Sample, _ fixture: Fixture) throws -> String {
        if sample.isExcerpt {
            let excerpt = try Excerpt(wireBytes: bytes)
            #expect(try excerpt.wireBytes() == bytes, "\(sample.name) is written otherwise")
            return GoldenAuthor.text(try fixture.inspector.inspect(excerpt, receivedTime: .epoch).entries)
        }
        let batch = try SealedBatch(wireBytes: bytes)
        #expect(try batch.wireBytes() == bytes, "\(sample.name) is written otherwise")
        return GoldenAuthor.text(try fixture.inspected(batch).entries)
    }

    @Test func thereAreFilesOfEverySampleAndNoOthers() async throws {
        if ProcessInfo.processInfo.environment["YILIAN_WRITE_GOLDEN"] == "1" { try await write() }
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(files == (Self.samples.flatMap { ["\($0.name).hex", "\($0.name).txt"] } + ["fold.txt"]).sorted())
    }

    @Test(arguments: samples) func everyFileIsReadAndHoldsWhatItHeld(_ sample: Sample) throws {
        let text = try Self.read(Self.bytes(sample), sample, fixture(sample.suite))
        #expect(text == (try Self.file(sample.name + ".txt")))
    }

    @Test(arguments: samples) func aChangedSealOfAFileIsFound(_ sample: Sample) throws {
        let (bytes, fixture) = (try Self.bytes(sample), try fixture(sample.suite))
        #expect(throws: Failure("ledger.badSeal", "")) {
            if sample.isExcerpt {
                var excerpt = try Excerpt(wireBytes: bytes)
                excerpt.seal = excerpt.seal.flipping(bit: 100)
                _ = try fixture.inspector.inspect(excerpt, receivedTime: .epoch)
            } else {
                var batch = try SealedBatch(wireBytes: bytes)
                batch.seal = batch.seal.flipping(bit: 100)
                _ = try fixture.inspected(batch)
            }
        }
    }

    @Test(arguments: samples.filter(\.isDeterministic)) func theSameBytesAreWrittenToday(_ sample: Sample) throws {
        let golden = try Self.bytes(sample)
        #expect(try sample.make(GoldenAuthor(sample.suite)) == golden)
    }

    /// The chain folds into the rows that it always folded into.
    @Test func theyFoldAsTheyAlwaysDid() async throws {
        #expect(try await folded() == (try Self.file("fold.txt")))
    }

    private func folded() async throws -> String {
        let fixture = try fixture(.ed25519)
        let names = ["batch-none", "batch-continued"]
        let batches = try Self.samples.filter { names.contains($0.name) }.map {
            try SealedBatch(wireBytes: try Self.bytes($0))
        }
        let east = try await fixture.open(Fixture.east)
        let receipt = try await east.take(batches)
        #expect(receipt.outcomes.map(\.outcome) == [.stored, .stored])
        let rows = try await east.read { sql in
            try sql.rows(
                "SELECT entry, kind, subject, fields, author_time, voided_by, payload FROM note ORDER BY entry", []
            ).map { row in
                let voided = row.optionalText(5) ?? "-"
                let payload = row.optionalBytes(6).map(GoldenAuthor.hex) ?? "-"
                return try """
                \(row.text(0)) kind \(row.integer(1)) subject \(row.text(2)) fields \(GoldenAuthor.hex(row.bytes(3)))
                  at \(row.integer(4)) voided by \(voided) payload \(payload)

                """
            }
        }
        return rows.joined()
    }

    private func write() async throws {
        try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
        func keep(_ text: String, _ name: String) throws {
            let file = Self.folder.appending(path: name)
            guard !FileManager.default.fileExists(atPath: file.path) else { return }
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        for sample in Self.samples {
            let bytes = try sample.make(GoldenAuthor(sample.suite))
            let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            let lines = stride(from: 0, to: digits.count, by: 32).map {
                digits[$0..<min($0 + 32, digits.count)].joined(separator: " ")
            }
            try keep(lines.joined(separator: "\n") + "\n", "\(sample.name).hex")
            try keep(Self.read(bytes, sample, fixture(sample.suite)), "\(sample.name).txt")
        }
        try keep(await folded(), "fold.txt")
    }
}
