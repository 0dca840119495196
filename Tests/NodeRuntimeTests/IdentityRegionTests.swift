import Effects
import IdentityTestKit
import Ledgers
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import Trust
import YilianTestKit

@Suite("Who is who, in a region", .serialized)
struct IdentityRegionTests {
    private static let record = TestPatient(
        "王试一", identifier: "R-7", identifierType: "MR", authority: "jucheng-wsy")
    private static let card = TestPatient("王试一", identifier: "CARD-774411", identifierType: "HC", authority: "ehc")

    /// A result under the citizen number at the township, another under the record number at the other county.
    private func published(_ body: @Sendable (TestRegion) async throws -> Void) async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.node("yuxian").publish(TestReport("Y-1", of: Self.record))
            try await region.waitUntilAcknowledged()
            try await body(region)
        }
    }

    /// How many results a node finds by an identifier.
    private func count(_ patient: TestPatient, at node: String, in region: TestRegion) async throws -> Int {
        try await region.node(node).find(patient).results.count
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? TestFailure)?.code
        }
    }

    @Test("linked at a township, found and opened by either identifier everywhere; separated, found no more")
    func journey() async throws {
        try await published { region in
            for node in ["jucheng", "pingding", "yuxian"] {
                #expect(try await count(People.wang, at: node, in: region) == 1)
            }
            let link = try await region.node("jucheng").link(People.wang, Self.record)
            try await region.waitUntilAcknowledged()
            for node in ["jucheng", "pingding", "shi", "yuxian"] {
                for patient in [People.wang, Self.record] {
                    let findings = try await region.node(node).find(patient)
                    #expect(findings.results.count == 2, "\(node)")
                    guard node != "shi" else { continue }
                    for result in findings.results {
                        let opened = try await region.node(node).open(result)
                        #expect(opened.entry == result.entry)
                    }
                }
            }
            try await region.node("jucheng").separate(People.wang, from: Self.record)
            try await region.waitUntilAcknowledged()
            try await expectSeparated(region)
            for node in region.allNodes { _ = try await node.node.context.ledger.refold() }
            try await expectSeparated(region)
            let log = try await region.node("shi").identityLog()
            #expect(log.count == 2)
            #expect(log.last?.entry == link)
            #expect(log.map(\.isStanding) == [true, false])
            #expect(try await region.node("diaodu").identityLog().isEmpty)
            for node in region.allNodes { #expect(try await node.verifyLedger() == []) }
        }
    }

    @Test("nobody links or separates in the name of a unit of others")
    func foreignUnit() async throws {
        try await published { region in
            let foreign = TestInquirer("doctor", organizationUnit: "yuxian")
            let linked = await code {
                try await region.node("jucheng").link(People.wang, Self.record, by: foreign)
            }
            #expect(linked == "author.notDelivered")
            let separated = await code {
                try await region.node("jucheng").separate(People.wang, from: Self.record, by: foreign)
            }
            #expect(separated == "author.notDelivered")
        }
    }

    private func expectSeparated(_ region: TestRegion) async throws {
        for node in ["jucheng", "pingding", "shi", "yuxian"] {
            for patient in [People.wang, Self.record] {
                #expect(try await count(patient, at: node, in: region) == 1, "\(node)")
            }
        }
    }

    @Test("who wrote a link hears that another undid it, and its own index follows while nobody above is reached")
    func undoneElsewhere() async throws {
        try await published { region in
            try await region.node("jucheng").publish(TestReport("J-2", of: Self.record))
            try await region.node("jucheng").link(People.wang, Self.record)
            try await region.waitUntilAcknowledged()
            // The city has reported nothing of the person; it keeps the register.
            try await region.publishConfiguration {
                $0.registries = [UnitDelivery(unit: try OrgUnitID("shi"), node: try NodeID("shi"))]
                $0.corrected = $0.version + 1
            }
            try await region.waitUntilConfigured()
            let separation = try await region.node("shi").separate(People.wang, from: Self.record)
            try await region.waitUntilAcknowledged()
            try region.cut("jucheng", "pingding")
            try await region.wait(for: "the cut to be felt") { try !region.areLinked("jucheng", "pingding") }
            #expect(try await count(People.wang, at: "jucheng", in: region) == 1)
            #expect(try await region.node("jucheng").identityLog().map(\.isStanding) == [true, false])
            // What travelled to the township is the header alone: the identifiers stay where they were written.
            for (node, isHeld) in [("shi", true), ("pingding", false), ("jucheng", false)] {
                let entry = try await region.node(node).node.context.ledger.entry(try EntryID(separation))
                #expect((try #require(entry).payload != nil) == isHeld, "\(node)")
            }
            let refused = await code { try await region.node("jucheng").link(People.wang, Self.record) }
            #expect(refused == "identity.conflict")
            try await region.node("jucheng").link(People.wang, Self.record, overruling: [separation])
            #expect(try await count(People.wang, at: "jucheng", in: region) == 2)
        }
    }

    @Test("a separation that only the city knows keeps people apart at a county that knows the link alone")
    func apartAbove() async throws {
        try await published { region in
            try await region.node("jucheng").publish(TestReport("J-2", of: Self.record))
            try await region.node("jucheng").link(People.wang, Self.record)
            try await region.waitUntilAcknowledged()
            #expect(try await count(People.wang, at: "pingding", in: region) == 3)
            try await region.node("yuxian").separate(People.wang, from: Self.record)
            try await region.waitUntilAcknowledged()
            #expect(try await count(People.wang, at: "pingding", in: region) == 1)
            #expect(try await count(Self.record, at: "pingding", in: region) == 2)
        }
    }

    @Test("a link of the other county is followed upward, and results open by an identifier that their holder ignores")
    func otherBranch() async throws {
        try await published { region in
            try await region.node("yuxian").link(People.wang, Self.record)
            try await region.waitUntilAcknowledged()
            let found = try await region.node("jucheng").find(Self.record)
            #expect(found.results.count == 2)
            for result in found.results { _ = try await region.node("jucheng").open(result) }
            let all = try await region.node("yuxian").find(People.wang).results
            let own = try #require(all.first { $0.author == "yuxian" })
            let opened = try await region.node("jucheng").open(entry: own.entry, of: People.wang)
            #expect(opened.servedBy == "yuxian")
        }
    }

    @Test("a report that names two identifiers is evidence until a correction, a void or a separation takes it away")
    func reports() async throws {
        try await published { region in
            let county = try region.node("yuxian")
            try await region.node("jucheng").publish(
                TestReport("J-3", of: People.wang, otherIdentifiers: [Self.record, Self.card]))
            try await region.waitUntilAcknowledged()
            #expect(try await count(Self.record, at: "yuxian", in: region) == 3)
            #expect(try await count(Self.card, at: "yuxian", in: region) == 3)
            try await region.node("jucheng").publish(
                TestReport("J-3", of: People.wang, status: .corrected, otherIdentifiers: [Self.card]))
            try await region.waitUntilAcknowledged()
            #expect(try await county.find(Self.card).results.count == 2)
            let wrong = TestReport("J-4", of: Self.card, otherIdentifiers: [Self.record])
            try await region.node("jucheng").publish(wrong)
            try await region.waitUntilAcknowledged()
            #expect(try await county.find(Self.record).results.count == 4)
            var void = wrong
            void.status = .void
            try await region.node("jucheng").publish(void)
            try await region.waitUntilAcknowledged()
            // The void itself is found; what J-3 said before it was corrected is not the record's any more.
            #expect(try await county.find(Self.record).results.count == 2)
            #expect(try await county.find(Self.card).results.count == 3)
            try await region.node("jucheng").separate(People.wang, from: Self.card)
            try await region.waitUntilAcknowledged()
            #expect(try await county.find(Self.card).results.map(\.author) == ["jucheng", "jucheng"])
            #expect(try await count(People.wang, at: "jucheng", in: region) == 2)
        }
    }

    @Test("a bare hospital number is no evidence: it may be many people's")
    func bareNumbers() async throws {
        try await TestRegion.run(.small) { region in
            let bare = TestPatient("", identifier: "1001", identifierType: "PI", authority: "")
            try await region.node("jucheng").publish(
                TestReport("J-1", of: People.wang, otherIdentifiers: [bare]))
            try await region.node("yuxian").publish(TestReport("Y-1", of: People.li, otherIdentifiers: [bare]))
            try await region.waitUntilAcknowledged()
            for node in ["jucheng", "yuxian"] {
                #expect(try await count(People.wang, at: node, in: region) == 1)
                #expect(try await count(People.li, at: node, in: region) == 1)
            }
            let refused = await code { try await region.node("jucheng").link(People.wang, bare) }
            #expect(refused == "identity.noAuthority")
        }
    }

    @Test("identifiers in clear lie where they were written and at the county, nowhere else; every look is on record")
    func lookup() async throws {
        try await published { region in
            try await region.node("jucheng").link(People.wang, Self.record, Self.card)
            try await region.waitUntilAcknowledged()
            let all: Set = [People.wang.identifier, Self.record.identifier, Self.card.identifier]
            for node in ["jucheng", "pingding"] {
                #expect(try await Set(region.node(node).identifiers(of: Self.card)) == all)
            }
            #expect(try await region.node("shi").identifiers(of: Self.card) == [Self.card.identifier])
            // Its own report holds the record number; nothing there holds the other two.
            #expect(
                try await Set(region.node("yuxian").identifiers(of: Self.record)) == [Self.record.identifier])
            let actions = try await region.node("jucheng").accessRecords().map(\.action)
            #expect(actions.contains("identity.link"))
            #expect(actions.contains("identity.lookup"))
            try await region.node("jucheng").separate(Self.card, from: People.wang)
            #expect(try await Set(region.node("jucheng").identifiers(of: Self.card)) == [Self.card.identifier])
            #expect(try await region.node("pingding").diskHolds(Self.card.identifier))
            for node in ["shi", "yuxian", "diaodu"] {
                #expect(try await !region.node(node).diskHolds(Self.card.identifier), "\(node)")
            }
        }
    }

    @Test("nothing is linked for an emergency, twice, or with a person's number in its text")
    func refusals() async throws {
        try await published { region in
            let node = try region.node("jucheng")
            let hurried = TestInquirer(purpose: .emergency, breakGlassReason: "昏迷")
            #expect(await code { try await node.link(People.wang, Self.record, by: hurried) } == "identity.purpose")
            #expect(await code { try await node.link(People.wang, People.wang) } == "identity.oneIdentifier")
            let reason = "号 \(People.wang.identifier) 登错"
            #expect(
                await code { try await node.separate(People.wang, from: Self.record, reason: reason) }
                    == "identity.text")
            #expect(await code { try await node.separate(People.wang, from: People.wang) } == "identity.noGroups")
            #expect(try await node.identityLog().isEmpty)
            let first = try await node.link(People.wang, Self.record)
            #expect(try await node.link(People.wang, Self.record) == first)
            #expect(try await node.identityLog().count == 1)
        }
    }

    @Test("links and separations are renewed for a new epoch of patient keys")
    func epochs() async throws {
        try await published { region in
            try await region.node("jucheng").link(People.wang, Self.record)
            try await region.node("jucheng").separate(People.wang, from: Self.card)
            try await region.waitUntilAcknowledged()
            let secret = PatientKeySecret(epoch: 2, suite: .ed25519, random: SeededRandom(seed: 8))
            let now = region.clock.time.wallTime
            try await region.publishConfiguration { configuration in
                let context = PatientKeyring.sealContext(region: configuration.region, epoch: 2)
                var sealed: [NodeID: [UInt8]] = [:]
                for node in region.allNodes {
                    sealed[node.nodeID] = try node.identity.boxKey.publicKey.seal(secret.bytes, context: context)
                }
                configuration.patientKeyEpochs.append(
                    PatientKeyEpoch(epoch: 2, from: now, encryptedSecrets: sealed))
            }
            try await region.waitUntilConfigured()
            #expect(try await region.node("jucheng").renewIdentities() == 2)
            #expect(try await region.node("yuxian").renewIdentities() == 0)
            #expect(try await region.node("jucheng").renewIdentities() == 0)
            // Reports under keys of the new epoch alone.
            try await region.node("yuxian").publish(TestReport("Y-9", of: Self.record))
            try await region.node("yuxian").publish(
                TestReport("Y-8", of: Self.card, otherIdentifiers: [People.wang]))
            try await region.waitUntilAcknowledged()
            let found = try await region.node("jucheng").find(People.wang).results
            #expect(found.count == 4)
            #expect(try await count(Self.card, at: "jucheng", in: region) == 1)
            #expect(try await region.node("shi").identityLog().count == 2)
            try await region.node("jucheng").separate(People.wang, from: Self.record)
            try await region.waitUntilAcknowledged()
            #expect(try await count(Self.record, at: "yuxian", in: region) == 2)
        }
    }
}
