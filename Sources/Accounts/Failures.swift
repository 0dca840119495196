package import Effects

extension FailureDefinition {
    /// What can be wrong with an account of the console.
    package static let accounts: [FailureDefinition] = [
        FailureDefinition(
            "account.absent", .absent, "there is no account of this name", "没有该账号",
            remedy: Wording("`yilian account list` shows those that there are", "`yilian account list` 列出已有账号")),
        FailureDefinition(
            "account.badName", .invalid, "an account's name is not in order", "账号名不合规则",
            remedy: Wording(
                "write 2 to 40 small letters, digits, '.' and '-', a letter first", "请用 2 至 40 个小写字母、数字、“.”和“-”，以字母开头"),
            particulars: [
                Wording(
                    "an account's name has 2 to 40 small letters, digits, '.' and '-', a letter first",
                    "账号名为 2 至 40 个小写字母、数字、“.”和“-”，以字母开头"),
                Wording("choose such a name; how the person is called stands beside it", "请换一个这样的账号名；姓名另写"),
            ]),
        FailureDefinition(
            "account.badPerson", .invalid, "an account does not say how the person is called", "账号没有写明姓名",
            remedy: Wording("give the name, in up to 100 bytes", "请写姓名，不超过 100 字节"),
            particulars: [
                Wording("an account says how the person is called, in up to 100 bytes", "账号须写明姓名，不超过 100 字节")
            ]),
        FailureDefinition(
            "account.busy", .retry, "many people sign in at this moment", "此刻登录的人较多",
            remedy: .tryAgain),
        FailureDefinition(
            "account.directory", .conflict, "this account is the directory's, with its password and its roles",
            "该账号属于医院目录，口令和角色由目录管理",
            remedy: Wording("change them in the directory, or disable the account here", "请在目录中更改，或在此停用账号")),
        FailureDefinition(
            "account.exists", .conflict, "there is an account of this name", "该账号已存在",
            remedy: Wording("choose another name", "请换一个账号名")),
        FailureDefinition(
            "account.noLinks", .forbidden, "this node makes no links that sign in", "本节点不发一次性登录链接",
            remedy: Wording("make a first password", "请发首次口令"),
            particulars: [
                Wording(
                    "make a first password, or write 'oneTimeLinks: true' under 'console' where nothing is real",
                    "请发首次口令；只在没有真实数据的地方才在 'console' 下写 'oneTimeLinks: true'")
            ]),
        FailureDefinition(
            "account.noPractitioner", .invalid, "a doctor or an expert needs a practitioner of a unit's register",
            "医师和专家账号须对应机构执业人员登记",
            remedy: Wording("name the practitioner and the unit", "请写执业人员编号和机构")),
        FailureDefinition(
            "account.roles", .invalid, "an administrator's role goes with no other role", "三类管理员不能兼任，也不能兼有其他角色",
            remedy: Wording("make another account for another person", "请为另一人另建账号")),
        FailureDefinition(
            "account.samePassword", .invalid, "the password is as it was", "新口令与原口令相同",
            remedy: Wording("choose another one", "请换一个"),
            particulars: [Wording("this is the password as it was", "这就是原来的口令")]),
        FailureDefinition(
            "account.tooMany", .invalid, "a node has too many accounts", "本节点账号数已达上限",
            remedy: Wording("disable those that nobody needs", "请停用不需要的账号"),
            particulars: [Wording("a node has at most {1} accounts", "一个节点最多 {1} 个账号")]),
        FailureDefinition(
            "account.weakPassword", .invalid, "the password is too easy to guess", "口令太容易被猜到",
            remedy: Wording("choose a longer one of several kinds of characters", "请换一个更长、字符种类更多的口令"),
            particulars: [Wording("choose another one", "请另选一个")]),
        FailureDefinition(
            "directory.badName", .invalid, "the directory gives no name that an account can have",
            "目录给出的用户名不能作账号名",
            remedy: Wording("name another claim under 'nameClaim'", "请在 'nameClaim' 下换一个声明"),
            particulars: [
                Wording(
                    "name another claim under 'nameClaim', one with letters, digits, '.', '_', '-' and '@'",
                    "请在 'nameClaim' 下换一个声明，其值只含字母、数字、“.”、“_”、“-”和“@”")
            ]),
        FailureDefinition(
            "directory.disabled", .forbidden, "the account is disabled", "账号已停用",
            remedy: Wording("ask the system administrator", "请找系统管理员")),
        FailureDefinition(
            "directory.noAccount", .forbidden, "this node cannot give you an account", "本节点无法为您开账号",
            remedy: Wording("ask the system administrator, who sees why", "请找系统管理员，可以看到原因")),
        FailureDefinition(
            "directory.noRole", .forbidden, "the directory gives you no role at this node", "目录没有给您本节点的角色",
            remedy: Wording("ask whoever keeps the directory's groups", "请找管理目录分组的人")),
    ]
}
