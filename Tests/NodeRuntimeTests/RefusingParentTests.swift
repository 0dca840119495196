import Effects
import Recognition
import RecognitionTestKit
import ServiceKit
import Testing
import YilianTestKit

/// A clock that goes as another one, and shows another time.
private struct ShiftedTime: TimeSource {
    var time: any TimeSource
    var milliseconds: Int64

    var wallTime: WallTime { time.wallTime.advanced(byMilliseconds: milliseconds) }
    var monotonicTime: MonotonicTime { time.monotonicTime }
    func sleep(until deadline: MonotonicTime) async throws { try await time.sleep(until: deadline) }
}

@Suite("A node above that refuses, over a real link", .serialized)
struct RefusingParentTests {
    @Test("is named with its reason, never as one that cannot be reached, and what this node knows is shown")
    func refused() async throws {
        try await TestRegion.run(.small) { region in
            let (township, county) = (try region.node("jucheng"), try region.node("pingding"))
            try await township.publish(TestReport("J-1", of: People.wang))
            try await region.node("yuxian").publish(TestReport("Y-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let asking = Asking(
                practitioner: "dr-li", organizationUnit: "jucheng", purpose: .treatment, order: "O-1")
            let wang = PatientIdentifier(type: "citizenID", authority: "CN", value: People.wang.identifier)
            let well = try await township.recognition.find(asking, about: [wang])
            #expect(well.answer.unreached == [] && well.answer.summaries.count == 2)

            // The township's clock is an hour slow: what it signs has expired for everybody else.
            var slow = try township.node.setup.world
            slow.time = ShiftedTime(time: slow.time, milliseconds: -3_600_000)
            await township.stop()
            try await township.start(world: slow)
            try await region.wait(for: "the link") { try region.areLinked("jucheng", "pingding") }
            let refused = try await township.recognition.find(asking, about: [wang])
            #expect(refused.answer.asked == [township.nodeID])
            #expect(refused.answer.summaries.count == 1, "what lies here is shown")
            #expect(refused.answer.unreached == [.init(node: county.nodeID, reason: "access.expired")])
            #expect(refused.answer.unreached.first?.failureClass == .forbidden)

            // A neighbour without a link is the other thing, with since when.
            try region.cut("jucheng", "pingding")
            try await region.wait(for: "the cut") { try !region.areLinked("jucheng", "pingding") }
            let away = try await township.recognition.find(asking, about: [wang])
            #expect(away.answer.unreached.map(\.reason) == ["call.notReachable"])
            #expect(away.answer.unreached.first?.failureClass == .retry)
            #expect(away.answer.unreached.first?.since != nil)
        }
    }
}
