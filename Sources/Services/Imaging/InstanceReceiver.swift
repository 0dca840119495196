package import DICOM
import Effects
package import Ledgers
package import Trust

/// Takes one instance while its bytes come: checks its form, counts its digest and stores it, a chunk at a time.
///
/// Whoever feeds it reads no faster than the disk writes. The first failure ends it: the bytes that came are thrown away
/// by ``abandon()``.
package struct InstanceReceiver: ~Copyable {
    private var reader = DICOMReader()
    private var hash = StreamedHash()
    private var writer: AttachmentWriter

    /// An instance that has come whole.
    package struct Received: Sendable {
        package let instance: DICOMInstance
        package let sha256: Digest
        package let manifest: AttachmentManifest
    }

    package init(ledger: Ledger) {
        writer = AttachmentWriter(ledger: ledger)
    }

    /// Takes the next bytes.
    ///
    /// - Throws: a failure with a code `dicom.…`; what ``Ledgers/AttachmentWriter/append(_:)`` throws.
    package nonisolated(nonsending) mutating func append(_ bytes: ArraySlice<UInt8>) async throws {
        try reader.feed(bytes)
        hash.update(bytes)
        try await writer.append(bytes)
    }

    /// The end of the bytes.
    ///
    /// - Throws: as for ``append(_:)``.
    package nonisolated(nonsending) mutating func finish() async throws -> Received {
        let instance = try reader.finish()
        return Received(instance: instance, sha256: hash.digest, manifest: try await writer.finish())
    }

    /// Throws away what came.
    package nonisolated(nonsending) func abandon() async throws { try await writer.abandon() }
}
