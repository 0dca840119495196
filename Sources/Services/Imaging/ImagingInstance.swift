import Effects
package import Ledgers
package import ServiceKit
package import Trust

/// An instance of DICOM as an entry tells of it: which one it is, whose it says that it is, and where its bytes lie.
///
/// The bytes are those that came; nothing of them is ever altered.
package struct ImagingInstance: Equatable, Sendable {
    package var studyUID: String
    package var seriesUID: String
    package var instanceUID: String
    package var sopClassUID: String
    package var transferSyntax: String
    /// Empty where the file says none.
    package var modality: String
    /// Empty where the file says none.
    package var accessionNumber: String
    /// As it stands in the file; the first identifier is the one that counts.
    package var patient: PatientDemographics
    /// Whether some bytes of the name are no characters: nobody is told apart by it.
    package var isNameDamaged: Bool
    /// How many pictures it holds.
    package var frames: Int
    /// SHA-256 of the bytes as they came.
    package var sha256: Digest
    package var manifest: AttachmentManifest
    /// The attributes by which it is found (``ImagingSummary``).
    package var summary: [UInt8]

    package var sizeBytes: Int { manifest.sizeBytes }

    /// Under what an entry tells of an instance: it says nothing about anybody.
    static func subject(of instanceUID: String, suite: Suite) -> String {
        suite.digest(parts: [context, Array(instanceUID.utf8)]).hex
    }

    private static let context = Array("yilian imaging instance 1\n".utf8)

    static let malformed = Failure("imaging.malformed", "the entry of an instance cannot be read")
}
