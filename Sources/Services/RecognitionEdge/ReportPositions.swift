/// Tells reports of one message apart that share their order number.
enum ReportPositions {
    /// What a report is numbered by.
    struct Report {
        /// Anything that is the same for one patient of the message.
        var patient: String?
        var filler: String?
        var placer: String?
        var code: String
    }

    /// The positions of reports, from 1.
    ///
    /// A filler order number names a report; where it stands on several of one message, the later ones count on, and
    /// their service code and position complete their identity. Without it, reports of one placer number and one
    /// service code are counted, so that another service in between does not move them.
    ///
    /// - Parameter reports: the reports in their order.
    static func number(_ reports: [Report]) -> [Int] {
        var counts: [[String?]: Int] = [:]
        return reports.map { report in
            var key = [report.patient, report.filler]
            if report.filler == nil { key += [report.placer, report.code] }
            counts[key, default: 0] += 1
            return counts[key, default: 1]
        }
    }
}
