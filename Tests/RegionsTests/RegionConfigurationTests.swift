import Effects
import Testing

@testable import Regions

@Suite struct RegionConfigurationTests {
    /// The sample with everything that the program records beside it.
    static func full() throws -> RegionConfiguration {
        var region = try SampleRegion.configuration()
        region.suite = "sm2"
        for index in region.nodes.indices {
            let byte = UInt8(index)
            region.nodes[index].boxPublicKey = [byte, 1]
            region.nodes[index].ledgerKeys = [
                LedgerKeyRecord(keyID: [byte, 2], publicKey: [3, byte], from: .epoch, to: WallTime(milliseconds: 9)),
                LedgerKeyRecord(keyID: [byte, 4], publicKey: [5, byte], from: WallTime(milliseconds: 9)),
            ]
        }
        region.revokedCertificates = [
            RevokedCertificate(serialNumber: [0, 255], time: WallTime(milliseconds: -5), reason: "遗失")
        ]
        region.patientKeyEpochs = [
            PatientKeyEpoch(
                epoch: 1, from: .epoch, encryptedSecrets: [try NodeID("hill"): [1], try NodeID("east"): [2]]),
            PatientKeyEpoch(epoch: 2, from: WallTime(milliseconds: 50), encryptedSecrets: [:]),
        ]
        region.divisions = [Division(code: try DivisionCode("110105"), name: "朝阳区")]
        return region
    }

    @Test func bytesReadBackAreTheSameConfigurationAndTheSameBytes() throws {
        let region = try Self.full()
        let bytes = try region.wireBytes()
        let again = try RegionConfiguration(wireBytes: bytes, sections: SampleRegion.sections.region)
        #expect(again == region)
        #expect(try again.wireBytes() == bytes)
        for _ in 0..<20 { #expect(try Self.full().wireBytes() == bytes) }
    }

    @Test func theEnvelopeIsReadBack() throws {
        let bytes = try Self.full().wireBytes()
        let signed = SignedRegionConfiguration(configurationBytes: bytes, keyID: [1], signature: [2, 3])
        let again = try SignedRegionConfiguration(wireBytes: try signed.wireBytes())
        #expect(again == signed)
        #expect(try again.configuration(reading: SampleRegion.sections.region) == (try Self.full()))
    }

    @Test func bytesCutOrChangedAnywhereAreReadOrRefusedWithoutATrap() throws {
        let bytes = try Self.full().wireBytes()
        for length in 0..<bytes.count where length != bytes.count {
            _ = try? RegionConfiguration(wireBytes: Array(bytes[..<length]), sections: SampleRegion.sections.region)
            _ = try? SignedRegionConfiguration(wireBytes: Array(bytes[..<length]))
        }
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x41
            if let other = try? RegionConfiguration(wireBytes: changed, sections: SampleRegion.sections.region) {
                #expect(RegionChecker.findings(in: other) == [])
            }
        }
        #expect(throws: Failure("region.badBytes", "")) {
            try RegionConfiguration(wireBytes: [0xFF, 0xFF], sections: SampleRegion.sections.region)
        }
        #expect(throws: Failure("region.badBytes", "")) {
            try SignedRegionConfiguration(wireBytes: [])
        }
    }

    @Test func anInconsistentConfigurationIsRefusedFromBytesToo() throws {
        var region = try Self.full()
        region.management.append(
            ManagementEdge(
                child: try NodeID("hill"), parent: try NodeID("east"), from: try WallTime(text: "2027-01-01")))
        let bytes = try region.wireBytes()
        #expect(throws: Failure("region.twoParents", "")) {
            try RegionConfiguration(wireBytes: bytes, sections: SampleRegion.sections.region)
        }
        region = try Self.full()
        region.nodes[1].ledgerKeys = region.nodes[0].ledgerKeys
        let other = try region.wireBytes()
        #expect(throws: Failure("region.duplicateKey", "")) {
            try RegionConfiguration(wireBytes: other, sections: SampleRegion.sections.region)
        }
    }

    @Test func aHigherVersionReplacesAndALowerOneIsRefused() throws {
        let region = try Self.full()
        var next = region
        next.version += 1
        #expect(try region.isReplaced(by: next))
        #expect(try region.isReplaced(by: region) == false)
        #expect(throws: Failure("region.rollback", "")) { try next.isReplaced(by: region) }
        var other = region
        other.name = "别的"
        #expect(throws: Failure("region.sameVersion", "")) { try region.isReplaced(by: other) }
        other.region = try RegionID("elsewhere")
        other.version = 99
        #expect(throws: Failure("region.otherRegion", "")) { try region.isReplaced(by: other) }
    }

    @Test func lookUpsAnswerByNameAndTime() throws {
        let region = try Self.full()
        let hospital = try #require(region.organizationUnit(try OrgUnitID("hospital")))
        #expect(region.organizationUnit(institution: try InstitutionCode(InstitutionCodeTests.good)) == hospital)
        #expect(region.organizationUnits(at: try NodeID("east")) == [hospital])
        #expect(!region.isRevoked(serialNumber: [0, 255], at: WallTime(milliseconds: -6)))
        #expect(region.isRevoked(serialNumber: [0, 255], at: WallTime(milliseconds: -5)))
        #expect(!region.isRevoked(serialNumber: [255], at: .epoch))
        #expect(region.patientKeyEpoch(at: WallTime(milliseconds: 49))?.epoch == 1)
        #expect(region.patientKeyEpoch(at: WallTime(milliseconds: 50))?.epoch == 2)
        #expect(region.patientKeyEpoch(at: WallTime(milliseconds: -1)) == nil)
        let key = try #require(region.ledgerKey(of: try NodeID("root"), keyID: [0, 2]))
        #expect(key.isValid(at: WallTime(milliseconds: 8)) && !key.isValid(at: WallTime(milliseconds: 9)))
        #expect(region.ledgerKey(of: try NodeID("root"), keyID: [1, 2]) == nil)
    }

    @Test func aTownshipIsAddedByTheNextVersion() throws {
        let region = try Self.full()
        let line = "  - {id: hill, name: 山镇"
        var text = SampleRegion.changed(
            line, "  - {id: lake, name: 湖镇, tier: township, unit: centre, division: 140321101}\n" + line)
        text = text.replacingCharacters(
            in: try #require(text.range(of: "version: 7")), with: "version: 8")
        text = text.replacingCharacters(
            in: try #require(text.range(of: "management:\n")),
            with: "management:\n  - {child: lake, parent: east, from: 2026-12-01}\n")
        var next = try RegionFile.read(text, fileName: "r", sections: SampleRegion.sections)
        // People write no epochs: publishing adds them, and none may be lost.
        next.patientKeyEpochs = region.patientKeyEpochs
        #expect(try region.isReplaced(by: next))
        let tree = ManagementTree(next, at: try WallTime(text: "2026-12-01"))
        #expect(tree.relation(of: try NodeID("lake"), to: try NodeID("east")) == .child)
    }
}
