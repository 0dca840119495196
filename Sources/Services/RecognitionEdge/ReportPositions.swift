/// Tells reports of one message apart that share their order number and their service.
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
    /// Another service code is another result, so that only reports of one code are counted, among those of one filler
    /// number, or of one placer number where there is no filler's.
    ///
    /// - Parameter reports: the reports in their order.
    static func number(_ reports: [Report]) -> [Int] {
        var counts: [[String?]: Int] = [:]
        return reports.map { report in
            let key = [report.patient, report.filler, report.filler == nil ? report.placer : nil, report.code]
            counts[key, default: 0] += 1
            return counts[key, default: 1]
        }
    }
}
