import Console
import Effects
import Identity
import RecognitionEdge
import ServiceKit
import Testing
import YilianTestKit

@Suite struct IdentityVerbTests {
    private static let person = "999999196804129172"
    private static let record = "MR|shi-yy|R-100"

    @Test func identifiersAreLinkedShownSeparatedAndLogged() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        _ = try await region.running("shi") { _ in
            let link: IdentityReceiptInfo = try await answer(
                region, "link", "--also", "-", "--evidence", "document", "--reference", "窗口登记",
                input: Self.person + "\n" + Self.record + "\n")
            #expect(link.isNew)
            let again: IdentityReceiptInfo = try await answer(
                region, "link", "--also", Self.record, "--evidence", "document", "--reference", "窗口登记")
            #expect(!again.isNew)
            #expect(again.entry == link.entry)
            let shown: PersonInfo = try await answer(region, "show")
            #expect(shown.identifiers.map(\.identifier.value) == [Self.person, "R-100"])
            #expect(shown.identifiers.last?.evidence == ["link \(link.entry)"])
            #expect(shown.records.map(\.evidenceWord) == ["证件核对"])
            let found: PersonInfo = try await answer(region, "lookup", "--of-type", "MR")
            #expect(found.identifiers.map(\.identifier.value) == ["R-100"])
            let apart: IdentityReceiptInfo = try await answer(
                region, "separate", "--from", Self.record, "--reason", "登记错误")
            #expect(apart.undone == [link.entry])
            let refused = try await region.yilian(
                "identity", "link", "--data", region.data("shi"), "--citizen-id", "-", "--practitioner", "dr-li",
                "--order", "O-1", "--also", Self.record, "--evidence", "document", input: Self.person + "\n")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("[identity.conflict]"))
            #expect(refused.errors.contains(apart.entry))
            #expect(!refused.errors.contains(Self.person))
            try await log(region, link: link.entry, separation: apart.entry)
            let overruled: IdentityReceiptInfo = try await answer(
                region, "link", "--also", Self.record, "--evidence", "operator", "--overrule", apart.entry)
            #expect(overruled.isNew)
            let back: PersonInfo = try await answer(region, "lookup")
            #expect(back.identifiers.count == 2)
            let audit = try await region.yilian("audit", "show", link.statement, "--data", region.data("shi"))
            #expect(audit.output.contains("identity.link"))
        }
    }

    private func log(_ region: TrialRegion, link: String, separation: String) async throws {
        let json = try await region.yilian("identity", "log", "--data", region.data("shi"), "--json")
        let records = try OperatorJSON.value([IdentityRecordInfo].self, from: Array(json.output.utf8), place: nil)
        #expect(records.map(\.entry) == [separation, link])
        #expect(records.map(\.isStanding) == [true, false])
        #expect(records.map(\.practitioner) == ["dr-li", "dr-li"])
        #expect(records.allSatisfy { $0.identifiers.isEmpty })
        let text = try await region.yilian("identity", "log", "--data", region.data("shi"))
        #expect(text.status == 0)
        for word in ["证件核对", "窗口登记", "登记错误", "已撤销 no", "dr-li"] { #expect(text.output.contains(word)) }
        for secret in [Self.person, "R-100"] {
            #expect(!text.output.contains(secret))
            #expect(!json.output.contains(secret))
        }
    }

    private func answer<Value: Decodable>(
        _ region: TrialRegion, _ verb: String, _ more: String..., input: String = person + "\n"
    ) async throws -> Value {
        let arguments =
            [
                "identity", verb, "--data", region.data("shi"), "--citizen-id", "-", "--practitioner", "dr-li",
                "--order", "O-1", "--json",
            ] + more
        let outcome = try await BuiltProgram.run(arguments, in: region.folder, input: input)
        // What counts at this node alone wants a look.
        let isHereOnly = outcome.output.filter { !$0.isWhitespace }.contains(#""isHereOnly":true"#)
        try #require(outcome.status == (isHereOnly ? 3 : 0), "\(verb): \(outcome.errors)")
        return try OperatorJSON.value(Value.self, from: Array(outcome.output.utf8), place: nil)
    }
}
