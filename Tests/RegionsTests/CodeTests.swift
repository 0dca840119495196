import Effects
import Testing

@testable import Regions

@Suite struct CitizenIDTests {
    static let now = CivilDateTime(year: 2026, month: 11, day: 21)?.wallTime() ?? .epoch

    @Test(arguments: ["11010519491231002X", "140302198001010013", "370725198511150023"])
    func knownNumbersAreAccepted(_ text: String) throws {
        #expect(try CitizenID(text, now: Self.now).rawValue == text)
    }

    @Test func aSmallXAndBlanksAreNormalised() throws {
        let id = try CitizenID(" 11010519491231002x ", now: Self.now)
        #expect(id.rawValue == "11010519491231002X")
        #expect(id.birthDate == "1949-12-31")
    }

    @Test func aFittingCheckCharacterDoesNotExcuseADateThatDoesNotExist() {
        let digits = "140932199002290016"
        #expect(CitizenID.checkCharacter(digits.utf8.prefix(17)) == digits.utf8.last)
        #expect(throws: Failure("code.citizenIDDate", "")) { try CitizenID(digits, now: Self.now) }
    }

    @Test func everyChangeOfOneCharacterIsNoticed() throws {
        for text in ["11010519491231002X", "140302198001010013", "370725198511150023"] {
            let bytes = Array(text.utf8)
            for index in bytes.indices {
                for other in Array("0123456789X".utf8) where other != bytes[index] {
                    var changed = bytes
                    changed[index] = other
                    let mutation = String(decoding: changed, as: UTF8.self)
                    #expect(throws: Failure.self) { try CitizenID(mutation, now: Self.now) }
                }
            }
        }
    }

    @Test func everyExchangeOfNeighboursIsNoticed() {
        let bytes = Array("370725198511150023".utf8)
        for index in 0..<17 where bytes[index] != bytes[index + 1] {
            var changed = bytes
            changed.swapAt(index, index + 1)
            let mutation = String(decoding: changed, as: UTF8.self)
            #expect(throws: Failure.self) { try CitizenID(mutation, now: Self.now) }
        }
    }

    @Test func birthTodayIsAcceptedAndBirthTomorrowIsNot() throws {
        let today = Self.withCheck("14032120261121001")
        let tomorrow = Self.withCheck("14032120261122001")
        let lastMoment = try WallTime(text: "2026-11-21T23:59:59+08:00")
        #expect(try CitizenID(today, now: lastMoment).birthDate == "2026-11-21")
        #expect(throws: Failure("code.citizenIDFuture", "")) { try CitizenID(tomorrow, now: lastMoment) }
        #expect(try CitizenID(tomorrow, now: lastMoment.advanced(byMilliseconds: 1000)).birthDate == "2026-11-22")
    }

    @Test(arguments: [
        ("", "code.citizenIDLength"), ("14030219800101001", "code.citizenIDLength"),
        ("1403021980010100133", "code.citizenIDLength"), ("14030219800101001Y", "code.citizenIDCharacter"),
        ("1403021980010100X3", "code.citizenIDCharacter"), ("140302000001010013", "code.citizenIDDate"),
        ("140302198013010013", "code.citizenIDDate"), ("140302198001010014", "code.citizenIDCheck"),
        ("１４０３０２", "code.citizenIDCharacter"),
    ])
    func whatIsWrongIsSaidWithoutTheNumber(_ text: String, _ code: String) {
        do {
            _ = try CitizenID(text, now: Self.now)
            Issue.record("accepted")
        } catch let failure as Failure {
            #expect(failure.code.rawValue == code)
            #expect(text.isEmpty || failure.description.range(of: text) == nil)
        } catch {
            Issue.record(error)
        }
    }

    @Test func theDescriptionHidesTheNumber() throws {
        let id = try CitizenID("140302198001010013", now: Self.now)
        #expect("\(id)".range(of: "1403") == nil)
    }

    static func withCheck(_ digits: String) -> String {
        digits + String(decoding: [CitizenID.checkCharacter(digits.utf8)], as: UTF8.self)
    }
}

@Suite struct InstitutionCodeTests {
    static let good = "YQ000002914032111A1001"

    @Test func bothWaysToWriteTheHyphenAreNormalised() throws {
        for text in [Self.good, "YQ000002-914032111A1001", "YQ0000029-14032111A1001", "yq000002914032111a1001"] {
            #expect(try InstitutionCode(text).rawValue == Self.good)
        }
    }

    @Test func thePartsAreNamed() throws {
        let code = try InstitutionCode(Self.good)
        #expect(code.organization == "YQ0000029")
        #expect(code.division.rawValue == "140321")
        #expect([code.economicType, code.institutionClass, code.managementClass] == ["11", "A100", "1"])
    }

    @Test func theCheckCharacterIsThatOfTheStandard() {
        // Registered organization codes with each special value: 10 is X, 11 is 0.
        #expect(InstitutionCode.checkCharacter("D2143569".utf8) == UInt8(ascii: "X"))
        #expect(InstitutionCode.checkCharacter("00000000".utf8) == UInt8(ascii: "0"))
        #expect(InstitutionCode.checkCharacter("0000000*".utf8) == nil)
    }

