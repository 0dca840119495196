package import Effects

/// Moments as a page shows them: in China's time, with an age or a clock that goes on beside.
package struct Moment: Hashable, Sendable {
    package let time: WallTime
    private let civil: CivilDateTime

    package init(_ time: WallTime) {
        self.time = time
        civil = CivilDateTime(time, offsetMinutes: WallTime.chinaOffsetMinutes)
    }

    /// The time of day with its seconds, `14:32:08`.
    package var clock: String { "\(Self.two(civil.hour)):\(Self.two(civil.minute)):\(Self.two(civil.second))" }

    /// The time of day, `14:32`.
    package var minute: String { "\(Self.two(civil.hour)):\(Self.two(civil.minute))" }

    /// The day, `2026-11-30`.
    package var day: String { civil.date }

    /// Day and time of day, `2026-11-30 14:32`.
    package var full: String { day + " " + minute }

    /// The minute where it is of the same day as another moment, else day and minute.
    package func short(seenFrom now: WallTime) -> String { day == Moment(now).day ? minute : full }

    /// For machines, in the `datetime` of an element.
    package var machine: String { time.chinaText }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// How long ago it was; the script lets it grow.
    ///
    /// - Parameter staleSeconds: from when on the age is shown as old.
    package func age(_ scene: Scene, staleSeconds: Int? = nil) -> HTML {
        let seconds = max(0, scene.now.milliseconds(since: time) / 1000)
        let isOld = staleSeconds.map { seconds > $0 } ?? false
        let span = scene.words.span(seconds: seconds)
        return """
            <time class="age\(isOld ? " old" : "")" datetime="\(machine)" \
            data-age="\(staleSeconds.map { "\($0)" } ?? "")">\(scene.words(span + " ago", span + "前"))</time>
            """
    }

    /// A clock that runs down to this moment, and up behind it.
    ///
    /// - Parameter name: what is announced once when it crosses zero; it names no person.
    package func countdown(_ scene: Scene, name: String) -> HTML {
        let seconds = time.milliseconds(since: scene.now) / 1000
        let span = scene.words.span(seconds: abs(seconds))
        let text =
            seconds < 0 ? scene.words("over by " + span, "已超 " + span) : scene.words(span + " left", "还剩 " + span)
        return """
            <time class="clock\(seconds < 0 ? " over" : "")" datetime="\(machine)" data-clock="\(name)">\(text)</time>
            """
    }

    /// The moment and its age.
    package func withAge(_ scene: Scene, staleSeconds: Int? = nil) -> HTML {
        "<span class=\"num\">\(short(seenFrom: scene.now))</span><small class=\"note\">\(age(scene, staleSeconds: staleSeconds))</small>"
    }
}
