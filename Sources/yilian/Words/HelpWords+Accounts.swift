import Effects

extension HelpWords {
    /// Of `yilian account`.
    static let account: [Wording] = [
        Wording("Keep the accounts with which people sign in at a node's console.", "管理登录节点控制台的账号。"),
        Wording("Show every account, its roles, and whether it is locked or disabled.", "列出每个账号、角色，以及是否锁住或停用。"),
        Wording("Make an account and show its first password, once.", "新建账号并显示首次口令，只显示一次。"),
        Wording(
            """
            The person signs in with it within three days, chooses another one and binds a phone that shows codes. Without \
            --role somebody else has to grant roles. The three administrators are three people: none of them has another \
            role. A doctor and an expert need --practitioner and --unit, as the unit's register has them.
            """,
            """
            本人在三天内用它登录，改口令，并绑定显示动态口令的手机。不写 --role 时角色由别人授予。三类管理员须是三个人，不能兼任其他角色。医师和专家须写 --practitioner 和 \
            --unit，与机构登记一致。
            """),
        Wording("By what the person signs in: small letters, digits, '.' and '-'.", "登录用的账号：小写字母、数字、“.”和“-”。"),
        Wording("How the person is called.", "姓名。"),
        Wording(
            "One of operator, doctor, expert, qualityControl, reporter, auditor, systemAdministrator, "
                + "securityAdministrator, auditAdministrator; may be repeated.",
            "其中之一：operator、doctor、expert、qualityControl、reporter、auditor、systemAdministrator、"
                + "securityAdministrator、auditAdministrator；可重复。"),
        Wording("The person in the unit's register of practitioners.", "机构执业人员登记中的编号。"),
        Wording("The unit where the person works.", "所在机构。"),
        Wording("Give an account these roles and no others; its sessions end.", "授予账号这些角色，收回其余；其会话结束。"),
        Wording("Without --role it has none afterwards.", "不写 --role 时收回全部角色。"),
        Wording("The account's name.", "账号名。"),
        Wording("Let an account try again that wrong passwords or codes have locked.", "解开因口令或动态口令连错而锁住的账号。"),
        Wording("Keep an account out; its sessions end at once.", "停用账号；其会话立即结束。"),
        Wording("Let an account in again that was disabled.", "重新启用停用的账号。"),
        Wording("Make a new first password and forget the phone of an account.", "重发首次口令，并解绑该账号的手机。"),
        Wording(
            "For somebody who has lost the password or the phone and the recovery codes. Make sure who asks.",
            "用于忘记口令，或手机和恢复码都不在的人。请先核实来人。"),
        Wording("Make a link that signs an account in once, without password and code.", "生成一次性登录链接，不用口令和动态口令。"),
        Wording(
            """
            Only at a node whose file says 'oneTimeLinks: true' under 'console', as the demo's do: where nothing is real. \
            It holds for an hour.
            """,
            "只有文件中 'console' 下写了 'oneTimeLinks: true' 的节点才行，演示区域就是如此：只用于没有真实数据的地方。一小时内有效。"),
        Wording("Show sign-ins, wrong ones and what was changed, the newest first.", "列出登录、失败和变更，最新的在前。"),
        Wording("They are kept for 200 days.", "保存 200 天。"),
    ]
}
