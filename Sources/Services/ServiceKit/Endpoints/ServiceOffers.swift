package import Storage

/// A service that knows under which other keys a person is known at this node.
package protocol PersonKeyOffer: Sendable {
    /// The keys asked for, and those that evidence joins to them.
    func keys(ofPersonWith keys: [PatientKeyReference], in sql: any SQLTransaction) throws -> [PatientKeyReference]
}

/// A service that counts something for those who watch the node.
package protocol FigureOffer: Sendable {
    func figures() async throws -> [ServiceFigure]
}

/// A number about a service at this moment.
package struct ServiceFigure: Sendable {
    /// As Prometheus names it; it carries the base unit.
    package var metric: String
    package var help: String
    /// From bounded sets only.
    package var labels: [(name: String, value: String)]
    package var value: Double
    /// What the status of the node calls it; none where it does not show it.
    package var statusName: String?

    package init(
        _ metric: String, _ help: String, _ value: Double, labels: [(name: String, value: String)] = [],
        statusName: String? = nil
    ) {
        self.metric = metric
        self.help = help
        self.labels = labels
        self.value = value
        self.statusName = statusName
    }
}
