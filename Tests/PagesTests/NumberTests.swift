import Effects
import Foundation
import Testing
import YilianTestKit

/// Numbers that pages tell and the program holds.
@Suite("The numbers that pages tell")
struct NumberTests {
    private typealias Row = [String]

    /// The cells of the rows of all tables of a page.
    private static func rows(_ path: String) throws -> [Row] {
        let text = try SystemDisk().readText(BuiltProgram.checkout + "/" + path)
        return text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    private static func seconds(_ milliseconds: Int64) -> String { "\(milliseconds / 1_000) s" }

    /// `1,024`, as pages write it.
    private static func number(_ value: Int) -> String {
        let digits = Array(String(value))
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digits[index])
        }
    }

    private static func mebibytes(_ bytes: Int) -> String { "\(bytes >> 20) MiB" }

    @Test(
        "the limits of messages are those that the program has",
        arguments: ["docs/conformance.md", "docs/conformance.zh-CN.md"])
    func messages(_ path: String) throws {
        let expected: [(name: String, value: String)] = [
            ("hl7MessageBytes", Self.mebibytes(Limits.hl7MessageBytes)),
            ("hl7Repetitions", Self.number(Limits.hl7Repetitions)),
            ("personIdentifiers", Self.number(Limits.personIdentifiers)),
            ("fhirBodyBytes", Self.mebibytes(Limits.fhirBodyBytes)),
            ("attachmentBytes", Self.mebibytes(Limits.attachmentBytes)),
        ]
        let cells = try Self.rows(path).compactMap(\.last)
        for limit in expected {
            let cell = cells.first { $0.hasPrefix("`Limits.\(limit.name)`") }
            #expect(cell?.hasSuffix(limit.value) == true, "\(limit.name): \(cell ?? "no row")")
        }
        let text = try SystemDisk().readText(BuiltProgram.checkout + "/" + path)
        let payload = path.hasSuffix(".zh-CN.md") ? "（" : " ("
        #expect(text.contains("`Limits.entryPayloadBytes`\(payload)\(Self.mebibytes(Limits.entryPayloadBytes))"))
    }

    @Test("what listeners let in is what the program lets in")
    func listeners() throws {
        let rows = try Self.rows("Nodes/README.md")
        let expected: [Row] = [
            [
                "connections, proven", Self.number(Limits.links), Self.number(Limits.httpsConnections),
                Self.number(Limits.mllpConnections), "",
            ],
            [
                "the same with one identity", Self.number(Limits.linksPerIdentity),
                Self.number(Limits.httpsPerIdentity), Self.number(Limits.mllpConnections), "",
            ],
            [
                "connections, not proven", Self.number(Limits.halfOpenLinks), Self.number(Limits.httpsUnproven),
                Self.number(Limits.mllpUnproven),
                "\(Self.number(Limits.healthConnections)), the oldest makes room at once",
            ],
            [
                "TLS is set up in", "\(Self.seconds(Limits.handshakeMilliseconds)), with the handshake",
                Self.seconds(Limits.tlsMilliseconds), Self.seconds(Limits.tlsMilliseconds), "",
            ],
            [
                "a proof comes in", "", Self.seconds(Limits.httpsProofMilliseconds),
                "\(Limits.mllpProofMilliseconds / 60_000) min",
                "\(Self.seconds(Limits.healthProofMilliseconds)) for a request",
            ],
            [
                "a body, or a message from its first byte to its last",
                "\(Limits.leastLinkBytesPerSecond) B/s at least", Self.seconds(Limits.httpsBodyMilliseconds),
                Self.seconds(Limits.mllpFrameMilliseconds), Self.seconds(Limits.healthProofMilliseconds),
            ],
            [
                "the answer is taken in", "", Self.seconds(Limits.answerMilliseconds),
                Self.seconds(Limits.answerMilliseconds), Self.seconds(Limits.healthAnswerMilliseconds),
            ],
            [
                "nothing comes for", Self.seconds(Limits.idleLinkMilliseconds),
                Self.seconds(Limits.httpsIdleMilliseconds), "\(Limits.mllpIdleMilliseconds / 3_600_000) h",
                Self.seconds(Limits.healthProofMilliseconds),
            ],
        ]
        for row in expected { #expect(rows.contains(row), "\(row)") }
        let text = try SystemDisk().readText(BuiltProgram.checkout + "/Nodes/README.md")
        for words in [
            "have \(Self.mebibytes(Limits.listenerBytes)) together",
            "first \(Limits.listenerFreeBytes >> 10) KiB of each",
            "More than \(Limits.wrongTokensPerMinute) wrong tokens", "\(Limits.descriptorsForFiles) of the process's",
        ] { #expect(text.contains(words), "\(words)") }
    }

    @Test("every key that the program knows of a node's file is explained")
    func nodeKeys() async throws {
        let shown = try await BuiltProgram.run(
            ["config", "show", BuiltProgram.checkout + "/Nodes/demo/pingding.yaml", "--json"])
        try #require(shown.status == 0, "\(shown.errors)")
        let spans = Set(try Page("Nodes/README.md").sections.flatMap(\.spans))
        let settings = try JSONDecoder().decode([[String: String]].self, from: Data(shown.output.utf8))
        #expect(settings.count > 10)
        for key in settings.compactMap({ $0["key"] }) {
            // Numbers are places in lists.
            let words = key.split(separator: ".").filter { Int($0) == nil }
            let last = words.last ?? ""
            let names = [words.joined(separator: "."), String(last), "." + last]
            #expect(!spans.isDisjoint(with: names), "\(key)")
        }
    }
}
