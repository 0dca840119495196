import Foundation
import Testing

/// Messages of the corpus, cut, reordered, re-encoded and mutated, one for each seed, through the real edge.
///
/// `YILIAN_CORPUS_SEEDS` says how many (200 where it is not set), `YILIAN_CORPUS_FIRST` with which it begins:
///
///     YILIAN_CORPUS_SEEDS=10000 Scripts/test --filter AcceptanceTests.CorpusRunTests
@Suite("A corpus run: whatever a hospital sends is answered, and nothing of what is accepted gets lost", .serialized)
struct CorpusRunTests {
    private static func number(_ name: String, usually: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? usually
    }

    @Test("each message is answered, each refusal gives its reason, each accepted one is read back whole")
    func run() async throws {
        let count = Self.number("YILIAN_CORPUS_SEEDS", usually: 200)
        let first = Self.number("YILIAN_CORPUS_FIRST", usually: 1)
        let corpus = Corpus()
        try await AcceptanceRegion.run { region in
            var (accepted, refused, lines) = (0, 0, 0)
            for seed in first..<first + count {
                let message = try corpus.message(seed: seed)
                let verdict = try await Self.verdict(on: message, in: region)
                if verdict.isAccepted {
                    accepted += 1
                    lines += try await Self.check(message, verdict, in: region)
                } else {
                    refused += 1
                    #expect(!verdict.reasons.isEmpty, "\(message) is refused without a reason: \(verdict.text)")
                }
            }
            print(
                "corpus run: \(count) messages from seed \(first), \(accepted) accepted with \(lines) lines, \(refused) refused"
            )
            #expect(accepted > count / 4 && refused > count / 50, "the run tries both")
            #expect(lines > accepted, "accepted messages hold lines")
        }
    }

    private static func verdict(on message: CorpusMessage, in region: AcceptanceRegion) async throws -> CorpusVerdict {
        if message.file.isFHIR || message.origin.isFHIR {
            let answer = try await region.sending.post(message.file.bytes)
            #expect([200, 201, 400, 413, 422].contains(answer.status), "\(message): \(answer.status) \(answer.text)")
            return CorpusVerdict(fhir: answer)
        }
        return CorpusVerdict(hl7: try await region.sending.mllp([message.file.bytes]).joined(separator: "\r"))
    }

    /// Reads a message back from its own node and accounts for each of its lines.
    ///
    /// - Returns: how many lines it has.
    private static func check(
        _ message: CorpusMessage, _ verdict: CorpusVerdict, in region: AcceptanceRegion
    ) async throws -> Int {
        let lines = message.origin.isFHIR ? try CorpusLine.fhir(message.file) : try CorpusLine.hl7(message.file)
        // Two messages in one frame have an answer each, and one of them may be refused.
        let headers = message.origin.isFHIR ? 1 : try ForeignHL7(message.file.bytes).segments.count { $0[0] == "MSH" }
        guard !lines.isEmpty, verdict.acceptedCount >= headers else { return 0 }
        var read = ""
        for patient in Set(try message.file.reports.flatMap(\.patients)) where !patient.value.isEmpty {
            let answer = try await region.sending.search(patient)
            guard answer.status == 200 else { continue }
            read += try ForeignJSON(answer.body).allText
            let values = try ForeignFHIR(answer.body).reports.flatMap(\.lines).flatMap(\.values)
            read += values.joined(separator: "\u{1}") + "\u{1}"
        }
        let missing = lines.filter { line in
            !line.isWithdrawn && !line.values.contains { read.contains($0) } && !verdict.warns(of: line)
        }
        // A warning about several lines names the first of them and says how many they are.
        #expect(
            missing.count <= verdict.linesCountedTogether,
            """
            \(message): \(missing.map { $0.place + " " + ($0.values.first ?? "") }) are neither there nor warned about
            message: \(message.text)
            answer: \(verdict.lines)
            """)
        return lines.count
    }
}
