using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Data.Disputes;

/// <summary>A row that can't be taken.</summary>
/// <param name="Row">As a spreadsheet counts, from 1.</param>
/// <param name="Errors">By column, under the heading that the file has for it.</param>
public sealed record DisputeRowErrors(int Row, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>What was read out of a file.</summary>
/// <param name="Drafts">Without meaning once there are errors.</param>
/// <param name="Unknown">Headings that say nothing to this program; their columns are left out.</param>
/// <param name="Errors">The first ones.</param>
/// <param name="BadRows">How many rows can't be taken.</param>
public sealed record DisputeFileContent(IReadOnlyList<DisputeDraft> Drafts, IReadOnlyList<string> Unknown, IReadOnlyList<DisputeRowErrors> Errors, int BadRows);

/// <summary>Reads disputes out of the rows of a file: a row a dispute, under headings in Chinese or English, in any order.</summary>
public sealed class DisputeFileReader
{
    /// <summary>Most disputes of one file: they are taken in one piece.</summary>
    public const int MostRows = 20_000;

    private const int MostErrors = 500;
    private const int RowsLookedAt = 10;
    private const int FewestColumns = 2;

    private static readonly string[] Sides = ["applicant", "respondent"];

    private readonly Sight _sight;
    private readonly string _source;
    private readonly AreaIndex _areas;
    private readonly DateTime _now;
    private readonly Dictionary<string, string?> _areasByName;

    /// <param name="source">Code of the sender, for all of them.</param>
    /// <param name="now">UTC.</param>
    public DisputeFileReader(Sight sight, string source, AreaIndex areas, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(areas);
        (_sight, _source, _areas, _now) = (sight, source, areas, now);

        // A name that two areas have says nothing.
        _areasByName = new[] { AreaLevel.County, AreaLevel.Town, AreaLevel.Village, AreaLevel.Grid }.SelectMany(level => areas.Of(level))
            .GroupBy(area => area.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Count() == 1 ? same.First().Code : null, StringComparer.Ordinal);
    }

    /// <exception cref="TableFileException">It can't be read at all.</exception>
    public DisputeFileContent Read(byte[] content)
    {
        DisputeColumn?[]? columns = null;
        string[] headings = [];
        var (drafts, errors, unknown, bad, row) = (new List<DisputeDraft>(), new List<DisputeRowErrors>(), new List<string>(), 0, 0);
        foreach (var cells in TableFile.Read(content))
        {
            row++;
            if (columns is null)
            {
                if (cells.Count(cell => DisputeColumns.Find(cell) is not null) >= FewestColumns)
                {
                    (headings, columns) = (cells, [.. cells.Select(DisputeColumns.Find)]);
                    unknown.AddRange(cells.Where(cell => cell.Length > 0 && DisputeColumns.Find(cell) is null));
                }
                else if (row >= RowsLookedAt)
                {
                    break;
                }

                continue;
            }

            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (drafts.Count + bad == MostRows)
            {
                throw new TableFileException(FileFault.TooManyCells);
            }

            var wrong = new FieldErrors();
            if (Draft(columns, cells, wrong) is { } draft)
            {
                drafts.Add(draft);
            }
            else
            {
                bad++;
                if (errors.Count < MostErrors)
                {
                    errors.Add(new DisputeRowErrors(row, wrong.ToDictionary().ToDictionary(pair => Heading(pair.Key, columns, headings), pair => pair.Value, StringComparer.Ordinal)));
                }
            }
        }

        return columns is null || drafts.Count + bad == 0 ? throw new TableFileException(columns is null ? FileFault.NotATable : FileFault.Empty) : new DisputeFileContent(drafts, unknown, errors, bad);
    }

    // Parties are named by their column; everything else by its field.
    private static string Heading(string field, DisputeColumn?[] columns, string[] headings)
    {
        var plain = field.Replace("parties[0]", "applicant", StringComparison.Ordinal).Replace("parties[1]", "respondent", StringComparison.Ordinal);
        var place = Array.FindIndex(columns, column => column?.Field == plain);
        return place >= 0 ? headings[place] : DisputeColumns.All.FirstOrDefault(column => column.Field == plain) is { } known
            ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? known.NameEn : known.NameZh
            : plain;
    }

    private DisputeDraft? Draft(DisputeColumn?[] columns, string[] cells, FieldErrors errors)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(columns.Length, cells.Length); i++)
        {
            if (columns[i] is { } column && cells[i].Trim() is { Length: > 0 } text)
            {
                values.TryAdd(column.Field, text);
            }
        }

        var parties = Sides.Select(Party).OfType<PartySubmission>().ToList();
        return DisputeValidator.Validate(
            _sight,
            new DisputeSubmission
            {
                Source = _source,
                ExternalId = Value("externalId"),
                Category = Category(Value("category")),
                Scale = Value("scale"),
                Origin = Value("origin"),
                Title = Value("title"),
                Summary = Value("summary"),
                Units = Value("units"),
                People = (int?)Number("people"),
                OccurredOn = Day("occurredOn"),
                RegisteredAt = Day("registeredAt"),
                Area = Area(Value("area")),
                Lon = Number("lon"),
                Lat = Number("lat"),
                Crs = Value("crs"),
                Place = Value("place"),
                Risk = Value("risk"),
                RiskReason = Value("riskReason"),
                Parties = parties,
            },
            _areas, _now, errors);

        string? Value(string field) => values.GetValueOrDefault(field);

        double? Number(string field)
        {
            if (Value(field) is not { } text)
            {
                return null;
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            errors.Add(field, "MustBeNumber");
            return null;
        }

        // As people write days: 2026/1/5, 2026年1月5日.
        string? Day(string field) => Value(field) is { } text && DateText.TryParse(text.Split(' ', 'T')[0], null, out var day, out var isMonth) && !isMonth
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : Value(field);

        PartySubmission? Party(string role)
        {
            var party = new PartySubmission(role, Value($"{role}.name"), Value($"{role}.phone"), Value($"{role}.idNumber"), Value($"{role}.address"));
            return party is { Name: null, Phone: null, IdNumber: null, Address: null } ? null : party;
        }
    }

    // 1 is 01 to a spreadsheet, and 邻里纠纷 is 邻里 to people.
    private static string? Category(string? text) => text is null ? null
        : text.Length == 1 && char.IsAsciiDigit(text[0]) ? $"0{text}"
        : DisputeCategories.All.FirstOrDefault(category => text == category.NameZh || text == category.NameZh + "纠纷" || text.Equals(category.NameEn, StringComparison.OrdinalIgnoreCase))?.Code ?? text;

    private string? Area(string? text) => text is not null && _areas.Find(text) is null && _areasByName.GetValueOrDefault(text) is { } code ? code : text;
}
