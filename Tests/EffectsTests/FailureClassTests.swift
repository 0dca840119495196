import Effects
import Testing

@Suite("Classes of failures")
struct FailureClassTests {
    @Test(
        "a code's own class comes before its area's",
        arguments: [
            ("access.expired", FailureClass.forbidden), ("access.incomplete", .invalid), ("call.notReachable", .retry),
            ("call.internal", .broken), ("storage.full", .retry), ("storage.failed", .broken),
            ("recognition.notFound", .absent), ("recognition.decisionFinal", .tooLate),
            ("recognition.noPatient", .invalid), ("identity.conflict", .conflict), ("nobody.knows", .broken),
        ])
    func byCode(code: String, expected: FailureClass) {
        #expect(Failure(Failure.Code(rawValue: code), "x").class == expected)
    }
}
