import YilianTestKit

/// People who do not exist: their numbers are of a division that was never given out.
enum People {
    static let wang = TestPatient("王试一", identifier: "149900195001010018")
    static let li = TestPatient("李试二", identifier: "149900196203040025")

    static func patient(_ number: Int) -> TestPatient {
        TestPatient("赵试\(number)", identifier: "P-\(number)", identifierType: "MR", authority: "TEST")
    }
}