    @Test func everyChangeOfOneCharacterOfTheOrganizationCodeIsNoticed() {
        let bytes = Array(Self.good.utf8)
        for index in 0..<9 {
            for other in Array("0123456789ABCXYZ".utf8) where other != bytes[index] {
                var changed = bytes
                changed[index] = other
                // Letters and digits that differ by a multiple of 11 have one weight; the standard cannot tell them.
                let value = { (byte: UInt8) in byte < 0x41 ? Int(byte) - 0x30 : Int(byte) - 55 }
                if index < 8, (value(other) - value(bytes[index])) % 11 == 0 { continue }
                let mutation = String(decoding: changed, as: UTF8.self)
                #expect(throws: Failure("code.institutionCheck", "")) { try InstitutionCode(mutation) }
            }
        }
    }

    @Test(arguments: [
        ("", "code.institutionLength"), ("YQ000002914032111A100", "code.institutionLength"),
        ("YQ-0000029140321A1001X1", "code.institutionLength"), ("YQ000002914032111A1001XX", "code.institutionLength"),
        ("YQ000002914032111A10*1", "code.institutionCharacter"), ("YQ00000291403X111A1001", "code.institutionDivision"),
        ("YQ00000291403211XA1001", "code.institutionEconomicType"), ("YQ000002914032111AB001", "code.institutionClass"),
        ("YQ000002914032111A100A", "code.institutionManagement"),
    ])
    func thePartThatIsWrongIsNamed(_ text: String, _ code: String) {
        #expect(throws: Failure(.init(rawValue: code), "")) { try InstitutionCode(text) }
    }
}

@Suite struct DivisionTests {
    @Test func theDivisionsOfYangquanAreKnown() throws {
        let table = DivisionTable.builtin
        #expect(try table.division(DivisionCode("140321107")).name == "巨城镇")
        #expect(table.fullName(try DivisionCode("140322107")) == "山西省阳泉市盂县西烟镇")
        let townships = table.all.filter { $0.code.level == .township && $0.code.rawValue.hasPrefix("1403") }
        #expect(townships.count == 43)
    }

    @Test(arguments: ["140311400", "130671", "130672"])
    func statisticalCodesAreKnownAsSuch(_ text: String) throws {
        #expect(try DivisionTable.builtin.division(DivisionCode(text)).isStatisticalOnly)
    }

    @Test func governedDivisionsAreNotStatistical() throws {
        #expect(try DivisionTable.builtin.division(DivisionCode("140321")).isStatisticalOnly == false)
    }

    @Test func anUnknownCodeSaysHowMuchOfItIsKnown() throws {
        let code = try DivisionCode("140321999")
        do {
            _ = try DivisionTable.builtin.division(code)
            Issue.record("known")
        } catch let failure as Failure {
            #expect(failure.code == "code.divisionUnknown")
            #expect(failure.message.range(of: "140321 is 平定县") != nil)
        }
    }

    @Test func longFormsOfOnePlaceAreOneCode() throws {
        #expect(try DivisionCode("140321000000") == DivisionCode("140321"))
        #expect(try DivisionCode("140321000") == DivisionCode("140321"))
        #expect(try DivisionCode("140321107000") == DivisionCode("140321107"))
        #expect(try DivisionCode("140321107201").level == .village)
        #expect(try DivisionCode("140321107201").enclosing?.enclosing?.rawValue == "140321")
        #expect(try DivisionCode("140300").level == .city)
        #expect(try DivisionCode("140300").enclosing?.level == .province)
    }

    @Test(arguments: ["", "14", "1403", "14032", "1403211", "14032x", "040321", "140021", "140300107", "１４０３２１"])
    func malformedCodesAreRefused(_ text: String) {
        #expect(throws: Failure("code.divisionForm", "")) { try DivisionCode(text) }
    }
}

@Suite struct NameTests {
    @Test func namesAreLowercaseLettersDigitsAndHyphens() throws {
        #expect(try NodeID("yangquan-shi").rawValue == "yangquan-shi")
        #expect(NodeID(rawValue: String(repeating: "a", count: 63)) != nil)
    }

    @Test(arguments: ["", "-a", "a-", "A", "a_b", "a.b", "阳泉", "a b", String(repeating: "a", count: 64)])
    func otherNamesAreRefused(_ text: String) {
        #expect(throws: Failure("region.badName", "")) { try NodeID(text) }
        #expect(throws: Failure("region.badName", "")) { try RegionID(text) }
        #expect(throws: Failure("region.badName", "")) { try OrgUnitID(text) }
        #expect(NodeID(rawValue: text) == nil)
    }

    @Test func tiersAreOrdered() {
        #expect(Tier.allCases.map(\.rank) == [0, 1, 2, 3])
        #expect(Relation.allCases.map(\.rawValue) == [0, 1, 2])
    }
}
