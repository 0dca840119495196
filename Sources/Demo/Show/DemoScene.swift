/// What a service shows in the demo.
///
/// A scene stands with the verbs of its service, which name it. The demo raises the
/// region, sends the messages and says what nodes wrote; whatever is of a service is its scene's.
package protocol DemoScene: Sendable {
    init(_ stage: DemoStage)

    /// Plays its part of an act; the scenes of one act follow each other in the order of their list.
    ///
    /// - Throws: what ends the show.
    mutating func play(_ act: DemoAct) async throws

    /// What it leaves for the demo's line of JSON, by keys that are its own.
    var outcome: [String: any Encodable & Sendable] { get }
    /// What a visitor may try afterwards: command lines in which `{yilian}` is the program and `{folder}` the region's.
    var invitations: [String] { get }

    /// Looks whether what it promises has happened.
    ///
    /// - Throws: `demo.incomplete`.
    func check() throws
}

extension DemoScene {
    package var invitations: [String] { [] }

    package func check() throws {}
}

/// What the show consists of, in its order.
package enum DemoAct: Sendable {
    /// Every message has been answered: where everything has arrived.
    case arrival(DemoIntake)
    /// What the nodes wrote has been shown: what there is to add.
    case account
    /// What people do with what is there.
    case day
    /// The day's end.
    case close
    /// What is known when the day is over.
    case evening
}

/// What was sent through the edges.
package struct DemoIntake: Sendable {
    package var messages: Int
    /// Reports in those messages; one message may hold several.
    package var reports: Int
    /// Messages that were not taken, by node.
    package var refused: [String: Int]

    package init(messages: Int, reports: Int, refused: [String: Int]) {
        self.messages = messages
        self.reports = reports
        self.refused = refused
    }
}
