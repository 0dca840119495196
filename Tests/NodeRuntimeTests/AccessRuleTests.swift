import AdverseEvents
import Diagnosis
import Calls
import Consultation
import Effects
import Foundation
import NodeRuntime
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import YilianTestKit

extension SignedAccessStatement {
    /// What a node signs that does not ask whether it may: the same statement with something else in it.
    func forged(by signer: TestNode, _ edit: (inout PBAccessStatement) -> Void) throws -> SignedAccessStatement {
        var part = try PBAccessStatement(serializedBytes: signed.bytes)
        edit(&part)
        let altered: [UInt8] = try part.serializedBytes()
        var message = PBSigned()
        message.statement = Data(altered)
        message.signature = Data(
            try signer.node.context.signingKey.sign(Array("yilian access statement 1\n".utf8) + altered))
        return try SignedAccessStatement(wire: message)
    }
}

@Suite("On what a question about a person rests", .serialized)
struct AccessRuleTests {
    typealias Purpose = AccessStatement.Purpose
    typealias Ground = AccessRules.Ground

    private static let rule = AccessRule(purposes: ServiceList.purposes)
    /// What each purpose rests on where the region says nothing.
    private static let standard: [Purpose: Set<Ground>] = [
        .treatment: [.order, .consent], .consultation: [.order, .consent], .emergency: [.reason],
        .ownRecord: [.consent], .qualityReview: [.order], .adverseReview: [.order],
        .diagnosis: [.order, .consent],
    ]

    private static func statement(_ purpose: Purpose, _ ground: Ground?, _ text: String = "X-1") throws
        -> AccessStatement
    {
        var statement = try SignedAccessStatement.sample.statement
        statement.asking.purpose = purpose
        statement.asking.order = ground == .order ? text : nil
        statement.asking.consent = ground == .consent ? text : nil
        statement.asking.breakGlassReason = ground == .reason ? text : nil
        return statement
    }

