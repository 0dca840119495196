import Effects
import Hummingbird
import Testing

@testable import Console

@Suite struct AnswerPrivacyTests {
    private struct Word: Codable {
        var word: String
    }

    @Test func nobodyOnTheWayKeepsAnAnswer() throws {
        let answers = [
            try ConsoleAnswer.json(Word(word: "a")), try ConsoleAnswer.json(Word(word: "a"), status: .notFound),
            ConsoleAnswer.file([1]), ConsoleAnswer.text("a"), ConsoleAnswer.text("a", type: "text/csv"),
        ]
        for answer in answers { #expect(answer.headers[.cacheControl] == "no-store") }
    }
}
