/// The same words in English and in Chinese.
package struct Wording: Hashable, Sendable {
    package let english: String
    package let chinese: String

    package init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }
}

/// Remedies that several failures share.
extension Wording {
    package static let lookAtAuthor = Wording(
        "look at the node that wrote it", "请检查写出它的节点")
    package static let upgradeNode = Wording(
        "upgrade this node", "请升级本节点")
    package static let seeLog = Wording(
        "look into the node's log", "请查看节点日志")
    package static let reportFault = Wording(
        "keep the log and report it: this is a fault of the program", "请保存日志并上报：这是程序的缺陷")
    package static let correctAtSource = Wording(
        "correct the number at its source", "请在号码的来源处更正")
    package static let tryAgain = Wording(
        "try again in a few seconds", "请过几秒再试")
    package static let correctFile = Wording(
        "correct the file at the place that is named", "请在所指位置修改文件")
    package static let correctRegion = Wording(
        "correct region.yaml and publish it again", "请修改 region.yaml 后重新发布")
    package static let correctSender = Wording(
        "correct the message in the system that sends it", "请在发送系统中更正报文")
    package static let sendLess = Wording(
        "send less at a time", "请减少一次发送的内容")
    package static let restoreBackup = Wording(
        "restore the file from a backup", "请从备份恢复该文件")
    package static let checkKeyFiles = Wording(
        "check which key file is named where", "请核对各处所写的密钥文件")
    package static let askWherePersonSits = Wording(
        "ask at the node where the person sits", "请在提问者所在的节点提问")
    package static let compareVersions = Wording(
        "compare the versions of both nodes", "请核对两个节点的程序版本")
    package static let checkPort = Wording(
        "see whether another program has the port, and whether the address is this machine's", "请查看端口是否被占用，地址是否属于本机")
    package static let checkPath = Wording(
        "check the path and whose it is", "请检查路径及其归属")
    package static let checkDisk = Wording(
        "check the disk and the folder's permissions", "请检查磁盘和文件夹权限")
    package static let runAgain = Wording(
        "run it again; if it repeats, report it", "请重新运行；若再次出现，请上报")
    package static let seeDemoLogs = Wording(
        "look at node.log in the nodes' folders (keep them with --keep DIR)", "请查看各节点文件夹中的 node.log（用 --keep DIR 保留）")
    package static let issueByProfile = Wording(
        "issue it with `yilian cert issue` or the profiles in Certs", "请用 `yilian cert issue` 或 Certs 中的模板签发")
    package static let makeAuthority = Wording(
        "make it with `yilian cert init` or the profiles in Certs", "请用 `yilian cert init` 或 Certs 中的模板生成")
    package static let listCertificates = Wording(
        "`yilian cert list` shows what there is", "请用 `yilian cert list` 查看已有内容")
}

/// A sentence with places for what it names: `{1}`, `{2}`, in the order in which English has them.
package struct Template {
    private enum Piece {
        case text(String)
        case place(Int)
    }

    private var pieces: [Piece] = []

    package init(_ text: String) {
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}"),
            let number = Int(rest[rest.index(after: open)..<close])
        {
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.place(number))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
    }

    /// What a sentence of this form names, by the numbers of the places; `nil` where it has another form.
    package func values(in sentence: Substring) -> [Int: String]? {
        Self.values(of: pieces[...], in: sentence)
    }

    private static func values(of pieces: ArraySlice<Piece>, in rest: Substring) -> [Int: String]? {
        guard let piece = pieces.first else { return rest.isEmpty ? [:] : nil }
        let others = pieces.dropFirst()
        switch piece {
        case .text(let text):
            guard rest.hasPrefix(text) else { return nil }
            return values(of: others, in: rest.dropFirst(text.count))
        case .place(let number):
            guard case .text(let next)? = others.first else { return others.isEmpty ? [number: String(rest)] : nil }
            for range in rest.ranges(of: next) {
                guard var found = values(of: others, in: rest[range.lowerBound...]) else { continue }
                found[number] = String(rest[..<range.lowerBound])
                return found
            }
            return nil
        }
    }

    package func filled(_ values: [Int: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .place(let number): values[number] ?? ""
            }
        }.joined()
    }
}
