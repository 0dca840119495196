import Effects
import ServiceKit
import Testing

@testable import Identity

@Suite("For whom an identifier names a person") struct IdentifierReachTests {
    @Test(
        "a place-holder names nobody",
        arguments: [
            "0", "00", "000000", "０", "-", "--", "/", "***", "???", "无", "未知", "不详", "暂无", " 无 ", "无名氏", "N/A", "n.a.",
            "NULL",
            "none", "Unknown", "TEST", "测试", "9999", "999999", "99999999999", "111111", "xx", "XXXX", "",
        ])
    func placeholders(_ value: String) {
        #expect(PatientIdentifier(type: "MR", authority: "HUNT", value: value).reach == .nobody)
        #expect(PatientIdentifier(type: "PI", authority: "", value: value).reach == .nobody)
    }

    @Test(
        "digits in their order are a place-holder where no house says that they are its number",
        arguments: ["123456", "12345678", "1234567890", "0123456789", "987654", "123-456"])
    func runs(_ value: String) {
        #expect(PatientIdentifier(type: "PI", authority: "", value: value).reach == .nobody)
        #expect(PatientIdentifier(type: "PI", authority: "HIS", value: value).reach == .nobody)
        #expect(PatientIdentifier(type: "MR", authority: "NPI", value: value).reach == .region)
    }

    @Test(
        "a number is a number, however short or round",
        arguments: [
            "1", "7", "12", "99", "100000", "880141", "1000000", "00012", "12345", "1234567891", "HN116", "P1", "A1B2",
            "张0001",
            "9998", "112233",
        ])
    func numbers(_ value: String) {
        #expect(PatientIdentifier(type: "MR", authority: "HUNT", value: value).reach == .region)
        #expect(PatientIdentifier(type: "MR", authority: " ", value: value).reach == .institution)
    }

    @Test(
        "an issuer that names no house is none",
        arguments: ["", "  ", "无", "未知", "NULL", "HIS", "lis", "本院", "0", "-", "\u{0}house other-hospital"])
    func issuers(_ authority: String) {
        let identifier = PatientIdentifier(type: "MR", authority: authority, value: "880141")
        #expect(identifier.reach == .institution && !identifier.namesItsIssuer)
    }

    @Test("a short or an odd name is an issuer all the same", arguments: ["TEST", "HH", "H1", "9999", "县医院"])
    func shortIssuers(_ authority: String) {
        #expect(PatientIdentifier(type: "MR", authority: authority, value: "880141").reach == .region)
    }

    @Test("an OID is an issuer whatever its digits; a citizen identity number names its issuer by itself")
    func named() {
        #expect(PatientIdentifier(type: "MR", authority: "1.2.3.4.5.6", value: "880141").reach == .region)
        #expect(PatientIdentifier(type: "citizenID", authority: "", value: "149900195001010018").reach == .region)
    }

    @Test("linking takes no place-holder and no bare number")
    func links() {
        #expect(throws: Failure("patient.emptyIdentifier", "")) {
            try IdentityRule.check([PatientIdentifier(type: "MR", authority: "H", value: "0")])
        }
        #expect(throws: Failure("identity.noAuthority", "")) {
            try IdentityRule.check([PatientIdentifier(type: "MR", authority: "", value: "880141")])
        }
    }
}
