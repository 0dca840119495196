import Effects

/// Events that an endpoint sends one after the other for as long as somebody listens, as server-sent events.
///
/// Whoever comes back names the id of the last event that they have, and gets what came after it: none twice, none lost.
package struct EventFeed: Sendable {
    /// One event: what it is called, what it holds, and from where to go on once it has come.
    package struct Event: Sendable, Equatable {
        package var name: String
        package var id: String?
        /// One line.
        package var data: String

        package init(_ name: String, id: String? = nil, data: String) {
            self.name = name
            self.id = id
            self.data = data
        }
    }

    /// The next events; none where nothing happened for a while.
    ///
    /// It ends when its task is cancelled.
    package let next: @Sendable () async throws -> [Event]

    package init(next: @escaping @Sendable () async throws -> [Event]) { self.next = next }

    /// As an endpoint of this kind answers.
    package static let contentType = "text/event-stream; charset=utf-8"

    static func bytes(_ events: [Event]) -> [UInt8] {
        guard !events.isEmpty else { return Array(": nothing new\n\n".utf8) }
        return Array(
            events.map { event in
                (event.id.map { "id: \($0)\n" } ?? "") + "event: \(event.name)\ndata: \(event.data)\n\n"
            }.joined().utf8)
    }

    /// Takes events out of a stream's text line by line.
    package struct Reader: Sendable {
        private var event = Event("", data: "")

        package init() {}

        /// - Returns: an event that the line ends.
        package mutating func take(_ line: String) -> Event? {
            if line.isEmpty {
                defer { event = Event("", data: "") }
                return event.name.isEmpty ? nil : event
            }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
            switch parts[0] {
            case "id": event.id = value
            case "event": event.name = value
            case "data": event.data = value
            default: break
            }
            return nil
        }
    }
}

extension AnswerForm where Answer == EventFeed {
    /// Events for as long as somebody listens.
    package static var events: Self {
        AnswerForm(
            description: .events,
            write: { feed in
                var response = EndpointResponse(contentType: EventFeed.contentType, body: Array("retry: 3000\n\n".utf8))
                response.following = { EventFeed.bytes(try await feed.next()) }
                return response
            },
            read: { _, path in
                throw Failure("console.badAnswer", "the node's events end at once", place: path)
            })
    }
}
