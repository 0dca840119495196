package import Effects

/// A page as a value: what stands in its head, and its parts.
package struct Page: Sendable {
    /// Of the window; it names no person.
    package var title: String
    /// What kind of page it is, small above the heading.
    package var eyebrow: String
    /// The answer to what was asked.
    package var heading: String
    package var lead: HTML
    package var banners: [Banner]
    package var body: HTML
    package var status: Int
    /// Who looks at a person, on each page that shows one.
    package var watermark: Watermark?
    /// Whether what the page shows is as of now, or nothing has been done yet.
    package var stamp: Stamp

    package enum Stamp: Sendable {
        case asOfNow
        /// A page that asks before something is done.
        case nothingDone
        case none
    }

    package init(
        _ title: String, eyebrow: String? = nil, heading: String, lead: HTML = .empty, banners: [Banner] = [],
        status: Int = 200, stamp: Stamp = .asOfNow, watermark: Watermark? = nil, _ body: HTML
    ) {
        self.title = title
        self.eyebrow = eyebrow ?? title
        self.heading = heading
        self.lead = lead
        self.banners = banners
        self.body = body
        self.status = status
        self.stamp = stamp
        self.watermark = watermark
    }
}

/// What a route leads to.
package enum PageOutcome: Sendable {
    case page(Page)
    /// Somewhere else, as after everything that was done; the notice stands there once.
    case redirect(PageAddress, notice: Wording? = nil)
    /// A file to keep.
    case file(name: String, type: String, [UInt8])
}
