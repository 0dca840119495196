import Effects
import Testing
import Wire

@Suite struct CallMessageTests {
    private struct Secret: Error, CustomStringConvertible {
        var description: String { "张三 110101199001011237" }
    }

    @Test func aRequestComesBackAsItWas() throws {
        let request = CallRequest(
            method: 101, desk: "recognition", deadlineMilliseconds: 1_500, correlation: "01ABC", arguments: [1, 2])
        let message = try request.message()
        #expect(try CallRequest(message: message) == request)
        for length in 0..<message.count - 2 {
            #expect(throws: Failure("wire.badValue", "")) { try CallRequest(message: Array(message.prefix(length))) }
        }
    }

    @Test func anAnswerComesBackAsItWas() throws {
        var refusal = CallRefusal(.overloaded, correlation: "01ABC", tryAgainAfterMilliseconds: 500)
        #expect(try CallResponse(message: CallResponse(.refused(refusal)).message()).answer == .refused(refusal))
        refusal = CallRefusal(of: Failure("consult.claimed", "somebody has it", remedy: "wait"), correlation: "01")
        #expect(try CallResponse(message: CallResponse(.refused(refusal)).message()).answer == .refused(refusal))
        #expect(try CallResponse(message: CallResponse(.value([7])).message()).answer == .value([7]))
        #expect(try CallResponse(message: CallResponse(.value([])).message()).answer == .value([]))
    }

    @Test func aDesksFailureArrivesWithItsOwnCode() {
        let thrown = Failure("consult.claimed", "somebody has it", place: "/var/lib/yilian", remedy: "wait")
        let refusal = CallRefusal(of: thrown, correlation: "01")
        let arrived = refusal.failure(from: "pingding")
        #expect(arrived.code == "consult.claimed")
        #expect(arrived.message == "somebody has it")
        #expect(arrived.place == "pingding")
    }

    @Test func anErrorThatIsNoFailureTellsNothingButTheCorrelation() throws {
        let refusal = CallRefusal(of: Secret(), correlation: "01ABC")
        #expect(refusal == CallRefusal(.internal, correlation: "01ABC"))
        let bytes = try CallResponse(.refused(refusal)).message()
        #expect(!String(decoding: bytes, as: UTF8.self).contains("张三"))
        #expect(refusal.failure(from: "n").description.contains("01ABC"))
    }

    @Test func whatAPeerWroteIsCutAndPrintable() throws {
        var refusal = CallRefusal(.refusedByDesk, correlation: "a\nb")
        refusal.deskCode = String(repeating: "x", count: 500)
        refusal.message = "line\nline\u{1B}[31m"
        guard case .refused(let read) = try CallResponse(message: CallResponse(.refused(refusal)).message()).answer
        else {
            Issue.record("a refusal became a value")
            return
        }
        #expect(read.correlation == "a b")
        #expect(read.deskCode?.count == 64)
        #expect(read.message == "line line [31m")
    }

    @Test func numbersOfTheCatalogueNeverChange() {
        let codes: [CallErrorCode] = [
            .unknownMethod, .wrongActor, .notEntitled, .malformed, .deadlineExceeded, .cancelled, .overloaded,
            .notReachable, .refusedByDesk, .internal,
        ]
        #expect(codes.map(\.rawValue) == Array(1...10))
        #expect(Set(codes.map(\.name)).count == codes.count)
    }
}
