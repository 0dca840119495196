import Console
import Effects
import ServiceKit
import Testing
import YilianTestKit

@testable import yilian

/// A word of a closed list that is misspelt is an error that names the list, never "nothing was found".
@Suite struct VocabularyTests {
    /// Options that take text, numbers, moments, files, addresses, or names that only one hospital knows.
    private static let free: Set<String> = [
        "data", "url", "ca", "token-file", "citizen-id", "identifier", "type", "issuer", "practitioner", "order",
        "consent",
        "break-glass", "limit", "older", "after", "before", "dns", "ip", "days", "drop", "overlap-days", "reason",
        "wait", "from", "to", "asker",
        "root",
        "until", "key", "documents", "out", "file", "order-number", "text", "count", "receipt", "of-type", "of-issuer",
        "name", "birth-date", "summary", "attach", "region", "authority", "config", "parent", "link-listen",
        "addresses-file", "with-parent", "seed", "seeds", "hours", "counties", "townships", "keep", "messages", "nodes",
        "day", "also", "reference", "overrule", "link", "evidence", "period", "expert", "attempt", "findings",
        "conclusion",
        "chain", "lot", "units", "id", "starts", "ends", "label", "field", "person",
        "hold", "reporter", "record-number", "specimen", "patient-name", "number", "reviewer",
    ]

    /// What a misspelt word of each closed list is answered with; `known` is one of the list.
    private struct Misspelling: Sendable {
        var option: String
        var line: [String]
        var known: String
    }

    private static let misspellings = [
        Misspelling(
            option: "purpose", line: ["audit", "list", "--purpose", "treatmnt"], known: "did you mean 'treatment'?"),
        Misspelling(
            option: "from-node", line: ["audit", "list", "--from-node", "diaodo"], known: "did you mean 'diaodu'?"),
        Misspelling(option: "system", line: ["audit", "list", "--system", "hiss"], known: "none is known yet"),
        Misspelling(option: "state", line: ["consult", "list", "--state", "ofered"], known: "did you mean 'offered'?"),
        Misspelling(
            option: "specialty", line: ["consult", "list", "--specialty", "egc"], known: "did you mean 'ecg'?"),
        Misspelling(option: "format", line: ["import", "m.hl7", "--format", "hl7v3"], known: "did you mean 'hl7v2'?"),
        Misspelling(option: "institution", line: ["import", "m.hl7", "--institution", "shi-y"], known: "shi-yy"),
        Misspelling(option: "level", line: ["log", "level", "warn"], known: "warning"),
        Misspelling(option: "level", line: ["log", "show", "--level", "eror"], known: "--level is one of"),
        Misspelling(
            option: "for", line: ["queue", "export", "--for", "diaodo", "--out", "o"], known: "did you mean 'diaodu'?"),
        Misspelling(option: "for", line: ["queue", "why", "diaodo"], known: "did you mean 'diaodu'?"),
        Misspelling(
            option: "purpose", line: person(["record", "find"], "--purpose", "emergancy"),
            known: "did you mean 'emergency'?"),
        Misspelling(
            option: "unit", line: person(["record", "find"], "--unit", "shi-y"), known: "did you mean 'shi-yy'?"),
        Misspelling(option: "kind", line: request("--kind", "egc"), known: "did you mean 'ecg'?"),
        Misspelling(option: "sex", line: request("--kind", "ecg", "--sex", "male"), known: "M, F, O, U"),
        Misspelling(
            option: "suite", line: ["cert", "init", "x", "--region", "r", "--suite", "sm3"],
            known: "--suite is ed25519 or sm2"),
        Misspelling(
            option: "at", line: ["inventory", "hold", "shi-beds", "--at", "shy", "--practitioner", "dr-li"],
            known: "did you mean 'shi'?"),
        Misspelling(
            option: "to-node",
            line: [
                "inventory", "allot", "shi-beds", "--lot", "a", "--units", "1", "--to-node", "shy", "--practitioner",
                "n",
            ], known: "did you mean 'shi'?"),
        Misspelling(
            option: "inventory", line: ["inventory", "holds", "--inventory", "shi-bads"],
            known: "shi-beds"),
        Misspelling(
            option: "direction", line: ["referral", "list", "--direction", "upp"], known: "did you mean 'up'?"),
        Misspelling(
            option: "target",
            line: ["referral", "act", "shi.01KB", "offered", "--target", "shy", "--practitioner", "dr-li"],
            known: "did you mean 'shi'?"),
        Misspelling(
            option: "grade", line: adverse("--grade", "levl-1", "--kind", "fall"), known: "did you mean 'level-1'?"),
        Misspelling(
            option: "kind", line: adverse("--grade", "level-1", "--kind", "fal"), known: "did you mean 'fall'?"),
        Misspelling(
            option: "modality", line: ["diagnosis", "list", "--modality", "egc"], known: "did you mean 'ecg'?"),
        Misspelling(
            option: "role", line: ["account", "create", "zhou", "--person", "x", "--role", "operater"],
            known: "--role is one of"),
        Misspelling(
            option: "finding",
            line: [
                "audit", "review", "shi/0/clinical/0/0", "--finding", "justifed", "--text", "x", "--reviewer", "shen",
            ],
            known: "--finding is justified or unjustified"),
        Misspelling(option: "mutant", line: ["simulate", "--mutant", "x"], known: "--mutant is one of"),
    ]

