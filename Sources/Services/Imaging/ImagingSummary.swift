package import DICOM
import Effects

/// The attributes by which an instance is found, its study's and series' included, as a small data set of their own.
package enum ImagingSummary {
    /// At which level somebody looks, and which attributes an answer has without being asked for them (PS3.18, 10.6.3).
    package enum Level: String, CaseIterable, Sendable {
        case study
        case series
        case instance

        /// What belongs to this level and to none above it.
        package var own: [DICOMTag] {
            switch self {
            case .study:
                [
                    .studyDate, .studyTime, .accessionNumber, .referrer, .studyDescription, .patientName, .patientID,
                    .patientIDIssuer, .patientBirthDate, .patientSex, .study, .studyID, .timezone,
                ]
            case .series:
                [.modality, .seriesDescription, .bodyPart, .stepDate, .stepTime, .series, .seriesNumber]
            case .instance:
                [
                    .sopClass, .sopInstance, .contentDate, .contentTime, .instanceNumber, .numberOfFrames, .rows,
                    .columns, .bitsAllocated,
                ]
            }
        }
    }

    private static let names = Level.allCases.flatMap(\.own).map { (name: $0.hexadecimal, value: "") }

    /// - Throws: `imaging.longAttributes`.
    static func bytes(of dataset: DICOMDataset) throws -> [UInt8] {
        let query = try DICOMQuery(parameters: names)
        let bytes = DICOMWriter(.explicitLittle).bytes(query.answer(from: dataset))
        guard bytes.count <= Limits.imagingSummaryBytes else {
            throw Failure(
                "imaging.longAttributes",
                "the attributes by which an instance is found have more than \(Limits.imagingSummaryBytes) bytes",
                remedy: "have the device write shorter descriptions")
        }
        return bytes
    }

    /// Reads what ``bytes(of:)`` wrote.
    static func dataset(_ bytes: [UInt8]) throws -> DICOMDataset {
        var reader = try DICOMReader(transferSyntax: .explicitLittle)
        try reader.feed(bytes)
        return try reader.finish().dataset
    }
}

extension DICOMTag {
    package static let modalitiesInStudy = DICOMTag(0x0008, 0x0061)
    package static let referrer = DICOMTag(0x0008, 0x0090)
    package static let contentDate = DICOMTag(0x0008, 0x0023)
    package static let contentTime = DICOMTag(0x0008, 0x0033)
    package static let studyDescription = DICOMTag(0x0008, 0x1030)
    package static let seriesDescription = DICOMTag(0x0008, 0x103E)
    package static let bodyPart = DICOMTag(0x0018, 0x0015)
    package static let studyID = DICOMTag(0x0020, 0x0010)
    package static let seriesInStudy = DICOMTag(0x0020, 0x1206)
    package static let instancesInStudy = DICOMTag(0x0020, 0x1208)
    package static let instancesInSeries = DICOMTag(0x0020, 0x1209)
    package static let stepDate = DICOMTag(0x0040, 0x0244)
    package static let stepTime = DICOMTag(0x0040, 0x0245)
}
