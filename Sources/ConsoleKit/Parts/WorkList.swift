package import Effects

/// Work with clocks: the edge tells the clock, the chip tells the urgency.
package struct WorkList: Sendable, PagePart {
    /// What a piece of work waits for.
    package enum Timing: Sendable {
        /// The moment by which something has to be done, and how long there was for it.
        case due(WallTime, allowedMilliseconds: Int64)
        /// The clock stands still, in words.
        case stopped(String)
        /// No clock any more, in words.
        case none(String)
    }

    package enum Urgency: String, CaseIterable, Sendable {
        case emergency
        case urgent
        case routine
    }

    package struct Item: Sendable {
        package var timing: Timing
        /// What the clock is of: "claim, within 5 min".
        package var timingOf: String
        package var urgency: Urgency
        package var urgencyWord: String
        package var kind: String
        package var title: String
        package var address: PageAddress?
        /// From whom it comes and what is known; no name of a person.
        package var text: HTML
        package var state: HTML
        package var action: PageAction?

        package init(
            _ timing: Timing, of timingOf: String, _ urgency: Urgency, urgencyWord: String, kind: String,
            title: String, address: PageAddress? = nil, text: HTML, state: HTML, action: PageAction? = nil
        ) {
            self.timing = timing
            self.timingOf = timingOf
            self.urgency = urgency
            self.urgencyWord = urgencyWord
            self.kind = kind
            self.title = title
            self.address = address
            self.text = text
            self.state = state
            self.action = action
        }

        /// How the edge looks at a moment: amber below a fifth of the time, hatched red when it is over.
        package func edge(at now: WallTime) -> Pressure {
            switch timing {
            case .stopped: return .stopped
            case .none: return .plain
            case .due(let moment, let allowed):
                let left = moment.milliseconds(since: now)
                if left < 0 { return .over }
                return left < allowed / 5 ? .soon : .plain
            }
        }
    }

    package enum Pressure: String, CaseIterable, Sendable {
        case plain
        case soon = "attention soon"
        case over = "broken over"
        case stopped = "unknown"

        /// Only what is short of time has a button that stands out.
        package var isPressing: Bool { self == .soon || self == .over }
    }

    package var items: [Item]

    package init(_ items: [Item]) {
        self.items = items
    }

    package func html(in scene: Scene) -> HTML {
        let rows = items.map { item -> HTML in
            let edge = item.edge(at: scene.now)
            var action = item.action
            if edge.isPressing, action?.style == .plain { action?.style = .primary }
            let title: HTML =
                item.address.map { "<a href=\"\($0.text)\">\(item.title)</a>" } ?? HTML(item.title)
            return """
                <li class="\(edge.rawValue)"><div class="time">\(clock(item, scene))<span class="clock-of">\(item.timingOf)\
                </span></div><p class="urgent"><span class="urg \(item.urgency.rawValue)">\(item.urgencyWord)</span>\
                <small class="note">\(item.kind)</small></p><div class="what"><h3>\(title)</h3><p>\(item.text)</p></div>\
                <div class="state note">\(item.state)</div>\
                <div class="act">\(.each(action) { $0.html(in: scene) })</div></li>
                """
        }
        return "<ol class=\"worklist\" data-rows>\(rows)</ol>"
    }

    private func clock(_ item: Item, _ scene: Scene) -> HTML {
        switch item.timing {
        case .due(let moment, _): Moment(moment).countdown(scene, name: item.title)
        case .stopped(let text), .none(let text): "<span class=\"clock calm\">\(text)</span>"
        }
    }
}
