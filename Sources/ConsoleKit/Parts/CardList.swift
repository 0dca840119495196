/// Things that somebody decides about, each a card with its state, what it is, and what can be done.
package struct CardList: Sendable, PagePart {
    package struct Card: Sendable {
        /// Where addresses lead that mean this card.
        package var id: String
        package var state: HTML
        package var title: String
        package var body: HTML
        /// Nothing is left to decide about it.
        package var isDone: Bool

        package init(_ id: String, state: HTML, _ title: String, _ body: HTML, isDone: Bool = false) {
            self.id = id
            self.state = state
            self.title = title
            self.body = body
            self.isDone = isDone
        }
    }

    package var cards: [Card]

    package init(_ cards: [Card]) {
        self.cards = cards
    }

    package func html(in scene: Scene) -> HTML {
        let items = cards.map { card -> HTML in
            """
            <li class="card\(.when(card.isDone, " done"))" id="\(card.id)">\(card.state)<h3>\(card.title)</h3>\(card.body)</li>
            """
        }
        return "<ul class=\"cards\">\(items)</ul>"
    }
}
