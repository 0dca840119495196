import Effects

extension VerbWords {
    /// Of the options that verbs share.
    package static let options = VerbWords(
        help: [
            Wording("Write one line of JSON instead of a table.", "写一行 JSON，不写表格。"),
            Wording(
                "The data folder of a node on this machine; else what YILIAN_DATA says.",
                "本机节点的数据目录；不写时用 YILIAN_DATA 所写的。"),
            Wording("The operator's interface of a node elsewhere.", "别处节点的操作员接口。"),
            Wording("A file (mode 0600) with an operator's token, for --url.", "含操作员令牌的文件（权限 0600），与 --url 同用。"),
            Wording("The certificate of the region's authority, for --url.", "区域签发机构的证书，与 --url 同用。"),
            Wording("Ask again, for so many seconds at most, until all is well.", "反复询问，最多这么多秒，直到一切正常。"),
            Wording("How many at most.", "最多多少条。"),
            Wording("The citizen identity number; - reads it from standard input.", "公民身份号码；- 表示从标准输入读取。"),
            Wording(
                "Another identifier, with --type and --issuer; - reads it.", "另一种标识，与 --type 和 --issuer 同用；- 表示读取。"),
            Wording("The kind of --identifier, such as MR or EHC.", "--identifier 的种类，如 MR 或 EHC。"),
            Wording("Who issued --identifier.", "--identifier 由谁发放。"),
            Wording("Who asks, as the hospital names its staff.", "由谁提问，按医院对人员的称呼。"),
            Wording("The unit where the practitioner works; the node's first.", "医师所在的机构；不写时为节点的第一个。"),
            Wording(AccessOptions.purposes, AccessOptions.chinesePurposes),
            Wording("The order, encounter, request or review for which they ask.", "为哪个医嘱、就诊、申请或评查提问。"),
            Wording("The patient's consent.", "患者的同意。"),
            Wording("A field of the form, as name=text; may be repeated.", "表单的一个字段，写作 name=text；可重复。"),
            Wording("What happens, as the workflow names it.", "所发生的事，按流程中的名称。"),
            Wording("The patient's name.", "患者姓名。"),
            Wording("The patient's sex: M, F, O or U.", "患者性别：M、F、O 或 U。"),
            Wording("The patient's date of birth, 1970-01-31.", "患者出生日期，如 1970-01-31。"),
            Wording("The hospital system's own number of the order.", "医院系统自己的申请单号。"),
            Wording(
                "Show what is to be done, what is due next first, and go on with what changes, until the node stops.",
                "显示待办，最先到期的在前，并持续显示变化，直到节点停止。"),
            Wording("Only those in this state, as the workflow names it.", "只要处于此状态的，按流程中的名称。"),
            Wording("The case's id, as the list shows it.", "业务单编号，如列表所示。"),
            Wording("Open it as this practitioner.", "以此医师的身份打开。"),
            Wording("Show what is filled in with which event.", "显示各事件须填写的内容。"),
            Wording("Why there is no consent; for an emergency.", "没有同意的原因；用于急救。"),
        ],
        complaints: [
            Wording("--follow shows everything that is to be done.", "--follow 显示全部待办。"),
            Wording("--wait takes 0 to {1} seconds.", "--wait 为 0 至 {1} 秒。"),
            Wording(
                "Say who the patient is: --citizen-id, or --identifier with --type.",
                "请写明患者：--citizen-id，或 --identifier 和 --type。"),
            Wording("Standard input holds no {1}.", "标准输入中没有所需内容（{1}）。"),
            Wording("Write a field as name=text.", "字段请写作 name=text。"),
            Wording("--limit is 1 or more.", "--limit 至少为 1。"),
            Wording("--limit is at most {1}.", "--limit 最多为 {1}。"),
            Wording("An identifier is written TYPE|ISSUER|VALUE.", "标识写作 TYPE|ISSUER|VALUE。"),
            Wording("--url needs --token-file and --ca.", "--url 须有 --token-file 和 --ca。"),
            Wording("--token-file and --ca belong to --url.", "--token-file 和 --ca 与 --url 同用。"),
            Wording(
                "Say which node is meant: --data DIR, {1}=DIR in the environment, or --url with --token-file and --ca.",
                "请写明是哪个节点：--data DIR、环境变量 {1}=DIR，或 --url 与 --token-file 和 --ca。"),
            Wording("Say which node is meant: {1}", "请写明是哪个节点：{1}"),
            Wording("{1} and {2} exclude each other.", "{1} 与 {2} 不能同时写。"),
            Wording("{1} and {2} belong together.", "{1} 与 {2} 须同时写。"),
        ])
}
