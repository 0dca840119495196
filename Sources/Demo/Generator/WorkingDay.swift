package import Effects

/// One generated working day of both counties of the demo region: what their hospitals and townships send.
///
/// The same seed, date and kinds give the same bytes. Volumes come from `DailyVolume`; of 1,000 reports about 50 are
/// announced by a preliminary one, 20 are corrected, 5 voided and 10 sent twice (`DayCourse`); every twelfth report
/// of a kind goes out as FHIR, the others as HL7. No generated person can exist (`NeverIssuedIdentity`).
package struct WorkingDay: Sendable {
    /// The institutions, in the order in which a summary shows them.
    package let institutions = DemoInstitution.all
    private let days: [String: NodeDay]

    /// Plans the day; texts are made when messages are asked for.
    ///
    /// - Parameters:
    ///   - day: the date; its time of day does not matter.
    ///   - kinds: which kinds of reports the day has; all of them where not given.
    package init(seed: UInt64, day: CivilDateTime, kinds: Set<ReportKind> = Set(ReportKind.allCases)) {
        var taken: Set<String> = []
        var populations: [Population] = []
        for county in DemoCounty.allCases {
            // A patient has about two reports on a day of being examined.
            let reports = ReportKind.allCases.reduce(0) { $0 + DailyVolume($1, residents: county.residents).total }
            populations.append(Population(county, count: reports / 2, seed: seed, day: day, taken: &taken))
        }
        var days: [String: NodeDay] = [:]
        for institution in DemoInstitution.all {
            days[institution.node] = NodeDay(
                institution, kinds: kinds, day: day, seed: seed, populations: populations)
        }
        self.days = days
    }

    /// The ids of the nodes that have messages to send.
    package var nodes: [String] { institutions.map(\.node) }

    /// The messages of a node in the order of sending, each made when it is asked for; empty for an unknown node.
    package func messages(for node: String) -> DayMessages {
        DayMessages(days[node])
    }

    /// What the messages of a node must lead to; zeros for an unknown node.
    package func expected(for node: String) -> ExpectedCounts {
        days[node]?.expected ?? ExpectedCounts()
    }

    /// What all messages must lead to.
    package var expected: ExpectedCounts {
        nodes.reduce(ExpectedCounts()) { $0 + expected(for: $1) }
    }
}
