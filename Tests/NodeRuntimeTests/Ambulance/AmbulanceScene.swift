import Demo
import Effects

/// What the toy service shows in the demo.
struct AmbulanceScene: DemoScene {
    private let stage: DemoStage
    private var sent: [String] = []

    init(_ stage: DemoStage) { self.stage = stage }

    mutating func play(_ act: DemoAct) async throws {
        guard case .day = act else { return }
        stage.printer.heading("An ambulance goes out")
        sent.append("C-1")
    }

    var outcome: [String: any Encodable & Sendable] { ["ambulances": sent] }
    var invitations: [String] { ["{yilian} ambulance trips --data {folder}/jucheng"] }

    func check() throws {
        guard !sent.isEmpty else { throw Failure("demo.incomplete", "no ambulance went out") }
    }
}
