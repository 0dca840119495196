import Crypto
import Effects
import Foundation
import SwiftASN1
import Testing
import X509

/// Certificates that no authority of ours would issue.
enum HandmadeCertificate {
    static func der(names: [GeneralName]?) throws -> [UInt8] {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let name = try DistinguishedName { CommonName("handmade") }
        var extensions = Certificate.Extensions()
        if let names { try extensions.append(Certificate.Extension(SubjectAlternativeNames(names), critical: false)) }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(UInt32(77)), publicKey: key.publicKey,
            notValidBefore: Date(timeIntervalSince1970: 1_700_000_000),
            notValidAfter: Date(timeIntervalSince1970: 1_900_000_000), issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: key)
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return serializer.serializedBytes
    }
}

/// The names of a handmade certificate and the code with which it is refused.
struct NamesCase: Sendable, CustomTestStringConvertible {
    var names: [GeneralName]
    var code: Failure.Code

    init(_ names: [GeneralName], _ code: Failure.Code) {
        self.names = names
        self.code = code
    }

    var testDescription: String { "\(names.map(\.description)) \(code)" }
}
