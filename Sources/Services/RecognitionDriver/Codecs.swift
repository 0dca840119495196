import ArgumentParser
import Effects
import Foundation
import Wire

/// Compares codecs and levels on the payload segments of batches of many sizes.
struct Codecs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codecs", abstract: "Compresses batches of 1 to 10,000 reports with each codec and level.",
        discussion: """
            A segment is what a batch holds of so many reports' payloads, each with its salt and its length. Times are
            processor time of this process, the best of five runs. The two dictionaries are trained here, on reports of
            the same making and on reports of another one (the demo's); the program itself has none.
            """)

    struct Line: Codable, Sendable {
        var reports: Int
        var codec: String
        var level: Int
        var plainBytesPerReport: Double
        var packedBytesPerReport: Double
        var compressMicrosecondsPerReport: Double
        var decompressMicrosecondsPerReport: Double
    }

    @Option(help: "Makes the same reports for the same number.")
    var seed: UInt64 = 1
    @Option(help: "Items of each report, 1 to 20.")
    var items = 10
    @Flag(help: "One JSON document instead of a table.")
    var json = false

    /// A way to compress a segment, and back.
    private struct Choice {
        var name: String
        var level: Int
        var compress: ([UInt8]) throws -> [UInt8]
        /// Is told how long the result is.
        var decompress: ([UInt8], Int) throws -> [UInt8]

        init(_ codec: Codec, _ level: Int) {
            (name, self.level) = ("\(codec)", level)
            compress = { try Compression.compress($0, codec: codec, level: level) }
            decompress = { packed, _ in
                try Compression.decompress(packed, codec: codec, limitBytes: Limits.segmentDecompressedBytes)
            }
        }

        init(_ name: String, _ dictionary: TrainedDictionary) {
            (self.name, level) = (name, Int(TrainedDictionary.level))
            compress = dictionary.compress
            decompress = dictionary.decompress
        }
    }

    private func choices() throws -> [Choice] {
        [
            Choice(.zlib, 1), Choice(.zlib, 3), Choice(.zlib, 6), Choice(.zstd, 1), Choice(.zstd, 3),
            Choice(.zstd, 6), Choice(.zstd, 9),
            Choice("zstd+dictionary-of-such", try .ofSuchReports(itemCount: items)),
            Choice("zstd+dictionary-of-others", try .ofOtherReports()),
        ]
    }
    private static let sizes = [1, 10, 100, 1_000, 10_000]
    /// Reports that each measurement goes through, in batches of its size.
    private static let reportsPerRun = 2_000
    private static let runs = 5

    func validate() throws {
        guard (1...20).contains(items) else { throw ValidationError("an option is out of its range; see --help") }
    }

    func run() async throws {
        let disk = World.system.disk
        var lines: [Line] = []
        let choices = try choices()
        for size in Self.sizes {
            let segments = try makeSegments(of: size)
            for choice in choices { lines.append(try measure(segments, size, choice, disk)) }
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            StandardStream.write(String(decoding: try encoder.encode(lines), as: UTF8.self) + "\n", toError: false)
        } else {
            StandardStream.write(Self.table(lines), toError: false)
        }
    }

    private func makeSegments(of size: Int) throws -> [[UInt8]] {
        let generator = LaboratoryReports(seed: seed, itemCount: items)
        let random = SeededRandom(seed: seed)
        return try (0..<max(1, Self.reportsPerRun / size)).map { segment in
            var plain: [UInt8] = []
            for index in 0..<size {
                let payload = try generator.submission(segment * size + index).content.wireBytes()
                ByteStrings.append(UInt32(payload.count + 21), to: &plain)
                plain.append(0)
                ByteStrings.append(UInt32(index), to: &plain)
                plain += random.bytes(16)
                plain += payload
            }
            return plain
        }
    }

    private func measure(
        _ segments: [[UInt8]], _ size: Int, _ choice: Choice, _ disk: any Disk
    ) throws -> Line {
        let count = Double(segments.count * size)
        var packed: [[UInt8]] = []
        let compressing = try best(disk) {
            packed = try segments.map(choice.compress)
        }
        let decompressing = try best(disk) {
            for (segment, plain) in zip(packed, segments) {
                let back = try choice.decompress(segment, plain.count)
                guard back == plain else { throw Failure("load.badCodec", "a segment did not come back as it was") }
            }
        }
        return Line(
            reports: size, codec: choice.name, level: choice.level,
            plainBytesPerReport: Double(segments.reduce(0) { $0 + $1.count }) / count,
            packedBytesPerReport: Double(packed.reduce(0) { $0 + $1.count }) / count,
            compressMicrosecondsPerReport: compressing / count * 1e6,
            decompressMicrosecondsPerReport: decompressing / count * 1e6)
    }

    private func best(_ disk: any Disk, _ body: () throws -> Void) throws -> Double {
        var best = Double.infinity
        for _ in 0..<Self.runs {
            let before = try ProcessFigures.now(disk: disk).cpuSeconds
            try body()
            best = min(best, try ProcessFigures.now(disk: disk).cpuSeconds - before)
        }
        return best
    }

    private static func table(_ lines: [Line]) -> String {
        var text = "reports  codec   plain B  packed B  ratio  pack us  unpack us  (per report)\n"
        for line in lines {
            let name = "\(line.codec)-\(line.level)"
            let figures = [
                line.plainBytesPerReport, line.packedBytesPerReport,
                line.plainBytesPerReport / line.packedBytesPerReport, line.compressMicrosecondsPerReport,
                line.decompressMicrosecondsPerReport,
            ].map { String(format: "%.2f", $0) }
            text += "\(line.reports)  \(name)  " + figures.joined(separator: "  ") + "\n"
        }
        return text
    }
}
