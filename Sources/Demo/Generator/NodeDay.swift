import Effects

/// The plan of one institution's day: its reports, and in which order their versions are sent.
struct NodeDay: Sendable {
    /// One message to send.
    struct Sending: Sendable {
        var plan: Int
        var step: Int
        var isRepeat: Bool
        var time: WallTime
    }

    private(set) var plans: [ReportPlan] = []
    private(set) var sendings: [Sending] = []
    private(set) var expected = ExpectedCounts()

    /// Every so many reports one goes out as FHIR.
    private static let fhirEvery = 12
    /// Of 1,000 patients, how many come from the other county.
    private static let visitorsPerMille = 40

    init(
        _ institution: DemoInstitution, kinds: Set<ReportKind>, day: CivilDateTime, seed: UInt64,
        populations: [Population]
    ) {
        let course = DayCourse(day: day)
        for kind in ReportKind.allCases where kinds.contains(kind) {
            for serial in stride(from: 1, through: DailyVolume.reports(kind, of: institution), by: 1) {
                let reportSeed = Seeds.derive(
                    Seeds.derive(seed, institution.node + "." + kind.rawValue), UInt64(serial))
                let random = SeededRandom(seed: reportSeed)
                let person = Self.patient(of: institution, populations, from: random)
                let (steps, repeatTime) = course.draw(isHospital: institution.isHospital, from: random)
                let format: GeneratedMessage.Format = (serial % Self.fhirEvery == 0) ? .fhir : .hl7
                let plan = ReportPlan(
                    institution: institution, kind: kind, serial: serial, seed: random.next(), person: person,
                    format: format, steps: steps, repeatTime: repeatTime, day: day)
                add(plan)
            }
        }
        let plans = plans
        sendings.sort { left, right in
            if left.time != right.time { return left.time < right.time }
            if left.plan != right.plan { return plans[left.plan].orderNumber < plans[right.plan].orderNumber }
            return left.step != right.step ? left.step < right.step : !left.isRepeat && right.isRepeat
        }
    }

    private mutating func add(_ plan: ReportPlan) {
        for (index, step) in plan.steps.enumerated() {
            sendings.append(Sending(plan: plans.count, step: index, isRepeat: false, time: step.time))
        }
        if let time = plan.repeatTime {
            sendings.append(Sending(plan: plans.count, step: plan.steps.count - 1, isRepeat: true, time: time))
        }
        expected.count(plan)
        plans.append(plan)
    }

    private static func patient(
        of institution: DemoInstitution, _ populations: [Population], from random: SeededRandom
    ) -> DemoPerson {
        let isVisitor = random.happens(perMille: visitorsPerMille)
        let home = institution.county.rawValue
        let index = isVisitor ? (home + 1) % populations.count : home
        return random.pick(populations[index].persons) ?? .liJianguo
    }
}
