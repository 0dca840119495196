package import Effects
package import ServiceKit

/// One place of the console: who may go there, what it asks of the node, and what it shows.
package struct PageRoute: Sendable {
    /// Where it stands in the menu.
    package struct MenuPlace: Hashable, Sendable {
        package enum Group: Int, CaseIterable, Sendable {
            case present
            case network
            case node
            case work
            case people

            package var word: Wording {
                switch self {
                case .present: Wording("Now", "现在")
                case .network: Wording("Network", "网络")
                case .node: Wording("This node", "本节点")
                case .work: Wording("Services", "业务")
                case .people: Wording("People", "人员")
                }
            }
        }

        package var group: Group
        package var label: Wording

        package init(_ group: Group, _ label: Wording) {
            self.group = group
            self.label = label
        }
    }

    package let method: PageRequest.Method
    package let path: String
    package let roles: Set<ConsoleRole>
    package let menu: MenuPlace?
    /// The endpoints that it asks; it can ask no other.
    package let asks: [EndpointDescription]
    package let answer: @Sendable (PageVisit) async throws -> PageOutcome

    /// - Parameter path: from the root, as it is; what is meant stands in the query or in the form.
    package init(
        _ method: PageRequest.Method, _ path: String, for roles: Set<ConsoleRole>, menu: MenuPlace? = nil,
        asks: [EndpointDescription] = [],
        answer: @escaping @Sendable (PageVisit) async throws -> PageOutcome
    ) {
        self.method = method
        self.path = path
        self.roles = roles
        self.menu = menu
        self.asks = asks
        self.answer = answer
    }
}

/// The pages that a service brings, in the order in which the menu lists them.
package protocol ServicePages: Sendable {
    static var routes: [PageRoute] { get }
    /// What of it stands on the start page of those whom it waits for.
    static var needs: [StartNeed] { get }
}

extension ServicePages {
    package static var needs: [StartNeed] { [] }
}

/// One look at one place by one person.
package struct PageVisit: Sendable {
    package let request: PageRequest
    package let visitor: Visitor
    package let scene: Scene
    package let node: NodeFace
    package let asker: EndpointAsker
    /// What the session keeps between two pages, such as the person who was asked for; nothing of it leaves the process.
    package let memory: VisitMemory
    let translating: @Sendable (_ sentence: String, _ language: Language) -> String

    package init(
        request: PageRequest, visitor: Visitor, scene: Scene, node: NodeFace, asker: EndpointAsker,
        memory: VisitMemory,
        translating: @escaping @Sendable (_ sentence: String, _ language: Language) -> String
    ) {
        self.translating = translating
        self.request = request
        self.visitor = visitor
        self.scene = scene
        self.node = node
        self.asker = asker
        self.memory = memory
    }

    package var words: Words { scene.words }
    package var now: WallTime { scene.now }

    /// A sentence of the node, in the language of whoever looks.
    package func said(_ sentence: String) -> String { translating(sentence, words.language) }

    /// Asks the node something, through the endpoint that its verbs ask too.
    package func ask<Question, Answer>(
        _ endpoint: Endpoint<Question, Answer>, _ question: Question
    ) async throws -> Answer {
        try await asker.ask(endpoint, question)
    }

    /// Asks something of which nothing need be said.
    package func ask<Answer>(_ endpoint: Endpoint<NoQuestion, Answer>) async throws -> Answer {
        try await asker.ask(endpoint, NoQuestion())
    }
}

/// What a page says of the node that it is of.
package struct NodeFace: Hashable, Sendable {
    package var id: String
    package var name: String
    package var tier: String
    package var release: String
    /// For what it may be asked about people.
    package var purposes: PurposeList
    /// What people call the nodes and the units of the region, by their ids.
    package var nodeNames: [String: String]
    package var unitNames: [String: String]

    package init(
        id: String, name: String, tier: String, release: String, purposes: PurposeList = PurposeList(),
        nodeNames: [String: String] = [:], unitNames: [String: String] = [:]
    ) {
        self.id = id
        self.name = name
        self.tier = tier
        self.release = release
        self.purposes = purposes
        self.nodeNames = nodeNames
        self.unitNames = unitNames
    }

    /// A node by its name; its id where nobody knows one.
    package func node(_ id: String) -> String { nodeNames[id] ?? id }

    /// A unit by its name; its id where nobody knows one.
    package func unit(_ id: String) -> String { unitNames[id] ?? id }
}
