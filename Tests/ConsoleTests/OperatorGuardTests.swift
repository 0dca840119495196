import Effects
import Testing

@testable import Console

@Suite struct OperatorGuardTests {
    @Test func onlyAWholeTokenHolds() throws {
        let token = "0123456789abcdef0123456789abcdef"
        let tokens = try OperatorTokens([token])
        #expect(tokens.holds(token))
        #expect(!tokens.holds(String(token.dropLast())))
        #expect(!tokens.holds(token + "0"))
        #expect(!tokens.holds(""))
    }

    @Test func anEmptyListLetsNobodyIn() throws {
        #expect(!(try OperatorTokens([]).holds("")))
    }

    @Test func aShortTokenIsRefused() {
        #expect(throws: Failure("console.weakToken", "")) { try OperatorTokens(["short"]) }
    }

    @Test func replacedTokensHoldNoMore() throws {
        let old = "0123456789abcdef0123456789abcdef"
        let new = "fedcba9876543210fedcba9876543210"
        let tokens = try OperatorTokens([old])
        try tokens.replace([new])
        #expect(!tokens.holds(old))
        #expect(tokens.holds(new))
    }

    @Test func aSocketPathThatIsTooLongIsSaidToBe() throws {
        #expect(try SocketFile.path(in: "/var/lib/yilian/a") == "/var/lib/yilian/a/yilian.sock")
        let folder = "/" + String(repeating: "长", count: 40)
        let failure = #expect(throws: Failure.self) { try SocketFile.path(in: folder) }
        #expect(failure?.code == "console.socketPath")
        #expect(failure?.remedy != nil)
    }

    @Test(arguments: [
        ("access.badSignature", 403), ("access.incomplete", 400), ("ledger.notHeld", 404), ("region.rollback", 409),
        ("consultation.unknown", 404), ("consultation.taken", 409), ("consultation.wrongState", 409),
        ("storage.full", 503), ("call.notReachable", 502), ("console.unauthorised", 401), ("code.citizenIDCheck", 400),
        ("console.tooLarge", 413), ("consultation.tooLate", 409), ("recognition.decisionFinal", 409),
        ("recognition.notFound", 404), ("disk.unwritable", 500), ("region.badSignature", 400),
        ("region.epochLost", 409),
        ("patientKey.notAuthorised", 403), ("courier.notEntitled", 403), ("author.notDelivered", 403),
        ("nobody.knowsUnknownThings", 500),
    ]) func aFailureHasAFittingStatus(_ code: String, _ status: Int) {
        #expect(ProblemStatus.of(Failure(Failure.Code(rawValue: code), "")).code == status)
    }
}
