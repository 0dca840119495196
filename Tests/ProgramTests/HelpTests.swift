import Testing
import YilianTestKit

@Suite struct HelpTests {
    static let verbs = [
        "node start", "node status", "cert init", "cert issue", "cert renew", "cert prolong", "cert revoke",
        "cert list", "cert adopt", "cert epoch list", "cert epoch new", "cert epoch recover", "region check",
        "region diff", "region publish", "region accept", "region show", "region nodes", "region divisions",
        "config check",
        "config show", "import",
        "record find",
        "identity show", "identity lookup", "identity link", "identity separate", "identity log",
        "record show", "record export", "record verify", "consult create", "consult list", "consult show",
        "consult claim", "consult report", "consult acknowledge", "indicator show", "indicator close", "queue list",
        "queue why", "queue export", "queue import", "peer list", "trace", "ledger verify", "ledger refold",
        "audit list", "audit show", "audit openings", "audit review", "audit own", "recognition terms", "account list",
        "account create", "account grant", "account unlock",
        "account disable", "account enable", "account reset", "account link", "account events", "manual",
        "message list",
        "message show", "queue show", "log show", "log level",
    ]

    @Test(arguments: verbs) func everyVerbExplainsItself(_ verb: String) async throws {
        let outcome = try await BuiltProgram.run(verb.split(separator: " ").map(String.init) + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.hasPrefix("OVERVIEW: "))
        #expect(outcome.output.contains("Example: "))
        #expect(outcome.output.contains("--json"))
    }

    @Test func theProgramNamesItsNounsAndItsVersion() async throws {
        let help = try await BuiltProgram.run(["--help"])
        #expect(help.status == 0)
        for noun in Set(Self.verbs.compactMap { $0.split(separator: " ").first }) {
            #expect(help.output.contains("  \(noun) "))
        }
        let version = try await BuiltProgram.run(["--version"])
        #expect(version.status == 0)
        #expect(version.output.hasPrefix("yilian "))
    }

    @Test(arguments: [
        ["nonsense"], ["node"], ["node", "start"], ["node", "status"], ["node", "status", "--data", "x", "--url", "y"],
        ["record", "find", "--data", "x", "--practitioner", "p"],
        ["cert", "init", "auth", "--region", "r", "--suite", "rsa"],
        ["queue", "export", "--for", "x", "--out", "f", "--from", "3"], ["region", "show", "--file", "f"],
        ["consult", "show", "r", "--documents", "d", "--data", "x"],
        ["message", "list", "--limit", "0", "--data", "x"], ["identity", "log", "--limit", "-1", "--data", "x"],
        ["recognition", "decisions", "--limit", "0", "--data", "x"],
        ["audit", "list", "--citizen-id", "-", "--identifier", "-", "--data", "x"], ["log", "show", "--level", "loud"],
    ]) func wrongUsageIsExitCode2(_ arguments: [String]) async throws {
        let outcome = try await BuiltProgram.run(arguments, in: "/tmp")
        // A noun alone shows its help, which is no mistake.
        #expect(outcome.status == (arguments == ["node"] ? 0 : 2), "\(outcome.errors)")
        #expect(outcome.status == 0 || !outcome.errors.isEmpty)
    }

    @Test(arguments: [
        (["queeu", "list", "--data", "x"], "'queeu' is nothing that `yilian` knows; it knows demo, node,"),
        (["queue", "lits", "--data", "x"], "'lits' is nothing that `yilian queue` knows; it knows list, why,"),
    ]) func aMisspeltVerbIsNamedBeforeTheOptionsThatFollowIt(_ arguments: [String], _ problem: String) async throws {
        let outcome = try await BuiltProgram.run(arguments, in: "/tmp")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(problem), "\(outcome.errors)")
        #expect(!outcome.errors.contains("Unknown option"))
    }
}
