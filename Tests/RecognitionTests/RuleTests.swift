import Effects
import Regions
import Testing

@testable import Recognition

/// One case of the rules: what differs from the usual scene, and what must follow.
struct RuleCase: Sendable, CustomTestStringConvertible {
    var name: String
    var verdict: RecognitionOutcome
    var failed: Set<TrailStep.Rule>
    var doubtful: Set<TrailStep.Rule>
    var policy: String?
    var change: @Sendable (inout Scene) -> Void

    init(
        _ name: String, _ verdict: RecognitionOutcome, failed: Set<TrailStep.Rule> = [],
        doubtful: Set<TrailStep.Rule> = [], policy: String? = nil, _ change: @escaping @Sendable (inout Scene) -> Void
    ) {
        self.name = name
        self.verdict = verdict
        self.failed = failed
        self.doubtful = doubtful
        self.policy = policy
        self.change = change
    }

    var testDescription: String { name }
}

@Suite("Rules of recognition") struct RuleTests {
    @Test(arguments: RuleCases.all)
    func `every case has its verdict, and its reasons`(_ rule: RuleCase) throws {
        var scene = Scene()
        rule.change(&scene)
        let match = try scene.match()
        let candidate = try #require(match.candidates.first)
        #expect(candidate.verdict == rule.verdict, "\(candidate.trail.map(\.text.english))")
        #expect(Set(candidate.trail.filter { $0.outcome == .failed }.map(\.rule)) == rule.failed)
        #expect(Set(candidate.trail.filter { $0.outcome == .doubt }.map(\.rule)) == rule.doubtful)
        if let policy = rule.policy {
            #expect(candidate.trail.last { $0.rule == .policy }?.input == policy)
        }
        #expect(candidate.trail.map(\.rule).contains(.content), "the diagnosis is marked as not recognisable")
        for text in [candidate.text] + candidate.trail.map(\.text) {
            #expect(text.chinese.hasSuffix("。") && text.chinese.count > 4)
            #expect(text.english.hasSuffix(".") && text.english.count > 8)
        }
    }

    @Test func `there are at least sixty cases, each with a name of its own`() {
        #expect(RuleCases.all.count >= 60)
        #expect(Set(RuleCases.all.map(\.name)).count == RuleCases.all.count)
    }

    @Test func `a result that two counties answer is one candidate`() throws {
        var scene = Scene()
        scene.isAnsweredTwice = true
        #expect(try scene.match().candidates.count == 1)
    }

    @Test func `the newest version is a candidate and the older one says by what it is superseded`() throws {
        var scene = Scene()
        scene.laterVersions = [(2, .corrected)]
        let match = try scene.match()
        #expect(match.candidates.map(\.verdict) == [.recognised, .not])
        #expect(match.candidates.last?.trail.contains { $0.rule == .version && $0.input == "1/2" } == true)
        #expect(match.candidates.last?.text.english.contains("superseded by version 2") == true)
    }

    @Test func `of several recognisable results the newest comes first, before those at discretion`() throws {
        var scene = Scene()
        let older = try #require(try scene.match().candidates.first)
        scene.issued = "20260315083000+0800"
        let newer = try #require(try scene.match().candidates.first)
        scene.line.marks = []
        scene.issuer = "city-second"
        let doubtful = try #require(try scene.match().candidates.first)
        #expect(doubtful.verdict == .discretion)
        let configuration = RuleRegion.configuration
        let matcher = RecognitionMatcher(
            rules: RuleRegion.rules, configuration: configuration,
            tree: ManagementTree(configuration, at: scene.now), certificates: scene.certificates,
            receiver: RuleRegion.unit("lake-hospital"), now: scene.now)
        var summaries = [doubtful.summary, older.summary, newer.summary]
        for index in summaries.indices { summaries[index].fields.reportKey = "\(index)" }
        let match = matcher.match(OrderedItem(code: "GLU", item: older.item), among: summaries)
        #expect(match.candidates.map(\.verdict) == [.recognised, .recognised, .discretion])
        #expect(match.candidates.map(\.reportTime) == [newer.reportTime, older.reportTime, doubtful.reportTime])
    }

    @Test func `only what nothing but its age speaks against counts as expired`() throws {
        var scene = Scene()
        scene.now = RuleRegion.time("2026-06-01")
        #expect(try scene.match().expiredCount == 1)
        scene.status = .preliminary
        #expect(try scene.match().expiredCount == 0)
    }
}
