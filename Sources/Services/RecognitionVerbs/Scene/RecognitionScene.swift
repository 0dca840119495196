import Demo
import Effects

/// Mutual recognition in the demo: results arrive, a doctor asks for them, orders and decides.
struct RecognitionScene: DemoScene {
    private let stage: DemoStage
    private var arrival: DemoArrival.Result?
    private var doctor: DemoDoctor.Outcome?
    private var orders: DemoOrders.Outcome?

    init(_ stage: DemoStage) { self.stage = stage }

    mutating func play(_ act: DemoAct) async throws {
        switch act {
        case .arrival(let intake):
            arrival = try await DemoArrival(stage: stage).play(intake)
        case .account:
            if let arrival { DemoArrival(stage: stage).showDelays(arrival.latency) }
        case .day:
            doctor = try await DemoDoctor(stage: stage).play()
            orders = try await DemoOrders(stage: stage).play()
        case .close:
            break
        case .evening:
            guard var made = orders else { return }
            made.recognisedAtCity = try await DemoOrders(stage: stage).showTable(made)
            orders = made
        }
    }

    var outcome: [String: any Encodable & Sendable] {
        guard let arrival, let doctor, let orders else { return [:] }
        return [
            "results": arrival.results, "accepted": arrival.accepted, "atCounty": arrival.atCounty,
            "atCity": arrival.atCity, "latency": arrival.latency, "doctor": doctor, "orders": orders,
        ]
    }

    var invitations: [String] {
        let number = DemoPerson.liJianguo.identityNumber
        return [
            "echo \(number) | {yilian} record find --data {folder}/yuxian --citizen-id - --practitioner dr-zhang "
                + "--consent DEMO",
            "echo \(number) | {yilian} recognition match P-LIVER L-GLU --trail --data {folder}/yuxian --citizen-id - "
                + "--practitioner dr-zhang",
            "{yilian} recognition sheet --data {folder}/yangquan-shi",
        ]
    }

    func check() throws {
        guard let arrival, let doctor, let orders else {
            throw Failure("demo.incomplete", "not everything arrived in the show")
        }
        guard arrival.accepted == arrival.atCity, arrival.accepted == arrival.atCounty, doctor.verified,
            orders.recognised == orders.recognisedAtCity
        else {
            throw Failure(
                "demo.incomplete",
                "accepted \(arrival.accepted), at the counties \(arrival.atCounty), at the city \(arrival.atCity); "
                    + "the doctor's result was \(doctor.verified ? "" : "not ")verified; recognised "
                    + "\(orders.recognised), in the month's table \(orders.recognisedAtCity)")
        }
    }
}
