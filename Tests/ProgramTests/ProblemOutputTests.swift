import Effects
import Foundation
import Testing
import YilianTestKit

@Suite("Problems as JSON")
struct ProblemOutputTests {
    private func problem(_ arguments: [String]) async throws -> (ProblemInfo, BuiltProgram.Outcome) {
        let outcome = try await BuiltProgram.run(arguments, in: "/tmp")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        return (try JSONDecoder().decode(ProblemInfo.self, from: Data(outcome.errors.utf8)), outcome)
    }

    @Test("a verb with --json says what went wrong in one line of JSON, whatever it was about")
    func failures() async throws {
        for (arguments, code, failureClass) in [
            (["region", "show", "--file", "/nowhere", "--root", "/nowhere"], "disk.notFound", "absent"),
            (["queue", "list", "--data", "/nowhere"], "console.notReachable", "retry"),
            (["cert", "list", "/nowhere"], "cert.noFolder", "invalid"),
        ] {
            let (problem, outcome) = try await problem(arguments + ["--json"])
            #expect(outcome.status == (code == "console.notReachable" ? 4 : 1))
            #expect(problem.code == code && problem.failureClass == failureClass)
            #expect(!problem.message.isEmpty && problem.remedy?.isEmpty == false)
            #expect(problem.messageChinese.unicodeScalars.contains { $0.properties.isIdeographic })
            #expect(problem.remedyChinese != nil && problem.correlation == nil)
        }
    }

    @Test("wrong usage, too")
    func usage() async throws {
        let (problem, outcome) = try await problem(["queue", "list", "--nonsense", "--json"])
        #expect(outcome.status == 2)
        #expect(problem.code == "usage.wrong" && problem.message.contains("--nonsense"))
    }
}
