import Edge
import Effects
import Regions

/// Where a hospital's systems reach a node: HL7 v2 over MLLP, FHIR over HTTPS.
public struct TestListeners: Hashable, Sendable {
    /// The address at which HL7 v2 is taken.
    public let mllpHost: String
    /// The port that the system chose for it.
    public let mllpPort: Int
    /// Such as `https://127.0.0.1:40123/fhir`.
    public let fhirURL: String
    /// For `Authorization: Bearer …`; may deliver reports and ask about patients for treatment.
    public let fhirToken: String
    /// The authority of the HTTPS certificate, which names `localhost` and 127.0.0.1.
    public let authorityPEM: String
}

/// The character set of HL7 messages that name none in MSH-18.
public enum TestEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case gb18030 = "GB18030"
    case latin1 = "8859/1"
}

extension TestNode {
    /// Opens the node's real listeners for hospital systems, on loopback ports that the system chooses.
    ///
    /// They belong to the node's own unit and close when the node stops; after a restart call it again.
    public func openListeners(encoding: TestEncoding = .utf8) async throws -> TestListeners {
        try await TestFailure.translating {
            let token = Hexadecimal.text(shared.world.random.bytes(24))
            let tokenFile = folder + "/hospital.token"
            try SystemDisk().write(token, to: tokenFile, mode: 0o600)
            let unit = InstitutionReference.unit(try OrgUnitID(id))
            let here = NetworkAddress(host: "127.0.0.1", port: 0)
            let certificate = identity.certificate
            let edge = try await HospitalEdge.open(
                node: try node, handlers: shared.options.handlers,
                mllp: [
                    MLLPListener(
                        listen: here, institution: unit, clients: [try AddressRange("127.0.0.0/8")],
                        encoding: MessageEncoding(rawValue: encoding.rawValue) ?? .utf8)
                ],
                https: HTTPSListener(
                    listen: here,
                    systems: [
                        HospitalSystem(
                            name: "hospital", institution: unit, tokenFile: tokenFile, purpose: "treatment",
                            practitioner: "hospital")
                    ]),
                certificate: EdgeCertificate(
                    certificatePEM: Array(certificate.certificatePEM.utf8), keyPEM: Array(certificate.keyPEM.utf8)),
                world: shared.world, logger: shared.log.logger(of: id))
            try serve(edge)
            let addresses = try await edge.addresses
            guard let mllp = addresses.mllp.first?.address, let fhirURL = addresses.fhirBaseURL else {
                throw TestFailure("testkit.noListener", "the node's listeners did not open", place: id)
            }
            return TestListeners(
                mllpHost: mllp.host, mllpPort: Int(mllp.port), fhirURL: fhirURL, fhirToken: token,
                authorityPEM: shared.foundry.authority.certificatePEM)
        }
    }
}

/// Bytes as text, and back.
enum Hexadecimal {
    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The bytes of an even number of digits; none of anything else.
    static func bytes(_ text: String) -> [UInt8] {
        let digits = Array(text)
        guard digits.count % 2 == 0 else { return [] }
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    }
}
