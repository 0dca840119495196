import Effects
import Storage
import Trust

/// Finds the result that a message speaks of where that is another patient's: a correction may say whose it really is.
///
/// Only the institution's own results are looked at, so nobody moves another's. Order numbers are used again, so the number
/// and the service alone move nothing: the collection time has to agree, or there is one such result and no time.
struct ReportMove {
    let report: PreparedReport
    let identity: ReportIdentity
    let mark: VersionOrder.Mark
    let taken: Set<String>
    let suite: Suite

    /// A result of another patient under the report's number and service.
    private struct Other {
        var result: ReportTable.Result
        var relation: CollectionTime.Relation
    }

    /// The key of the result that the report changes, under whatever key of a person it came.
    ///
    /// - Parameter content: reads a version's content.
    /// - Returns: `nil` where the report is a result of its own.
    /// - Throws: `recognition.ambiguous` where it corrects one of several; `recognition.otherPatient` for a withdrawal.
    func key(
        _ notices: inout [PublishNotice], content: (ReportTable.Version) throws -> ReportContent?,
        in lookup: ReportLookup
    ) throws -> String? {
        let isAsking = report.mayMove || report.content.status == .void
        let limit = isAsking ? Limits.reportsPerNumberOfAnybody : Limits.reportsPerNumberCompared
        let keys = try OrderNumberTable.keys(of: report.content, limit: limit, suite: suite, in: lookup.sql)
        guard let keys else {
            guard report.mayMove else { return nil }
            throw ReportIdentity.ambiguous
        }
        var own: [String] = []
        var others: [Other] = []
        for key in keys where !taken.contains(key) {
            let result = ReportTable.Result(key: key, versions: try lookup.versions(of: key))
            guard let content = try result.versions.lazy.compactMap(content).first,
                let relation = identity.relation(to: content, result.versions)
            else { continue }
            if try !Self.isOfAnother(result, report, in: lookup.sql) {
                own.append(key)
            } else if !result.isVoid {
                others.append(Other(result: result, relation: relation))
            }
        }
        if let key = try identity.chosen(among: own, taken: taken, in: lookup) { return key }
        return try chosen(among: others, &notices)
    }

    private func chosen(among others: [Other], _ notices: inout [PublishNotice]) throws -> String? {
        let same = others.filter { $0.relation == .same }
        guard report.mayMove else { return try touched(same, &notices) }
        let meant = same.isEmpty ? others.filter { $0.relation == .unknown } : same
        guard let first = meant.first else { return nil }
        guard meant.count == 1, !same.isEmpty || others.count == 1 else { throw ReportIdentity.ambiguous }
        return first.result.key
    }

    /// What a report that corrects nothing has to do with results of others that have its number, service and time.
    private func touched(_ same: [Other], _ notices: inout [PublishNotice]) throws -> String? {
        guard let first = same.first else { return nil }
        if report.content.status == .void {
            guard !identity.hasExactTime else { throw Self.otherPatient }
        } else if same.count == 1, identity.hasExactTime, first.result.correctsWhatIsNotHere,
            first.result.staysBefore(mark)
        {
            // The correction came first, with the right patient: this is what it corrects.
            return first.result.key
        }
        notices.append(PublishNotice(.otherPatient))
        return nil
    }

    /// Whether a result is of somebody else than a report's patient, as far as links and reports here tell.
    static func isOfAnother(
        _ result: ReportTable.Result, _ report: PreparedReport, in sql: any SQLTransaction
    ) throws -> Bool {
        let keys = report.patientKeys + report.earlierKeys
        guard result.isOfAnother(than: keys) else { return false }
        guard result.isOfAnother(than: try ReportTable.equivalents(of: keys, in: sql).keys) else { return false }
        // Within the house, what came beside a number names its patient, too.
        let others = try ReportTable.otherKeys(of: keys, limit: ReportPublisher.otherKeysTried, in: sql)
        return result.isOfAnother(than: keys + others)
    }

    static let otherPatient = Failure(
        "recognition.otherPatient", "the result with this number, service and collection time is another patient's",
        remedy:
            "send it with the patient whose result it is; to move it, send it as a correction (OBR-25 = C, FHIR: corrected)"
    )
}

extension PreparedReport {
    /// Whether the message says that something else was said before: a correction, or FHIR's PUT.
    var mayMove: Bool {
        content.status == .corrected || submission.isUpdate && content.status != .void
    }
}

extension ReportTable.Result {
    /// Whether all that is known of it are corrections: what they correct has not come.
    fileprivate var correctsWhatIsNotHere: Bool { versions.allSatisfy { $0.fields.status == .corrected } }

    /// Whether what stands would go on standing if a version came.
    fileprivate func staysBefore(_ mark: VersionOrder.Mark) -> Bool {
        VersionOrder(versions.map { VersionOrder.Mark($0.fields, at: $0.authorTime) } + [mark]).standing
            != versions.count
    }
}
