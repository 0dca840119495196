import RecognitionTestKit
import Testing
import YilianTestKit

/// One report that comes twice, in HL7 v2 and in FHIR, and messages that claim to be each other.
@Suite("Twins and namesakes", .serialized)
struct TwinAcceptanceTests {
    struct Twins: Sendable, CustomStringConvertible {
        var hl7: MessageFile
        var fhir: MessageFile
        var description: String { hl7.stem }
    }

    static func pairs() -> [Twins] {
        let files = MessageFolder.sampleFiles()
        return files.filter { !$0.isFHIR }.compactMap { hl7 in
            files.first { $0.isFHIR && $0.stem == hl7.stem }.map { Twins(hl7: hl7, fhir: $0) }
        }
    }

    @Test("the samples hold such pairs", .enabled(if: MessageFolder.samples != nil, "YILIAN_SAMPLES names no folder"))
    func hasPairs() {
        #expect(Self.pairs().count >= 3)
    }

    @Test("HL7 and FHIR of one report make one result, in both orders", arguments: pairs(), [true, false])
    func oneResult(_ twins: Twins, isHL7First: Bool) async throws {
        let (first, second) = isHL7First ? (twins.hl7, twins.fhir) : (twins.fhir, twins.hl7)
        try await Self.check(first, second)
    }

    /// Sends both and expects one result for each report, void where either of the two is.
    static func check(_ first: MessageFile, _ second: MessageFile) async throws {
        let (sent, again) = (try first.reports, try second.reports)
        #expect(sent.count == again.count, "\(first)")
        try await AcceptanceRegion.run { region in
            try await region.deliver(first, versions: sent.count)
            try await region.deliver(second)
            let found = try await region.found(sent[0].patients, of: first)
            #expect(found.summaries.count == sent.count, "\(first) and \(second) are one report")
            #expect(try await region.sender.reportCounts().results == sent.count)
            let void = zip(sent, again).filter { $0.isVoid || $1.isVoid }.count
            #expect(found.summaries.filter(\.isVoid).count == void, "\(first)")
            #expect(found.answers.filter(\.isVoid).count == void, "\(first)")
            let misled = found.summaries.filter { $0.isVoid && $0.isRecognisable }
            #expect(misled.isEmpty)
        }
    }

    @Test("files with one control id and one filler number are judged on their content")
    func namesakes() async throws {
        let files = MessageFolder.sampleFiles().filter { !$0.isFHIR }
        var pairs: [(MessageFile, MessageFile)] = []
        for (index, file) in files.enumerated() {
            for other in files.dropFirst(index + 1) where try Self.areNamesakes(file, other) {
                pairs.append((file, other))
            }
        }
        pairs.append((NamesakeMessages.stool, NamesakeMessages.blood))
        if MessageFolder.samples != nil { #expect(pairs.count > 1, "the samples have such a pair") }
        for (file, other) in pairs {
            let (sent, then) = (try file.reports, try other.reports)
            try await AcceptanceRegion.run { region in
                try await region.deliver(file, versions: sent.count)
                try await region.deliver(other, versions: sent.count + then.count)
                try await region.deliver(other, versions: sent.count + then.count)
                let found = try await region.found(then[0].patients, of: other)
                if Set(sent.map(\.service)) == Set(then.map(\.service)) {
                    #expect(found.summaries.map(\.versionCount) == [2], "the second is a new version of the first")
                    Comparison(file: other).check(then, found)
                } else {
                    #expect(found.summaries.map(\.versionCount) == [1, 1], "another service is another result")
                    Comparison(file: other).check(sent + then, found)
                }
            }
        }
    }

    private static func areNamesakes(_ one: MessageFile, _ other: MessageFile) throws -> Bool {
        let (left, right) = (try ForeignHL7(one.bytes), try ForeignHL7(other.bytes))
        let number: (ForeignHL7) -> String = { message in
            message.segments.first { $0[0] == "OBR" }.map { message.text($0, 3) } ?? ""
        }
        return !number(left).isEmpty && number(left) == number(right)
            && left.text(left.header, 10) == right.text(right.header, 10) && one.bytes != other.bytes
    }

    @Test("two OBR of one code without a filler number are two results")
    func withoutFillerNumber() async throws {
        var files = try MessageFolder.sampleFiles().filter { file in
            guard !file.isFHIR else { return false }
            let message = try ForeignHL7(file.bytes)
            let orders = message.segments.filter { $0[0] == "OBR" }
            return orders.contains { message.text($0, 3).isEmpty }
                && Set(orders.map { message.text($0, 4) }).count < orders.count
        }
        if MessageFolder.samples != nil { #expect(!files.isEmpty, "the samples have such a file") }
        files.append(NamesakeMessages.screening)
        for file in files {
            let sent = try file.reports
            try await AcceptanceRegion.run { region in
                try await region.deliver(file, versions: sent.count)
                try await region.deliver(file, versions: sent.count)
                #expect(try await region.sender.reportCounts().results == sent.count)
                Comparison(file: file).check(sent, try await region.found(sent[0].patients, of: file))
            }
        }
    }
}
