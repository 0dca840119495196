/// What is known of an instance after all of it was read.
package struct DICOMInstance: Sendable {
    /// The file meta information; `nil` where a bare data set was read.
    package let meta: DICOMDataset?
    /// The attributes up to the pixel data.
    package let dataset: DICOMDataset
    package let transferSyntax: DICOMTransferSyntax
    /// Whether the file names its transfer syntax; else the one above is what the data set looks like.
    package let isSyntaxStated: Bool
    /// Whether the data set has value representations where its transfer syntax says so; it was read as it is.
    package let isFormAsStated: Bool
    package let pixels: DICOMPixelLayout?
    package let sizeBytes: Int64
    /// Elements and items, all of them.
    package let elementCount: Int
    /// Whether no sequence was too large to be described.
    package let isWholeDescribed: Bool

    package var studyUID: String? { dataset.text(.study) }
    package var seriesUID: String? { dataset.text(.series) }
    package var instanceUID: String? { dataset.text(.sopInstance) }
    package var sopClassUID: String? { dataset.text(.sopClass) }
    package var modality: String? { dataset.text(.modality) }
    package var accessionNumber: String? { dataset.text(.accessionNumber) }
    package var patientID: String? { dataset.text(.patientID) }
    package var patientName: DICOMText? { dataset.doubtedText(.patientName) }

    /// How many pictures it holds: one where it holds pixels and does not say.
    package var frames: Int {
        if let stated = dataset.integer(.numberOfFrames), stated > 0 { return stated }
        return pixels == nil ? 0 : 1
    }
}
