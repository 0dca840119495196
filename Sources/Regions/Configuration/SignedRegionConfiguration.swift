import Effects
import SwiftProtobuf

/// A region configuration as it travels and lies in files: its bytes and the root key's signature over them.
///
/// Whoever holds the region's root public key verifies `signature` over `configurationBytes` before reading on.
package struct SignedRegionConfiguration: Hashable, Sendable {
    package var configurationBytes: [UInt8]
    package var keyID: [UInt8]
    package var signature: [UInt8]

    package init(configurationBytes: [UInt8], keyID: [UInt8], signature: [UInt8]) {
        self.configurationBytes = configurationBytes
        self.keyID = keyID
        self.signature = signature
    }

    package func wireBytes() throws -> [UInt8] {
        var message = PBSignedRegionConfiguration()
        message.configuration = configurationBytes.asData
        message.keyID = keyID.asData
        message.signature = signature.asData
        do {
            return try message.serializedBytes()
        } catch {
            throw Failure("region.encoding", "the signed region configuration cannot be encoded")
        }
    }

    /// Reads an envelope; the signature is not checked here.
    ///
    /// - Throws: `region.badBytes`.
    package init(wireBytes bytes: [UInt8]) throws {
        guard bytes.count <= Limits.configurationFileBytes,
            let message = try? PBSignedRegionConfiguration(serializedBytes: bytes), !message.configuration.isEmpty,
            !message.signature.isEmpty
        else {
            throw Failure(
                "region.badBytes", "the bytes are no signed region configuration",
                remedy: "take a file that 'yilian region publish' wrote")
        }
        self.init(
            configurationBytes: Array(message.configuration), keyID: Array(message.keyID),
            signature: Array(message.signature))
    }

    /// The configuration inside, read and checked for consistency.
    ///
    /// - Parameter sections: those that are read; others are carried.
    package func configuration(reading sections: [any RegionSection.Type]) throws -> RegionConfiguration {
        try RegionConfiguration(wireBytes: configurationBytes, sections: sections)
    }
}
