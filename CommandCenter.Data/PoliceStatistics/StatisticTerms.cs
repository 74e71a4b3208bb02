namespace CommandCenter.Data.PoliceStatistics;

/// <summary>The measures, categories and tags that there are: what comes with the program, and what an administrator made of it.</summary>
public sealed class StatisticTerms
{
    public const string Calls = "calls";
    public const string PetitionBatches = "petitionBatches";
    public const string PetitionPersons = "petitionPersons";
    public const string Lawsuits = "lawsuits";
    public const string Residents = "population";
    public const string Migrants = "migrants";

    public static readonly StatisticTerms Defaults = new(
    [
        Measure(Calls, "警情", "Police calls", Adverse.Up, "有效警情", "警情总数", "接警数", "报警数"),
        Measure(PetitionBatches, "信访批次", "Petition batches", Adverse.Up, "信访批数", "批次"),
        Measure(PetitionPersons, "信访人次", "Petition person-times", Adverse.Up, "人次"),
        Measure(Lawsuits, "一审诉讼案件", "First-instance lawsuits", Adverse.Up, "一审民事行政案件", "诉讼案件", "一审案件"),
        new(TermKind.Measure, Residents, "常住人口", "Resident population", Adverse.None, IsStock: true, ["人口", "人口数"]),
        new(TermKind.Measure, Migrants, "登记流动人口", "Registered migrants", Adverse.None, IsStock: true, ["流动人口"]),
        Category("criminal", "刑事", "Criminal", Adverse.Up, "刑事警情", "刑事类"),
        Category("publicOrder", "治安", "Public order", Adverse.Up, "治安警情", "治安类"),
        Category("traffic", "道路交通", "Road traffic", Adverse.Up, "道路交通警情", "交通", "交通警情", "交通类"),
        Category("dispute", "纠纷", "Disputes", Adverse.Up, "纠纷警情", "矛盾纠纷", "纠纷类"),
        Category("help", "群众求助", "Requests for help", Adverse.None, "求助", "求助警情", "群众求助类"),
        Category("other", "其他", "Other", Adverse.None, "其他警情", "其它", "其他类"),
        Tag("theft", "盗窃", "Theft", "盗窃警情"),
        Tag("robbery", "两抢", "Robbery and snatching", "两抢警情", "抢劫抢夺"),
        Tag("telecomFraud", "电诈", "Telecom fraud", "电信诈骗", "电诈警情", "电信网络诈骗"),
        Tag("prostitution", "黄", "Prostitution", "涉黄", "涉黄警情"),
        Tag("gambling", "赌", "Gambling", "涉赌", "涉赌警情"),
        Tag("drugs", "毒", "Drugs", "涉毒", "涉毒警情"),
        Tag("assault", "殴打他人", "Assault", "殴打", "殴打他人警情"),
        Tag("fatalAccident", "亡人事故", "Fatal accidents", "亡人交通事故", "亡人道路交通事故"),
        Tag("fire", "火警", "Fires", "火灾", "火情"),
    ]);

    private readonly Dictionary<(TermKind, string), StatisticTerm> _byCode = [];
    private readonly Dictionary<string, StatisticTerm> _byName = new(StringComparer.OrdinalIgnoreCase);

    public StatisticTerms(IEnumerable<StatisticTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        foreach (var term in terms)
        {
            _byCode[(term.Kind, term.Code)] = term;
        }

        // What it is called now goes before what something else is also called.
        foreach (var term in _byCode.Values)
        {
            _byName[term.Name] = term;
            _byName.TryAdd(term.NameEn, term);
            _byName.TryAdd(term.Code, term);
        }

        foreach (var (term, alias) in _byCode.Values.SelectMany(term => term.Aliases.Select(alias => (term, alias))))
        {
            _byName.TryAdd(alias, term);
        }
    }

    public IEnumerable<StatisticTerm> All => _byCode.Values;

    public IEnumerable<StatisticTerm> Of(TermKind kind) => _byCode.Values.Where(term => term.Kind == kind);

    public StatisticTerm? Find(TermKind kind, string code) => _byCode.GetValueOrDefault((kind, code));

    /// <summary>By code or any name; blanks around it do not count.</summary>
    public StatisticTerm? FindByName(string name) => _byName.GetValueOrDefault(name.Trim());

    /// <summary>Whether a series is made of terms that there are.</summary>
    public bool Knows(StatisticSeries series) =>
        Find(TermKind.Measure, series.Measure) is not null
        && (series.Category.Length == 0 || Find(TermKind.Category, series.Category) is not null)
        && (series.Tag.Length == 0 || Find(TermKind.Tag, series.Tag) is not null)
        && (series.Measure == Calls || (series.Category.Length == 0 && series.Tag.Length == 0));

    /// <summary>Which way a series is bad news: as its tag says, else its category, else its measure.</summary>
    public Adverse AdverseOf(StatisticSeries series) => (TermOf(series)?.Adverse) ?? Adverse.None;

    public bool IsStock(StatisticSeries series) => Find(TermKind.Measure, series.Measure)?.IsStock == true;

    /// <summary>The narrowest term of a series.</summary>
    public StatisticTerm? TermOf(StatisticSeries series) =>
        series.Tag.Length > 0 ? Find(TermKind.Tag, series.Tag)
        : series.Category.Length > 0 ? Find(TermKind.Category, series.Category)
        : Find(TermKind.Measure, series.Measure);

    private static StatisticTerm Measure(string code, string name, string nameEn, Adverse adverse, params string[] aliases) =>
        new(TermKind.Measure, code, name, nameEn, adverse, IsStock: false, aliases);

    private static StatisticTerm Category(string code, string name, string nameEn, Adverse adverse, params string[] aliases) =>
        new(TermKind.Category, code, name, nameEn, adverse, IsStock: false, aliases);

    private static StatisticTerm Tag(string code, string name, string nameEn, params string[] aliases) =>
        new(TermKind.Tag, code, name, nameEn, Adverse.Up, IsStock: false, aliases);
}
