import Demo
import Effects
import Testing

@Suite("Generated persons")
struct GeneratedPersonTests {
    @Test func identityNumbersPassTheChecksAndCannotBeIssued() {
        for (_, split) in DayFixture.cut {
            #expect(isSoundIdentityNumber(split.identityNumber))
            #expect(split.identityNumber.hasPrefix("999999"))
        }
    }

    @Test func identityNumbersAgreeWithBirthDateAndSex() {
        for (_, split) in DayFixture.cut {
            let number = split.identityNumber
            #expect(number.dropFirst(6).prefix(8) == split.field("PID", 7))
            let isMale = (number.dropFirst(16).first?.wholeNumberValue ?? 0) % 2 == 1
            #expect(split.field("PID", 8) == (isMale ? "M" : "F"))
        }
    }

    @Test func oneNumberBelongsToOnePerson() {
        var names: [String: String] = [:]
        for (_, split) in DayFixture.cut {
            let name = split.field("PID", 5)
            #expect(names.updateValue(name, forKey: split.identityNumber) ?? name == name)
        }
        #expect(names.count > 1500)
    }

    @Test func somePersonsAreSeenAtSeveralInstitutions() {
        var nodes: [String: Set<String>] = [:]
        for (message, split) in DayFixture.cut { nodes[split.identityNumber, default: []].insert(message.node) }
        #expect(nodes.values.count { $0.count > 1 } > 50)
        // Somebody who was examined at a township of 平定 was examined at 盂县's hospital too, or the other way about.
        #expect(nodes.values.contains { $0.contains("pingding") && $0.contains("yuxian") })
    }

    @Test func reservedSequenceNumbersAreNotGenerated() {
        for (_, split) in DayFixture.cut {
            #expect((Int(split.identityNumber.dropFirst(14).prefix(3)) ?? 999) < NeverIssuedIdentity.firstReserved)
        }
    }

    @Test func theWellKnownNumbersOfTheStandardCheck() {
        // GB 11643-1999, appendix: 11010519491231002X and 440524188001010014.
        #expect(NeverIssuedIdentity.checkDigit(of: "11010519491231002") == "X")
        #expect(NeverIssuedIdentity.checkDigit(of: "44052418800101001") == "4")
        #expect(isSoundIdentityNumber("11010519491231002X"))
        #expect(!isSoundIdentityNumber("110105194912310021"))
        #expect(!isSoundIdentityNumber("140932199002290016"))
    }

    @Test func thePatientOfTheStoryIsFixed() {
        #expect(DemoPerson.liJianguo.name == "李建国")
        #expect(DemoPerson.liJianguo.identityNumber == "999999196804129172")
        #expect(isSoundIdentityNumber(DemoPerson.liJianguo.identityNumber))
    }
}
