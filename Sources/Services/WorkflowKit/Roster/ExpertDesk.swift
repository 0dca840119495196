package import Effects
import Regions
package import ServiceKit

/// Who may act as an expert at a node; each workflow refuses with a code of its own.
package struct ExpertDesk: Sendable {
    private let context: NodeContext
    private let code: Failure.Code

    package init(_ context: NodeContext, code: Failure.Code) {
        self.context = context
        self.code = code
    }

    /// The experts of this node as whom a unit's system may act.
    package func experts(of unit: String) -> Set<String> {
        let here = context.region.current.rosters.flatMap(\.experts).filter { $0.node == context.node }.map(\.id)
        return Set(
            here.filter { expert in
                do { try check(expert: expert, of: unit) } catch { return false }
                return true
            })
    }

    /// Checks that a unit's system may act as an expert of this node.
    ///
    /// The roster says in which unit the expert works. Where it does not, the expert stands in the region's register of the
    /// unit; where the region keeps no register, the unit answers for its own.
    ///
    /// - Throws: the workflow's code, `access.notRegistered`.
    package func check(expert: String, of unit: String) throws {
        try checkWorksHere(expert)
        guard let own = context.region.current.expert(expert)?.unit else {
            return try context.check(practitioner: expert, of: unit, at: context.node)
        }
        guard context.region.deliveries.unit(named: unit) == own else {
            throw Failure(
                code, "the expert works at unit '\(own)'",
                remedy: "act as an expert of the unit's own, or correct 'unit' in the rosters of region.yaml")
        }
    }

    /// Whether somebody may act as this expert at this node: its rosters place the expert here, and the node's file
    /// does not leave the expert out.
    ///
    /// - Throws: the workflow's code.
    package func checkWorksHere(_ expert: String) throws {
        guard context.region.current.expert(expert)?.node == context.node else {
            throw Failure(
                code, "no roster of the region has such an expert at \(context.node)",
                remedy: "act as an expert of the rosters, at the node where the expert works")
        }
        guard context.settings.section(ExpertsHere.self).experts?.contains(expert) ?? true else {
            throw Failure(
                code, "the file of \(context.node) does not name this expert",
                remedy: "add the expert's id to 'experts' in the node's file and start the node again")
        }
    }

    /// The workflow's code in both languages.
    package static func definition(_ code: Failure.Code, _ particulars: [Wording] = []) -> FailureDefinition {
        FailureDefinition(
            code, .forbidden, "no roster has such an expert at this node", "名册中没有该节点的该专家",
            remedy: Wording(
                "act as an expert of the roster, at the node where the expert works",
                "请以名册中的专家身份，在其工作的节点操作"),
            particulars: [
                Wording(
                    "act as an expert of the rosters, at the node where the expert works",
                    "请以名册中的专家身份，在专家所在的节点操作"),
                Wording(
                    "act as an expert of the unit's own, or correct 'unit' in the rosters of region.yaml",
                    "请以该机构自己的专家身份操作，或更正 region.yaml 名册中的 unit"),
                Wording(
                    "add the expert's id to 'experts' in the node's file and start the node again",
                    "请把专家的编号加入节点文件的 experts，并重新启动节点"),
                Wording("no roster of the region has such an expert at {1}", "本区域没有名册在 {1} 有该专家"),
                Wording("the expert works at unit '{1}'", "该专家在机构 '{1}' 工作"),
                Wording("the file of {1} does not name this expert", "{1} 的文件没有写明该专家"),
            ] + particulars)
    }
}
