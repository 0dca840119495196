package import Ledgers

extension EntryKind {
    /// An instance of DICOM that a hospital's system sent: its description, and the manifest of its bytes.
    package static let imagingInstance = EntryKind(800)
}
