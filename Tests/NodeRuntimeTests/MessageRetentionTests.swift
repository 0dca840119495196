import Recognition
import RecognitionTestKit
import ServiceKit
import Testing
import YilianTestKit

@Suite("Messages are forgotten in time", .serialized)
struct MessageRetentionTests {
    @Test("what is older than 90 days goes, in small steps, and its repetition is judged on its content")
    func retention() async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            let node = try region.node("jucheng")
            let service = try node.node.service(RecognitionService.self)
            let pruning = MessagePruning(try node.node.context)
            let memory = MessageMemory(try node.node.context)
            func receipt(_ id: String) -> MessageReceipt {
                MessageReceipt(source: "lis", institution: "jucheng", messageID: id, bytes: Array(id.utf8))
            }
            for number in 0..<1_001 { _ = try await service.publish([], receipt: receipt("M\(number)")) }
            region.clock.advance(by: .seconds(89 * 86_400))
            #expect(try await memory.storedAnswer(to: receipt("M0")) != nil)
            _ = try await service.publish([], receipt: receipt("later"))
            region.clock.advance(by: .seconds(2 * 86_400))
            // The node's own hourly run may have been here first; what counts is what is left.
            try await pruning.prune()
            #expect(try await memory.storedAnswer(to: receipt("M0")) == nil)
            #expect(try await memory.storedAnswer(to: receipt("M1000")) == nil)
            #expect(try await memory.storedAnswer(to: receipt("later")) != nil)
            #expect(try await pruning.prune() == 0)
        }
    }
}
