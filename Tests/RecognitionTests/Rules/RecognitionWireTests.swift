import Effects
import SwiftProtobuf
import Testing

@testable import Recognition
@testable import Regions

@Suite struct RecognitionWireTests {
    @Test func rulesReadBackAreTheSameRulesAndTheSameBytes() throws {
        let region = try SampleRules.configuration()
        let bytes = try region.wireBytes()
        let again = try RegionConfiguration(wireBytes: bytes, sections: SampleRegion.sections.region)
        #expect(again == region)
        #expect(again.recognition == (try SampleRules.rules()))
        #expect(again.organizationUnits[2].grade == .secondaryA && again.organizationUnits[3].isPrivate)
        #expect(try again.wireBytes() == bytes)
        for _ in 0..<20 { #expect(try SampleRules.configuration().wireBytes() == bytes) }
    }

    @Test func aConfigurationWithoutRulesIsWrittenAsBeforeThereWereAny() throws {
        let region = try SampleRegion.configuration()
        let message = try PBRegionConfiguration(serializedBytes: region.wireBytes())
        #expect(message.sections.isEmpty)
        #expect(message.organizationUnits.allSatisfy { $0.grade.isEmpty && !$0.isPrivate })
        let again = try RegionConfiguration(wireBytes: region.wireBytes(), sections: SampleRegion.sections.region)
        #expect(again.recognition == .none)
        #expect(again.organizationUnits.allSatisfy { $0.grade == .unrated })
    }

    @Test func aGradeAndAWindowSourceOfANewerReleaseClaimNothing() throws {
        let region = try Self.changed {
            $0.organizationUnits[2].grade = "4A"
            $1.items[0].windowSource = "national"
            $1.items[3].examinationClass = "pet"
        }
        #expect(region.organizationUnits[2].grade == .unrated)
        #expect(region.recognition.items[0].windowSource == .region)
        #expect(region.recognition.items[3].examinationClass.rawValue == "pet")
    }

    @Test func aPolicyThatThisReleaseCannotReadIsRefused() {
        #expect(throws: Failure("region.badBytes", "")) {
            try Self.changed { $1.policy[1].issuers = ["4A"] }
        }
        #expect(throws: Failure("region.badBytes", "")) {
            try Self.changed { $1.policy[0].outcome = "perhaps" }
        }
        #expect(throws: Failure("code.divisionForm", "")) {
            try Self.changed { $1.scopes[1].divisions = ["14"] }
        }
        #expect(throws: Failure("region.badName", "")) {
            try Self.changed { $1.localCodes[0].unit = "A B" }
        }
    }

    @Test func bytesCutOrChangedAnywhereAreReadOrRefusedWithoutATrap() throws {
        let bytes = try SampleRules.configuration().wireBytes()
        for length in bytes.indices {
            _ = try? RegionConfiguration(wireBytes: Array(bytes[..<length]), sections: SampleRegion.sections.region)
        }
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x51
            if let other = try? RegionConfiguration(wireBytes: changed, sections: SampleRegion.sections.region) {
                #expect(RegionChecker.findings(in: other) == [])
            }
        }
    }

    private static func changed(
        _ change: (inout PBRegionConfiguration, inout PBRecognitionRules) -> Void
    ) throws -> RegionConfiguration {
        var message = try PBRegionConfiguration(serializedBytes: SampleRules.configuration().wireBytes())
        let index = try #require(message.sections.firstIndex { $0.name == RecognitionRules.name })
        var rules = try PBRecognitionRules(serializedBytes: message.sections[index].bytes)
        change(&message, &rules)
        message.sections[index].bytes = try rules.serializedData()
        return try RegionConfiguration(
            wireBytes: message.serializedBytes(), sections: SampleRegion.sections.region)
    }
}
