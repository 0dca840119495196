import Effects
package import Ledgers
import ServiceKit
package import Storage
import Wire

/// Studies, series and instances that lie at this node, and what was put aside.
///
/// Names and numbers of patients lie in these tables: the entries never leave their node.
package struct ImagingProjection: Projection {
    package init() {}

    package let name = "imaging"
    package let declared = [DeclaredKind(.imagingInstance, author: .imagingInstance)]
    package let tables: [StaticString] = ["imaging_study", "imaging_series", "imaging_instance", "imaging_aside"]
    package let migrations = [
        Migration(
            "imaging", 1,
            [
                """
                CREATE TABLE imaging_study (
                    study TEXT NOT NULL PRIMARY KEY, unit TEXT NOT NULL, issuer TEXT NOT NULL, patient TEXT NOT NULL,
                    name TEXT NOT NULL, birth_date TEXT NOT NULL, sex TEXT NOT NULL, accession TEXT NOT NULL,
                    study_date TEXT NOT NULL, person BYTEA NOT NULL, since BIGINT NOT NULL, series BIGINT NOT NULL,
                    instances BIGINT NOT NULL, summary BYTEA NOT NULL)
                """,
                "CREATE INDEX imaging_study_by_patient ON imaging_study (patient, since)",
                "CREATE INDEX imaging_study_by_accession ON imaging_study (accession, unit)",
                "CREATE INDEX imaging_study_by_date ON imaging_study (study_date, since)",
                "CREATE INDEX imaging_study_by_time ON imaging_study (since)",
                """
                CREATE TABLE imaging_series (
                    study TEXT NOT NULL, series TEXT NOT NULL, modality TEXT NOT NULL, since BIGINT NOT NULL,
                    instances BIGINT NOT NULL, summary BYTEA NOT NULL, PRIMARY KEY (study, series))
                """,
                "CREATE INDEX imaging_series_by_uid ON imaging_series (series)",
                """
                CREATE TABLE imaging_instance (
                    instance TEXT NOT NULL PRIMARY KEY, study TEXT NOT NULL, series TEXT NOT NULL,
                    entry TEXT NOT NULL, sha256 BYTEA NOT NULL, syntax TEXT NOT NULL, since BIGINT NOT NULL,
                    manifest BYTEA NOT NULL, summary BYTEA NOT NULL)
                """,
                "CREATE INDEX imaging_instance_by_series ON imaging_instance (study, series, instance)",
                """
                CREATE TABLE imaging_aside (
                    entry TEXT NOT NULL PRIMARY KEY, instance TEXT NOT NULL, study TEXT NOT NULL, unit TEXT NOT NULL,
                    sha256 BYTEA NOT NULL, reason TEXT NOT NULL, modality TEXT NOT NULL, since BIGINT NOT NULL,
                    size BIGINT NOT NULL)
                """,
                "CREATE INDEX imaging_aside_by_instance ON imaging_aside (instance)",
                "CREATE INDEX imaging_aside_by_time ON imaging_aside (since, entry)",
            ])
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let fields = try ImagingFields(wireBytes: entry.fields)
        guard let payload = entry.payload else { return }
        let instance = try ImagingInstance(wireBytes: payload)
        guard entry.subject == ImagingInstance.subject(of: instance.instanceUID, suite: context.suite) else {
            throw ImagingInstance.malformed
        }
        try Attachments.announce(
            [instance.manifest], by: entry, context: context, limitBytes: Limits.streamedAttachmentBytes,
            in: transaction)
        let id = entry.id.description
        if let known = try ImagingTable.known(instance.instanceUID, in: transaction) {
            guard known.entry == id || known.sha256 == instance.sha256 else { throw ImagingTable.otherBytes }
            return
        }
        if let reason = try ImagingContradiction.find(in: instance, of: fields.unit, in: transaction) {
            try transaction.execute(
                """
                INSERT INTO imaging_aside (entry, instance, study, unit, sha256, reason, modality, since, size)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (entry) DO NOTHING
                """,
                [
                    id, instance.instanceUID, instance.studyUID, fields.unit, instance.sha256.bytes, reason.rawValue,
                    instance.modality, entry.receivedTime.milliseconds, instance.sizeBytes,
                ])
            return
        }
        try ImagingTable.insert(instance, entry: entry, unit: fields.unit, in: transaction)
    }
}
