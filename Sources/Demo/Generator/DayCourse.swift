import Effects

/// Draws when the reports of a day are ready and through which versions they go.
struct DayCourse: Sendable {
    /// Of 1,000 reports, how many are announced by a preliminary one, corrected, voided and sent twice.
    static let preliminaryPerMille = 50
    static let correctedPerMille = 20
    static let voidPerMille = 5
    static let repeatPerMille = 10

    /// Reports per hour of the day, in thousandths: two peaks, the higher one of 18 % (domain findings, §6.2).
    private static let hospitalHours = [
        5, 4, 3, 3, 4, 8, 12, 35, 110, 180, 160, 105, 40, 40, 75, 75, 55, 30, 15, 11, 9, 8, 7, 6,
    ]
    private static let townshipHours = [
        0, 0, 0, 0, 0, 0, 0, 30, 150, 180, 170, 120, 20, 20, 110, 100, 70, 25, 5, 0, 0, 0, 0, 0,
    ]

    /// Midnight of the day in China Standard Time.
    private let start: WallTime

    init(day: CivilDateTime) {
        var midnight = day
        (midnight.hour, midnight.minute, midnight.second, midnight.millisecond) = (0, 0, 0, 0)
        start = midnight.wallTime(offsetMinutes: 480)
    }

    /// The versions of one report with their times, and the time of a repeat.
    func draw(isHospital: Bool, from random: SeededRandom) -> (steps: [ReportPlan.Step], repeatTime: WallTime?) {
        let hour = random.index(weights: isHospital ? Self.hospitalHours : Self.townshipHours)
        let ready = hour * 3600 + random.integer(in: 0...3599)
        var steps = [step(.final, ready)]
        var last = ready
        if random.happens(perMille: Self.preliminaryPerMille) {
            steps.insert(step(.preliminary, ready - random.integer(in: 1200...5400)), at: 0)
        }
        if random.happens(perMille: Self.correctedPerMille) {
            last = ready + random.integer(in: 900...10_800)
            steps.append(step(.corrected, last))
        } else if random.happens(perMille: Self.voidPerMille) {
            last = ready + random.integer(in: 600...7200)
            steps.append(step(.void, last))
        }
        guard random.happens(perMille: Self.repeatPerMille) else { return (steps, nil) }
        return (steps, time(last + random.integer(in: 60...900)))
    }

    private func step(_ version: ReportVersion, _ second: Int) -> ReportPlan.Step {
        ReportPlan.Step(version: version, time: time(second))
    }

    /// The moment of a second of the day; what would fall outside the day falls on its first or last second.
    private func time(_ second: Int) -> WallTime {
        start.advanced(byMilliseconds: Int64(min(max(second, 0), 86_399)) * 1000)
    }
}
