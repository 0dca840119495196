import Effects
import Testing

@testable import DICOM

@Suite("Units of an association")
struct AssociationPDUTests {
    static let ct = "1.2.840.10008.5.1.4.1.1.2"

    static let offer = AssociationOffer(
        calledTitle: "YILIAN", callingTitle: "CT1",
        contexts: [
            PresentationContext(
                id: 1, abstractSyntax: AssociationTerms.verification, transferSyntaxes: ["1.2.840.10008.1.2"]),
            PresentationContext(
                id: 3, abstractSyntax: AssociationTerms.worklist, transferSyntaxes: ["1.2.840.10008.1.2"]),
            PresentationContext(
                id: 5, abstractSyntax: ct, transferSyntaxes: ["1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.1"]),
            PresentationContext(
                id: 7, abstractSyntax: AssociationTerms.storageCommitment,
                transferSyntaxes: ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"]),
        ],
        user: AssociationUser(
            maximumBytes: 16_384, implementationUID: "1.2.3", implementationName: "TEST",
            roles: [
                AssociationRole(
                    abstractSyntax: AssociationTerms.storageCommitment, asksForIt: true, offersIt: true)
            ]))

    static let units: [AssociationPDU] = [
        .request(offer),
        .accept(
            AssociationAnswer(
                calledTitle: "YILIAN", callingTitle: "CT1",
                results: [
                    PresentationResult(id: 1, outcome: .accepted, transferSyntax: "1.2.840.10008.1.2"),
                    PresentationResult(id: 3, outcome: .abstractSyntaxUnknown, transferSyntax: ""),
                ], user: AssociationUser(maximumBytes: 0))),
        .reject(.limitReached), .reject(.calledTitleUnknown),
        .data([
            PresentationValue(contextID: 1, isCommand: true, isLast: true, bytes: [1, 2, 3, 4]),
            PresentationValue(contextID: 1, isCommand: false, isLast: false, bytes: []),
        ]),
        .releaseRequest, .releaseResponse, .abort(.unexpectedUnit), .abort(.byUser),
    ]

    private static func decoded(_ bytes: [UInt8], cut: Int) throws -> [AssociationPDU] {
        var decoder = AssociationDecoder()
        var units: [AssociationPDU] = []
        try decoder.feed(Array(bytes[..<cut])) { units.append($0) }
        try decoder.feed(Array(bytes[cut...])) { units.append($0) }
        return units
    }

    @Test("every unit is read as it was written, wherever the stream is cut")
    func roundTrip() throws {
        let stream = Self.units.flatMap(AssociationEncoder.bytes)
        for cut in 0...stream.count { #expect(try Self.decoded(stream, cut: cut) == Self.units) }
        var decoder = AssociationDecoder()
        var units: [AssociationPDU] = []
        for byte in stream { try decoder.feed([byte]) { units.append($0) } }
        #expect(units == Self.units)
    }

    /// What pynetdicom 3.0.4 writes, with a role, several transfer syntaxes and padded UIDs.
    private static let foreign = """
        0100000001c20001000059494c49414e202020202020202020204354312020202020202020202020202000000000000000000000\
        0000000000000000000000000000000000000000000010000015312e322e3834302e31303030382e332e312e312e312000007601\
        00000030000011312e322e3834302e31303030382e312e3140000011312e322e3834302e31303030382e312e3240000013312e32\
        2e3834302e31303030382e312e322e3140000016312e322e3834302e31303030382e312e322e312e393940000013312e322e3834\
        302e31303030382e312e322e32200000330300000030000014312e322e3834302e31303030382e312e32302e3140000013312e32\
        2e3834302e31303030382e312e322e31200000520500000030000019312e322e3834302e31303030382e352e312e342e312e312e\
        3240000016312e322e3834302e31303030382e312e322e342e353040000013312e322e3834302e31303030382e312e322e315000\
        005a5100000400003ffe52000020312e322e3832362e302e312e333638303034332e392e333831312e332e302e345500000e5059\
        4e45544449434f4d5f333034540000180014312e322e3834302e31303030382e312e32302e310100
        """

    static func bytes(hexadecimal text: String) -> [UInt8] {
        stride(from: 0, to: text.count, by: 2).compactMap { UInt8(text.dropFirst($0).prefix(2), radix: 16) }
    }

    @Test("a request of another program's is read")
    func foreignRequest() throws {
        let bytes = Self.bytes(hexadecimal: Self.foreign)
        #expect(bytes.count == 456)
        guard case .request(let offer) = try Self.decoded(bytes, cut: 100).first else {
            Issue.record("no request")
            return
        }
        #expect(offer.calledTitle == "YILIAN" && offer.callingTitle == "CT1")
        #expect(offer.applicationContext == AssociationOffer.applicationContext)
        #expect(offer.contexts.map(\.id) == [1, 3, 5] && offer.contexts.map(\.transferSyntaxes.count) == [4, 1, 2])
        #expect(offer.user.maximumBytes == 16_382 && offer.user.implementationName == "PYNETDICOM_304")
        #expect(
            offer.user.roles == [
                AssociationRole(abstractSyntax: AssociationTerms.storageCommitment, asksForIt: true, offersIt: false)
            ])
    }

    @Test("commands are read as they were written, and as another program writes them")
    func commands() throws {
        var command = DIMSECommand(.action, messageID: 4)
        command.sopClassUID = AssociationTerms.storageCommitment
        command.sopInstanceUID = AssociationTerms.storageCommitmentInstance
        command.actionType = 1
        command.hasDataset = true
        #expect(try DIMSECommand(command.bytes) == command)
        var answer = DIMSECommand(DIMSECommand.Kind.find.response, messageID: 9)
        answer.status = .pending
        answer.comment = "two words"
        #expect(try DIMSECommand(answer.bytes) == answer)
        let text = """
            00000000040000005a000000000002001a000000312e322e3834302e31303030382e352e312e342e312e312e320000000001\
            0200000001000000100102000000070000000007020000000200000000080200000001000000001008000000312e322e332e\
            3400
            """
        let foreign = try DIMSECommand(Self.bytes(hexadecimal: text))
        #expect(foreign.kind == .store && foreign.messageID == 7 && foreign.hasDataset && foreign.priority == 2)
        #expect(foreign.sopClassUID == Self.ct && foreign.sopInstanceUID == "1.2.3.4")
    }

    private static let impossible: [(String, Failure.Code)] = [
        ("080000000000", "dimse.unknownUnit"), ("474554202f20", "dimse.unknownUnit"),
        ("04007fffffff", "dimse.unitTooLong"), ("050000000005", "dimse.unitTooLong"),
        ("010000100000", "dimse.unitTooLong"), ("040000000000", "dimse.malformed"),
        ("040000000006000000090103", "dimse.malformed"), ("04000000000400000000", "dimse.malformed"),
        ("0100000000020001", "dimse.malformed"),
    ]

    @Test("a unit that cannot be is refused before memory is taken for it", arguments: impossible)
    func refused(_ text: String, _ code: Failure.Code) {
        let bytes = Self.bytes(hexadecimal: text)
        #expect(Result { try Self.decoded(bytes, cut: 0) }.code == code)
    }

    @Test("no byte of a unit or of a command that is changed or missing traps")
    func hostile() {
        for unit in Self.units.map(AssociationEncoder.bytes) + [Self.bytes(hexadecimal: Self.foreign)] {
            for position in unit.indices {
                for value: UInt8 in [0, 1, 0x7F, 0xFF] {
                    var bytes = unit
                    bytes[position] = value
                    _ = try? Self.decoded(bytes, cut: position)
                }
                // Its length made true again, so that what is inside of it is cut.
                var shorter = Array(unit[..<position])
                guard shorter.count > 6 else { continue }
                let count = shorter.count - 6
                shorter.replaceSubrange(2..<6, with: [0, 0, UInt8(count >> 8), UInt8(count & 0xFF)])
                _ = try? Self.decoded(shorter, cut: 0)
            }
        }
        var command = DIMSECommand(.store, messageID: 1)
        command.sopClassUID = Self.ct
        for position in command.bytes.indices {
            for value: UInt8 in [0, 0x7F, 0xFF] {
                var bytes = command.bytes
                bytes[position] = value
                _ = try? DIMSECommand(bytes)
            }
            _ = try? DIMSECommand(Array(command.bytes[..<position]))
        }
    }
}
