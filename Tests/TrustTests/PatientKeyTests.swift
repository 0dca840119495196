import Effects
import Testing
import Trust

@Suite("Patient keys")
struct PatientKeyTests {
    private static func secret(_ id: SuiteID, epoch: UInt32 = 1, seed: UInt64 = 1) -> PatientKeySecret {
        PatientKeySecret(epoch: epoch, suite: Trust.Suite(id), random: SeededRandom(seed: seed))
    }

    @Test("spellings of one citizen identity number give one key", arguments: SuiteID.allCases)
    func spellings(_ id: SuiteID) throws {
        let secret = Self.secret(id)
        let key = try secret.patientKey(type: "citizenID", authority: "CN", value: "11010519491231002X")
        for value in [
            "11010519491231002x", "  11010519491231002X\n", "１１０１０５１９４９１２３１００２Ｘ", "\u{3000}11010519491231002ｘ",
        ] {
            #expect(try secret.patientKey(type: "citizenID", authority: " CN", value: value) == key)
        }
    }

    @Test("case and inner characters count in every other identifier", arguments: SuiteID.allCases)
    func otherTypes(_ id: SuiteID) throws {
        let secret = Self.secret(id)
        let key = try secret.patientKey(type: "MR", authority: "H1", value: "a-01")
        for value in ["A-01", "a01", "a-1", "a -01", "a-001"] {
            #expect(try secret.patientKey(type: "MR", authority: "H1", value: value) != key)
        }
        #expect(try secret.patientKey(type: "MR", authority: "H1", value: " a-01 ") == key)
    }

    @Test("type, authority and value cannot be shifted into each other", arguments: SuiteID.allCases)
    func unambiguous(_ id: SuiteID) throws {
        let secret = Self.secret(id)
        let triples = [
            ("MR", "H1", "23"), ("MR", "H12", "3"), ("MRH", "1", "23"), ("MR", "", "H123"), ("MRH1", "", "23"),
        ]
        let keys = try triples.map { try secret.patientKey(type: $0.0, authority: $0.1, value: $0.2) }
        #expect(Set(keys).count == triples.count)
    }

    @Test("another secret and the other suite give other keys")
    func separate() throws {
        let keys = try [Self.secret(.ed25519), Self.secret(.ed25519, seed: 2), Self.secret(.sm2)].map {
            try $0.patientKey(type: "MR", authority: "H1", value: "1")
        }
        #expect(Set(keys).count == 3)
    }

    @Test("a key is the HMAC of the documented message", arguments: SuiteID.allCases)
    func documented(_ id: SuiteID) throws {
        let secret = Self.secret(id)
        let message =
            [0, 0, 0, 21] + Array("yilian.patient-key.v1".utf8) + [0, 0, 0, 2] + Array("MR".utf8)
            + [0, 0, 0, 0] + [0, 0, 0, 1] + Array("7".utf8)
        let expected = secret.suite.hmac(key: secret.bytes, message: message)
        let key = try secret.patientKey(type: "MR", authority: "", value: "7")
        #expect(key.bytes == expected)
        #expect(PatientKey(hex: key.hex) == key)
        #expect(PatientKey(bytes: key.bytes.dropLast()) == nil)
    }

    @Test("an identifier without type or value is refused, and the refusal does not quote it")
    func empty() throws {
        let secret = Self.secret(.ed25519)
        for (type, value) in [("MR", ""), ("MR", " \u{3000}\t"), ("", "9876"), ("  ", "9876")] {
            let failure = #expect(throws: Failure.self) {
                try secret.patientKey(type: type, authority: "H1", value: value)
            }
            #expect(failure?.code == "patient.emptyIdentifier")
            #expect(failure?.description.contains("9876") == false)
        }
        #expect(throws: Failure("patient.malformedSecret", "")) {
            try PatientKeySecret(epoch: 1, suite: Trust.Suite(.sm2), bytes: [1, 2, 3])
        }
    }
}
