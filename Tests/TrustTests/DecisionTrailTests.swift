import Effects
import Testing
import Trust

@Suite("Decision trails")
struct DecisionTrailTests {
    @Test("a trail without steps says no")
    func empty() {
        let trail = DecisionTrail("the link is accepted")
        #expect(!trail.isYes)
        #expect(trail.description == "no: the link is accepted\n- no rule was applied")
        #expect(trail.objection == nil)
    }

    @Test("all rules must hold, and the first that does not is named")
    func objection() throws {
        var trail = DecisionTrail("the link is accepted")
        let first = trail.require("the region is this one", input: "yangquan", true)
        #expect(first)
        #expect(trail.isYes)
        trail.require("it is not revoked", false)
        trail.require("it is in time", input: "2026", false)
        #expect(!trail.isYes)
        #expect(trail.objection?.rule == "it is not revoked")
        #expect(
            trail.description == """
                no: the link is accepted
                - held: the region is this one (yangquan)
                - did not hold: it is not revoked
                - did not hold: it is in time (2026)
                """)
    }
}
