package import Effects
package import Regions
import Trust

extension AccessStatement {
    /// The statement for a further question on the same ground: about the same person, by the same asker.
    ///
    /// Its id begins with this one's, so that the audit ledger shows both together.
    package func following(_ serial: String, question: String, madeAt now: WallTime) -> AccessStatement {
        var next = AccessStatement(
            id: id + Self.followingMark + serial, node: node, asking: asking, patientKeys: patientKeys,
            question: question, madeAt: now)
        next.validUntil = min(next.validUntil, validUntil)
        return next
    }

    /// Stands between the id of a statement and what tells apart those that follow it.
    static let followingMark = "/"
}

extension SignedAccessStatement {
    /// Checks that it was made for this question, and that it comes over the link that leads to the node that signed it.
    ///
    /// - Parameter caller: the neighbour that brought it; `nil` for somebody at this node.
    /// - Throws: `access.otherQuestion`; `access.wrongWay`.
    package func check(answers question: String, from caller: NodeID?, at node: NodeID, in tree: ManagementTree) throws
    {
        guard statement.question == question else {
            throw Failure(
                "access.otherQuestion", "the access statement was made for another question",
                remedy: "each question needs a statement of its own: ask at the node where the person sits")
        }
        let signer = statement.node
        guard tree.leads(from: signer, over: caller, to: node) else {
            throw Failure(
                "access.wrongWay", "the access statement does not come from \(signer), which signed it",
                remedy: "ask at the node where the person sits")
        }
    }
}
