/// The scenes of a show, and how they follow each other.
package struct DemoShow: Sendable {
    private var scenes: [any DemoScene]

    package init(_ scenes: [any DemoScene.Type], on stage: DemoStage) {
        self.scenes = scenes.map { $0.init(stage) }
    }

    /// Plays one act: each scene's part of it, in the order of the scenes.
    package mutating func play(_ act: DemoAct) async throws {
        for index in scenes.indices { try await scenes[index].play(act) }
    }

    /// What all of them leave, by their keys.
    package var outcome: [String: any Encodable & Sendable] {
        scenes.reduce(into: [:]) { $0.merge($1.outcome) { first, _ in first } }
    }

    /// Command lines for whoever stays.
    package func invitations(program: String, folder: String) -> [String] {
        scenes.flatMap(\.invitations).map {
            $0.replacing("{yilian}", with: program).replacing("{folder}", with: folder)
        }
    }

    /// - Throws: `demo.incomplete` where something did not happen.
    package func check() throws {
        for scene in scenes { try scene.check() }
    }
}