    private static func person(_ verb: [String], _ more: String...) -> [String] {
        verb + [
            "--identifier", "R-1", "--type", "MR", "--issuer", "shi-yy", "--practitioner", "dr-li", "--order", "O-1",
        ] + more
    }

    private static func request(_ more: String...) -> [String] {
        [
            "consult", "create", "--identifier", "R-1", "--type", "MR", "--issuer", "shi-yy", "--practitioner", "dr-li",
            "--consent", "C-1", "--name", "赵试七", "--summary", "胸痛", "--reason", "诊断",
        ] + more
    }

    private static func adverse(_ more: String...) -> [String] {
        ["adverse", "report", "--field", "what=滑倒", "--field", "harm=mild"] + more
    }

    @Test func everyOptionIsFreeOrOfAListThatIsTriedHere() throws {
        let closed = Set(Self.misspellings.map(\.option))
        let all = try VerbDescription.program().verbs.filter { ($0.subcommands ?? []).isEmpty }.flatMap { verb in
            verb.shownArguments.filter { $0.kind == "option" }.compactMap { argument in
                argument.names?.first { $0.kind == "long" }.map { (verb: verb.words, name: $0.name) }
            }
        }
        #expect(all.count > 50)
        let unknown = all.filter { !Self.free.contains($0.name) && !closed.contains($0.name) }
        #expect(unknown.map { "\($0.verb) --\($0.name)" } == [], "say whether it takes a word of a closed list")
    }

    /// Words where an endpoint takes others.
    private struct Words: Codable {
        var refused: String?
        var state: String?
        var specialty: String?
        var check: String?
    }

    @Test func aMisspeltWordIsAnsweredWithTheNearestAndTheList() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        let disk = SystemDisk()
        let yaml = region.folder + "/region.yaml"
        try disk.write(
            try disk.readText(yaml) + """
                rosters:
                  - home: shi
                    experts: [{id: ecg-chen, name: 陈文, node: shi, specialties: [ecg]}]
                serviceLevels:
                  - {kind: ecg, name: 心电, specialty: ecg, claimSeconds: 600, reportSeconds: 600, graceSeconds: 60}
                inventories:
                  - {id: shi-beds, name: 床位, kind: bed, unit: shi-yy, node: shi, holdSeconds: 600, wishSeconds: 600}
                adverseLevels: [{grade: level-1, name: 警告事件, acceptSeconds: 600, analysisSeconds: 600}]

                """, to: yaml)
        try disk.write("MSH|^~\\&|LIS|H|Y|Y|20261121083000||ORU^R01|M-1|P|2.4\r", to: region.folder + "/m.hl7")
        try await region.issueAndPublish()
        _ = try await region.running("shi") { addresses in
            for one in Self.misspellings {
                let asksNode = !["cert", "simulate"].contains(one.line[0]) && one.line[1] != "show"
                let line = one.line + (asksNode ? ["--data", region.data("shi")] : [])
                let outcome = try await BuiltProgram.run(line, in: region.folder)
                #expect([1, 2].contains(outcome.status), "\(one.line): \(outcome.output)")
                #expect(outcome.errors.contains(one.known), "\(one.line): \(outcome.errors)")
            }
            try await ConsoleClient.with(.socket(path: addresses.socket)) { client in
                let questions = [
                    ("messages/list", Words(refused: "yes")), ("consultations", Words(state: "x")),
                    ("consultations", Words(specialty: "x")),
                ]
                for (path, words) in questions {
                    let endpoint = Endpoint<Words, AnyJSON>(
                        .get, path, summary: "As a stranger asks.", question: .query, answer: .json)
                    let failure = await #expect(throws: Failure.self, "\(path)") {
                        _ = try await client.ask(endpoint, words)
                    }
                    #expect(failure?.code == "console.badRequest", "\(path)")
                }
                let endpoint = Endpoint<Upload<Words>, AnyJSON>(
                    .post, "import", summary: "As a stranger sends.", question: .upload(limitBytes: 1_000),
                    answer: .json)
                let failure = await #expect(throws: Failure.self) {
                    _ = try await client.ask(endpoint, Upload(Array("MSH|".utf8), Words(check: "yes")))
                }
                #expect(failure?.code == "console.badRequest", "it must not be taken for an order to import")
            }
        }
    }
}
