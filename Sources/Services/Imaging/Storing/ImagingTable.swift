import DICOM
import Effects
package import Ledgers
package import ServiceKit
import Storage
package import Trust
import Wire

/// What lies at this node, row by row.
package enum ImagingTable {
    static let otherBytes = Failure(
        "imaging.otherBytes", "an instance of this UID lies here with other bytes, and is never overwritten",
        remedy: "have the device give a changed instance a UID of its own")

    /// An instance that lies here.
    struct Known {
        var entry: String
        var sha256: Digest
    }

    static func known(_ instanceUID: String, in sql: any SQLTransaction) throws -> Known? {
        try sql.row("SELECT entry, sha256 FROM imaging_instance WHERE instance = $1", [instanceUID]).map { row in
            Known(entry: try row.text(0), sha256: try digest(row.bytes(1)))
        }
    }

    /// Why the same bytes were put aside before; none where they were not.
    static func aside(
        _ instanceUID: String, sha256: Digest, in sql: any SQLTransaction
    ) throws -> ImagingContradiction? {
        try sql.row(
            "SELECT reason FROM imaging_aside WHERE instance = $1 AND sha256 = $2 LIMIT 1",
            [instanceUID, sha256.bytes]
        ).map { row in
            guard let reason = ImagingContradiction(rawValue: try row.text(0)) else { throw ImagingInstance.malformed }
            return reason
        }
    }

    private static func digest(_ bytes: [UInt8]) throws -> Digest {
        guard let digest = Digest(bytes: bytes) else { throw ImagingInstance.malformed }
        return digest
    }

    /// Writes an instance, its series and its study; what the study did not say so far, it says from now on.
    static func insert(_ instance: ImagingInstance, entry: Entry, unit: String, in sql: any SQLTransaction) throws {
        guard let identifier = instance.patient.identifiers.first else { throw ImagingInstance.malformed }
        let since = entry.receivedTime.milliseconds
        let name = instance.isNameDamaged ? "" : instance.patient.name ?? ""
        try sql.execute(
            """
            INSERT INTO imaging_study (study, unit, issuer, patient, name, birth_date, sex, accession, study_date, person,
                since, series, instances, summary)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, $12)
            ON CONFLICT (study) DO UPDATE SET
                name = CASE WHEN imaging_study.name = '' THEN excluded.name ELSE imaging_study.name END,
                birth_date = CASE WHEN imaging_study.birth_date = '' THEN excluded.birth_date
                    ELSE imaging_study.birth_date END,
                sex = CASE WHEN imaging_study.sex = '' THEN excluded.sex ELSE imaging_study.sex END,
                accession = CASE WHEN imaging_study.accession = '' THEN excluded.accession
                    ELSE imaging_study.accession END
            """,
            [
                instance.studyUID, unit, ImagingContradiction.issuer(of: identifier, unit: unit), identifier.value,
                name,
                instance.patient.birthDate ?? "", instance.patient.sex ?? "", instance.accessionNumber,
                try ImagingSummary.dataset(instance.summary).text(.studyDate) ?? "",
                try instance.patient.wireBytes(), since, instance.summary,
            ])
        let series = try sql.execute(
            """
            INSERT INTO imaging_series (study, series, modality, since, instances, summary)
            VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT (study, series) DO NOTHING
            """, [instance.studyUID, instance.seriesUID, instance.modality, since, instance.summary])
        try sql.execute(
            """
            INSERT INTO imaging_instance (instance, study, series, entry, sha256, syntax, since, manifest, summary)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                instance.instanceUID, instance.studyUID, instance.seriesUID, entry.id.description,
                instance.sha256.bytes, instance.transferSyntax, since, try instance.manifest.wireBytes(),
                instance.summary,
            ])
        try sql.execute(
            "UPDATE imaging_study SET instances = instances + 1, series = series + $1 WHERE study = $2",
            [series, instance.studyUID])
        try sql.execute(
            "UPDATE imaging_series SET instances = instances + 1 WHERE study = $1 AND series = $2",
            [instance.studyUID, instance.seriesUID])
    }

    /// Whose a study is.
    package struct Owner: Hashable, Sendable {
        package var unit: String
        /// The identifier by which the patient is known, of the study's first instance.
        package var identifier: PatientIdentifier
    }

    static func owner(_ unit: String, _ person: [UInt8]) throws -> Owner {
        guard let identifier = try PatientDemographics(wireBytes: person).identifiers.first else {
            throw ImagingInstance.malformed
        }
        return Owner(unit: unit, identifier: identifier)
    }

    /// An instance whose bytes lie here.
    package struct File: Sendable {
        package var studyUID: String
        package var seriesUID: String
        package var instanceUID: String
        package var entry: EntryID
        package var sha256: Digest
        package var transferSyntax: String
    }

    /// The instances of a study, of a series of it, or one of them; in the order of their series and UIDs.
    static func files(
        study: String, series: String?, instance: String?, limit: Int, in sql: any SQLTransaction
    ) throws -> [File] {
        try sql.rows(
            """
            SELECT study, series, instance, entry, sha256, syntax FROM imaging_instance
            WHERE study = $1 AND ($2 = '' OR series = $2) AND ($3 = '' OR instance = $3)
            ORDER BY study, series, instance LIMIT $4
            """, [study, series ?? "", instance ?? "", limit]
        ).map { row in
            File(
                studyUID: try row.text(0), seriesUID: try row.text(1), instanceUID: try row.text(2),
                entry: try EntryID(try row.text(3)), sha256: try digest(row.bytes(4)),
                transferSyntax: try row.text(5))
        }
    }

    static func manifest(of instanceUID: String, in sql: any SQLTransaction) throws -> AttachmentManifest? {
        try sql.row("SELECT manifest FROM imaging_instance WHERE instance = $1", [instanceUID]).map {
            try AttachmentManifest(wireBytes: try $0.bytes(0))
        }
    }
}