    private static func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? Failure)?.code.rawValue ?? (error as? TestFailure)?.code ?? "\(type(of: error))"
        }
    }

    @Test("each purpose rests on its grounds and on no other", arguments: ServiceList.purposes.all)
    func matrix(_ purpose: Purpose) async throws {
        let refusal = purpose == .emergency ? "access.incomplete" : "access.noGround"
        let allowed = try #require(Self.standard[purpose])
        for ground in Ground.allCases {
            let code = await Self.code { try Self.rule.check(try Self.statement(purpose, ground)) }
            #expect(code == (allowed.contains(ground) ? nil : refusal), "\(purpose) on \(ground)")
            for nothing in ["", "0", "无", "未知", " - ", "N/A"] {
                let code = await Self.code { try Self.rule.check(try Self.statement(purpose, ground, nothing)) }
                #expect(code == refusal, "\(purpose) on \(ground) '\(nothing)'")
            }
        }
        #expect(await Self.code { try Self.rule.check(try Self.statement(purpose, nil)) } == refusal)
        for denial in ["N", "否", "拒绝", "不同意", "false"] where allowed.contains(.consent) {
            let code = await Self.code { try Self.rule.check(try Self.statement(purpose, .consent, denial)) }
            #expect(code == refusal, "a consent that says '\(denial)'")
        }
        // A reason and a consent are words; the number of an order is none.
        for ground in allowed {
            let code = await Self.code { try Self.rule.check(try Self.statement(purpose, ground, "昏迷")) }
            #expect(code == (ground == .order ? refusal : nil), "\(purpose) on \(ground) in words")
        }
    }

    @Test("a region may ask for more or less, but an emergency always rests on its reason")
    func configured() async throws {
        let rule = AccessRule(
            AccessRules(grounds: ["treatment": [.consent], "ownRecord": [], "emergency": [.order]]))
        let cases: [(Purpose, Ground, String?)] = [
            (.treatment, .consent, nil), (.treatment, .order, "access.noGround"),
            (.ownRecord, .consent, "access.noGround"), (.qualityReview, .order, nil), (.emergency, .reason, nil),
            (.emergency, .order, "access.incomplete"),
        ]
        for (purpose, ground, expected) in cases {
            let code = await Self.code { try rule.check(try Self.statement(purpose, ground)) }
            #expect(code == expected, "\(purpose) on \(ground)")
        }
    }

    @Test("a long text is refused, whoever signs it")
    func long() async throws {
        let text = String(repeating: "长", count: 400)
        #expect(
            await Self.code { try Self.rule.check(try Self.statement(.treatment, .consent, text)) }
                == "access.malformed")
    }

    @Test("whoever asks without a ground is refused where they sit, and nothing is asked above")
    func signing() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            for purpose in ServiceList.purposes.words {
                let inquirer = TestInquirer(purpose: TestInquirer.Purpose(rawValue: purpose), order: nil)
                let code = await Self.code { _ = try await node.find(People.wang, by: inquirer) }
                #expect(code == (purpose == "emergency" ? "access.incomplete" : "access.noGround"), "\(purpose)")
            }
            #expect(try await node.accessRecords().isEmpty)
            #expect(try await region.node("pingding").accessRecords().isEmpty)
        }
    }

    /// What a township has its own key sign, and who refuses it.
    private static let forgeries: [(String, String, @Sendable (inout PBAccessStatement) -> Void)] = [
        (
            "an emergency without a reason", "access.incomplete",
            {
                $0.asking.purpose = "emergency"
                $0.asking.order = "O-1"
            }
        ),
        ("treatment on nothing", "access.noGround", { $0.asking.order = "" }),
        ("treatment for order 0", "access.noGround", { $0.asking.order = "000" }),
        ("one's own record without the patient", "access.noGround", { $0.asking.purpose = "ownRecord" }),
        (
            "a review that nobody ordered", "access.noGround",
            {
                $0.asking.purpose = "qualityReview"
                ($0.asking.order, $0.asking.consent) = ("", "C-1")
            }
        ),
        ("nobody", "access.incomplete", { $0.asking.practitioner = " " }),
    ]

    @Test("a node that signs without asking is refused by its county, its city and the node that holds the result")
    func hops() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("yuxian").publish(TestReport("Y-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let signer = try region.node("jucheng")
            let found = try #require(try await signer.find(People.wang).results.first)
            func desk(of callee: String, for caller: String) throws -> any RecognitionCalls {
                try DeskInterface.recognition.at(NodeID(callee), try region.node(caller).node.context.system)
            }
            let way = [("pingding", "jucheng"), ("shi", "pingding"), ("yuxian", "shi")]
            for (index, (name, expected, edit)) in Self.forgeries.enumerated() {
                for (callee, caller) in way {
                    func forged(_ question: String) throws -> SignedAccessStatement {
                        try found.statement.forged(by: signer) {
                            $0.id = "forged-\(index)-\(callee)"
                            $0.question = question
                            edit(&$0)
                        }
                    }
                    let opening = try forged("recognition.fetch \(found.id)")
                    let opened = await Self.code {
                        _ = try await desk(of: callee, for: caller).fetch(
                            FetchRequest(entry: found.id, statement: opening))
                    }
                    #expect(opened == expected, "\(name) opens at \(callee)")
                    guard callee != "yuxian" else { continue }
                    let (finding, matching) = (try forged("recognition.find"), try forged("recognition.match"))
                    let keys = finding.statement.patientKeys
                    let answered = await Self.code {
                        _ = try await desk(of: callee, for: caller).find(
                            FindRequest(patientKeys: keys, statement: finding, limit: 10))
                    }
                    #expect(answered == expected, "\(name) finds at \(callee)")
                    let matched = await Self.code {
                        _ = try await desk(of: callee, for: caller).match(
                            MatchRequest(patientKeys: keys, items: ["GLU"], statement: matching))
                    }
                    #expect(matched == expected, "\(name) matches at \(callee)")
                }
            }
            for node in ["pingding", "shi", "yuxian"] {
                let served = try await region.node(node).accessRecords().filter { $0.statementID.hasPrefix("forged") }
                #expect(served.isEmpty)
            }
        }
    }

    @Test("what the region publishes holds at once at every node, whatever the asker's goes by")
    func published() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            #expect(try await node.find(People.wang).unreached.isEmpty)
            try await region.publishConfiguration { $0.access.grounds["treatment"] = [.consent] }
            try await region.waitUntilConfigured()
            #expect(await Self.code { _ = try await node.find(People.wang) } == "access.noGround")
            let consented = TestInquirer(consent: "C-1", order: nil)
            #expect(try await node.find(People.wang, by: consented).asked == ["jucheng", "pingding", "shi"])
        }
    }
}
