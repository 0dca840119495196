import Effects

extension FailureDefinition {
    /// What can be wrong with measuring calls.
    static let loadDriver: [FailureDefinition] = [
        FailureDefinition(
            "load.wrongAnswer", .broken, "the answer has another size than the question", "答复与提问大小不同",
            remedy: .runAgain)
    ]
}
