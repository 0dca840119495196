package import Effects

/// Nodes as tiles, in groups; the groups stand roughly as they lie to each other.
package struct TileMap: Sendable, PagePart {
    package struct Tile: Sendable {
        package var name: String
        package var mark: StateMark
        /// The last word of it; none where it never said anything.
        package var last: WallTime?
        package var address: PageAddress

        package init(_ name: String, _ mark: StateMark, last: WallTime?, address: PageAddress) {
            self.name = name
            self.mark = mark
            self.last = last
            self.address = address
        }
    }

    package struct Group: Sendable {
        package var name: String
        package var mark: StateMark
        package var note: String
        /// What its head leads to.
        package var address: PageAddress?
        package var tiles: [Tile]

        package init(
            _ name: String, _ mark: StateMark, note: String, address: PageAddress? = nil, _ tiles: [Tile]
        ) {
            self.name = name
            self.mark = mark
            self.note = note
            self.address = address
            self.tiles = tiles
        }
    }

    package var groups: [Group]

    package init(_ groups: [Group]) {
        self.groups = groups
    }

    package func html(in scene: Scene) -> HTML {
        let parts = groups.enumerated().map { index, group -> HTML in
            let span = group.tiles.count > 9 ? "span4" : group.tiles.count > 4 ? "span3" : "span2"
            let name: HTML = group.address.map { "<a href=\"\($0.text)\">\(group.name)</a>" } ?? HTML(group.name)
            return """
                <section class="county \(span)" aria-labelledby="g\(index)"><header><h3 id="g\(index)">\(name)</h3>\
                \(group.mark.html(scene.words))<span class="note num">\(group.note)</span></header>\
                \(Self.tiles(group.tiles, scene))</section>
                """
        }
        return "<div class=\"map\">\(parts)</div>"
    }

    /// Tiles without a group around them.
    package static func tiles(_ tiles: [Tile], _ scene: Scene) -> HTML {
        let items = tiles.map { tile -> HTML in
            let last: HTML =
                tile.last.map { Moment($0).age(scene) } ?? HTML(scene.words("no word yet", "还没有消息"))
            return """
                <li><a class="tile \(tile.mark.style)" href="\(tile.address.text)"><b>\(tile.name)</b><span>\
                \(tile.mark.shape)<span class="hide">\(scene.words(tile.mark.word))\(scene.words(", ", "，"))</span>\(last)\
                </span></a></li>
                """
        }
        return "<ul class=\"tiles\">\(items)</ul>"
    }
}

/// One copy of a text all over a page that shows a person: who looked, and when.
package struct Watermark: Sendable, PagePart {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }

    package func html(in scene: Scene) -> HTML {
        let half = width / 2
        return """
            <svg class="watermark" aria-hidden="true"><defs><pattern id="wm" width="\(width)" height="220" \
            patternUnits="userSpaceOnUse" patternTransform="rotate(-20)"><text x="0" y="60">\(text)</text>\
            <text x="\(half)" y="170">\(text)</text><text x="\(half - width)" y="170">\(text)</text></pattern></defs>\
            <rect width="100%" height="100%" fill="url(#wm)"/></svg>
            """
    }

    /// Room for all of the text and a space behind it: what goes over a pattern's edge is not drawn.
    private var width: Int {
        text.unicodeScalars.reduce(Self.spacePixels) { $0 + ($1.isASCII ? Self.letterPixels : Self.characterPixels) }
    }

    private static let spacePixels = 80
    /// What a letter takes at most in the mark's size, and what a Chinese character does.
    private static let letterPixels = 10
    private static let characterPixels = 16
}
