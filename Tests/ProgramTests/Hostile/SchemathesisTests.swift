import Effects
import Foundation
import Testing
import YilianTestKit

/// Whoever knows only the document of the operator's interface, and tries whatever it allows and forbids.
///
/// `Scripts/test` names schemathesis with `YILIAN_SCHEMATHESIS`; where nobody does, nothing is tried.
@Suite("A stranger with the document", .serialized)
struct SchemathesisTests {
    private static let program = ProcessInfo.processInfo.environment["YILIAN_SCHEMATHESIS"]

    @Test("meets no undocumented status, type or form of an answer, and no fault", .enabled(if: program != nil))
    func interface() async throws {
        try await AttackedNode.attacked { node in
            let token = try SystemDisk().readText(node.data + "/operator.token").filter { !$0.isWhitespace }
            let outcome = try await BuiltProgram.run(
                [
                    "run", "https://\(node.addresses.https ?? "")/v1/openapi.json", "--tls-verify", "false",
                    "--header", "Authorization: Bearer \(token)", "--seed", "1", "--max-examples", "5",
                    "--phases", "coverage,fuzzing", "--suppress-health-check", "all", "--no-color", "--checks",
                    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
                ], in: node.region.folder, program: Self.program)
            #expect(outcome.status == 0, "\(outcome.output.suffix(8_000))\(outcome.errors.suffix(2_000))")
        }
    }
}
