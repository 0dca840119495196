import Effects
import Foundation
import HL7
import MessageCorpus
import Recognition
import Testing

@testable import Edge

/// All messages of the corpora, cut, reordered, re-encoded and changed, through the real edge, one message a seed.
///
/// `YILIAN_MUTATION_SEEDS` says how many seeds are tried, `YILIAN_MUTATION_FIRST` where they begin.
@Suite("Messages changed by a seed, at the real edge")
struct MutatedIntakeTests {
    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
    private static let count = number("YILIAN_MUTATION_SEEDS") ?? 200
    private static let first = number("YILIAN_MUTATION_FIRST") ?? 1

    private static func corpus() throws -> MessageMutation {
        let cases = try EdgeCases.names(ending: ".hl7").map(EdgeCases.bytes)
        let demo = try Files.all(in: Files.demo + "/hl7v2", ending: ".hl7").map(\.bytes)
        let samples = try Files.samples.map { try Files.all(in: $0 + "/hl7v2", ending: ".hl7").map(\.bytes) } ?? []
        return MessageMutation(cases + demo + samples)
    }

    @Test func eachIsAnsweredAndEachLineOfAnAcceptedOneIsAccountedFor() async throws {
        let corpus = try Self.corpus()
        let fixture = try await EdgeFixture.open()
        var taken = 0
        for seed in Self.first..<(Self.first + Self.count) {
            let mutated = corpus.message(seed: seed)
            guard let bytes = try? mutated.bytes(), HL7Batch.messages(in: bytes).count == 1 else { continue }
            let result = await fixture.intake.take(bytes, principal: fixture.principal)
            switch result.outcome {
            case .refused:
                #expect(!result.problems.isEmpty && result.problems.allSatisfy { !$0.text.isEmpty }, "seed \(seed)")
                #expect(result.codes.allSatisfy { ["AE", "AR"].contains($0) }, "seed \(seed)")
            case .notStored: Issue.record("seed \(seed) was not stored: \(result.text)")
            case .accepted, .duplicate:
                taken += 1
                #expect(result.codes.allSatisfy { $0 == "AA" }, "seed \(seed)")
                try await Self.check(PlainLine.all(in: mutated.text), result, fixture, "seed \(seed)")
            }
        }
        #expect(taken > Int(Self.count) / 4, "only \(taken) were taken")
    }

    private static func check(
        _ lines: [PlainLine], _ result: IntakeResult, _ fixture: EdgeFixture, _ seed: String
    ) async throws {
        var codes: Set<String> = []
        for report in result.records {
            let content = try await fixture.content(report.entry)
            // A withdrawal withdraws; its lines are nobody's.
            if content.status == .void { return }
            for line in content.observations + content.conclusions { codes.insert(line.code.code) }
            for line in content.attachments { codes.insert(line.code?.code ?? "") }
        }
        let plain = Set(codes.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) })
        let passedOver = result.warnings.filter {
            $0.place == "OBX" || $0.place.hasPrefix("OBX[") && !$0.place.contains("-")
        }
        let missing = lines.filter { $0.hasPlainCode && !plain.contains($0.code) }
        #expect(missing.isEmpty || !passedOver.isEmpty, "\(seed): \(missing.map(\.code)) are nowhere")
    }
}
