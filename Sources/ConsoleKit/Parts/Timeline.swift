package import Effects

/// What happened, and what comes next in dashes.
package struct Timeline: Sendable, PagePart {
    package struct Item: Sendable {
        package enum Place: String, Sendable {
            case past = ""
            case now
            case ahead
        }

        package var time: WallTime?
        package var text: HTML
        package var place: Place

        package init(_ time: WallTime?, _ text: HTML, _ place: Place = .past) {
            self.time = time
            self.text = text
            self.place = place
        }
    }

    package var items: [Item]

    package init(_ items: [Item]) {
        self.items = items
    }

    package func html(in scene: Scene) -> HTML {
        let rows = items.map { item -> HTML in
            let time = HTML.each(item.time) { time in
                let moment = Moment(time)
                return "<time datetime=\"\(moment.machine)\">\(moment.short(seenFrom: scene.now))</time>"
            }
            return "<li class=\"\(item.place.rawValue)\">\(time)\(item.text)</li>"
        }
        return "<ol class=\"timeline\">\(rows)</ol>"
    }
}
