import ConsoleKit
import Effects
import ServiceKit

/// What the toy service puts into the console.
enum AmbulancePages: ServicePages {
    static let routes = [
        PageRoute(
            .get, "/ambulances", for: [.operator], menu: .init(.work, Wording("Ambulances", "救护车")),
            asks: [AmbulanceEndpoints.trips.description]
        ) { visit in
            let words = visit.words
            let trips = try await visit.ask(AmbulanceEndpoints.trips)
            let table = DataTable(words("Trips", "出车"), [.init(words("Plate", "车牌"))], trips.map { [HTML($0)] })
            return .page(
                Page(
                    words("Ambulances", "救护车"), heading: words("\(trips.count) out", "已出车 \(trips.count) 辆"),
                    table.html(in: visit.scene)))
        }
    ]
}
