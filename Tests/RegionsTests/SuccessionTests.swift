import Consultation
import Effects
import Regions
import Testing

struct SuccessionTests {
    private static func configuration(_ version: UInt64, epochs: [PatientKeyEpoch]) throws -> RegionConfiguration {
        RegionConfiguration(
            region: try RegionID("yangquan"), name: "阳泉", version: version, validFrom: .epoch, patientKeyEpochs: epochs)
    }

    private static func epoch(_ number: UInt32, _ fingerprint: UInt8 = 0) -> PatientKeyEpoch {
        PatientKeyEpoch(
            epoch: number, from: WallTime(milliseconds: Int64(number)), encryptedSecrets: [:],
            fingerprint: [UInt8](repeating: fingerprint, count: 32))
    }

    @Test("no epoch of patient keys is lost by a later version, and none gets another secret")
    func epochs() throws {
        let before = try Self.configuration(1, epochs: [Self.epoch(1), Self.epoch(2)])
        #expect(try before.isReplaced(by: try Self.configuration(2, epochs: [1, 2, 3].map { Self.epoch($0) })))
        let lost = #expect(throws: Failure.self) {
            try before.isReplaced(by: try Self.configuration(2, epochs: [Self.epoch(1)]))
        }
        #expect(lost?.code == "region.epochLost" && lost?.place == "patient-key-epoch-2.key")
        #expect(throws: Failure("region.epochChanged", "")) {
            try before.isReplaced(by: try Self.configuration(2, epochs: [Self.epoch(1, 7), Self.epoch(2)]))
        }
    }

    @Test("a difference is told in words, with what it was and what it is")
    func difference() throws {
        let old = try SampleDifference.region()
        var new = old
        new.version = 8
        new.organizationUnits[0].name = "新院"
        new.management[0].to = WallTime(milliseconds: 0)
        new.nodes[1].ledgerKeys.append(
            LedgerKeyRecord(keyID: [UInt8](repeating: 9, count: 16), publicKey: [1], from: .epoch))
        new.revokedCertificates = [RevokedCertificate(serialNumber: [0x4F, 1], time: .epoch, reason: "stolen")]
        new.patientKeyEpochs = [Self.epoch(1)]
        new.serviceLevels = []
        new.delegations = [UnitDelivery(unit: try OrgUnitID("unit-shi"), node: try NodeID("diaodu"))]
        let words = RegionDifference(from: old, to: new).changes.map(\.description)
        #expect(words.contains("changed region yangquan: version 7 → 8"))
        #expect(words.contains("changed unit unit-shi: name 市医院 → 新院"))
        #expect(
            words.contains(
                "changed shi under diaodu from 1970-01-01T08:00:00+08:00: to none → 1970-01-01T08:00:00+08:00"))
        #expect(words.contains { $0.hasPrefix("added ledger key 0909") && $0.contains("of shi") })
        #expect(words.contains { $0.hasPrefix("added revocation of certificate 4f01") && $0.contains("stolen") })
        #expect(words.contains { $0.hasPrefix("added patient key epoch 1") })
        #expect(words.contains { $0.hasPrefix("removed service level ecg") })
        #expect(words.contains("added unit-shi is written for by diaodu from the beginning"))
        #expect(words.count == 8)
        #expect(RegionDifference(from: new, to: new).changes == [])
    }
}

private enum SampleDifference {
    static func region() throws -> RegionConfiguration {
        let (root, city) = (try NodeID("diaodu"), try NodeID("shi"))
        let (centre, hospital) = (try OrgUnitID("unit-diaodu"), try OrgUnitID("unit-shi"))
        let division = try DivisionCode("140300")
        var region = RegionConfiguration(
            region: try RegionID("yangquan"), name: "阳泉", version: 7, validFrom: .epoch,
            organizationUnits: [
                OrganizationUnit(
                    id: hospital, name: "市医院", division: division, tier: .city, kind: .hospital, node: city)
            ],
            nodes: [
                RegionNode(id: root, name: "调度", tier: .dispatcher, organizationUnit: centre, division: division),
                RegionNode(id: city, name: "市", tier: .city, organizationUnit: hospital, division: division),
            ], management: [ManagementEdge(child: city, parent: root, from: .epoch)])
        region.serviceLevels = [
            ServiceLevel(
                kind: "ecg", name: "心电", specialty: "ecg", claimSeconds: 60, reportSeconds: 600, graceSeconds: 60)
        ]
        return region
    }
}
