import Effects
package import Regions
package import Trust

/// The region's authority asks a node for the secret of an epoch that its folder has lost.
///
/// The region's root key signs the request and the answer is encrypted to a key that was made for it: who may ask is who
/// may publish, whoever carries the question.
package struct PatientKeyRecovery: Codable, Sendable, Equatable {
    package var epoch: UInt32
    /// The public bytes of the box key that the answer is encrypted to, in hexadecimal.
    package var boxKey: String
    /// The root key's signature, in hexadecimal.
    package var signature: String

    /// What a node answers.
    package struct Answer: Codable, Sendable, Equatable {
        /// The secret, encrypted, in hexadecimal.
        package var box: String

        package init(box: [UInt8]) {
            self.box = Hex.text(box)
        }
    }

    package init(epoch: UInt32, boxKey: BoxPublicKey, region: RegionID, rootKey: SigningKey) throws {
        self.epoch = epoch
        self.boxKey = Hex.text(boxKey.bytes)
        signature = Hex.text(try rootKey.sign(Self.message(epoch: epoch, boxKey: boxKey.bytes, region: region)))
    }

    /// The key that the answer is encrypted to.
    ///
    /// - Throws: `patientKey.notAuthorised` unless the region's root key signed exactly this request.
    package func recipient(region: RegionID, rootKey: PublicKey) throws -> BoxPublicKey {
        guard let bytes = Hex.bytes(boxKey), let signature = Hex.bytes(signature),
            let key = try? BoxPublicKey(suite: rootKey.suite, bytes: bytes),
            rootKey.verify(
                signature: signature, message: Self.message(epoch: epoch, boxKey: bytes, region: region))
        else {
            throw Failure(
                "patientKey.notAuthorised", "the region's root key did not sign this request",
                remedy: "ask with `yilian cert epoch recover` from the folder of this region's authority")
        }
        return key
    }

    /// What the answer is encrypted under, besides the key.
    package static func context(region: RegionID, epoch: UInt32) -> [UInt8] {
        Array("yilian patient key recovery \(region) \(epoch)".utf8)
    }

    private static func message(epoch: UInt32, boxKey: [UInt8], region: RegionID) -> [UInt8] {
        Array("yilian patient key recovery 1\n\(region)\n\(epoch)\n\(Hex.text(boxKey))\n".utf8)
    }
}

extension PatientKeyring {
    /// Gives an epoch's secret back to the region's authority.
    ///
    /// - Throws: `patientKey.notAuthorised`; `patientKey.noEpoch`, `patientKey.noSecret` where this node has it not.
    package func answer(_ request: PatientKeyRecovery) throws -> PatientKeyRecovery.Answer {
        let recipient = try request.recipient(region: region.current.region, rootKey: region.rootKey)
        return PatientKeyRecovery.Answer(
            box: try recipient.seal(
                try secret(ofEpoch: request.epoch).bytes,
                context: PatientKeyRecovery.context(region: region.current.region, epoch: request.epoch)))
    }

    /// The secret of an epoch by its number.
    ///
    /// - Throws: `patientKey.noEpoch`, `patientKey.noSecret`.
    package func secret(ofEpoch number: UInt32) throws -> PatientKeySecret {
        guard let epoch = region.current.patientKeyEpochs.first(where: { $0.epoch == number }) else {
            throw Failure(
                "patientKey.noEpoch", "the region configuration of this node has no patient key epoch \(number)",
                remedy: "ask a node whose configuration has it; `yilian region show` says which epochs there are")
        }
        return try secret(of: epoch)
    }
}
