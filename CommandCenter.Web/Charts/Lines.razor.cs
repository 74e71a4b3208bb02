using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Charts;

/// <summary>A row of values of <see cref="Lines"/>, one per step.</summary>
/// <param name="Kind"><c>bar</c>, <c>line</c>, or <c>before</c>, a dotted line of what was.</param>
/// <param name="Colour">The name of a token: <c>accent</c>, <c>good</c> …</param>
/// <param name="Values">Null where nothing is known: the line has a gap there, and is not drawn through 0.</param>
public sealed record LineRow(string Kind, string Colour, IReadOnlyList<decimal?> Values);

/// <summary>Lines and bars over steps, from 0 up.</summary>
public sealed partial class Lines
{
    // Of a step, what the bars leave free.
    private const double Gap = 0.3;

    private static readonly decimal[] Nice = [1, 2, 2.5m, 5, 10];

    /// <summary>What it shows, for those who cannot see it.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>One text per step, in order; "" where none is to be written.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Steps { get; set; } = [];

    [Parameter, EditorRequired] public IReadOnlyList<LineRow> Rows { get; set; } = [];

    /// <summary>A band behind the lines, one pair per step; null where there is none.</summary>
    [Parameter] public IReadOnlyList<(decimal Low, decimal High)?> Band { get; set; } = [];

    private List<LineRow> Bars => [.. Rows.Where(row => row.Kind == "bar")];

    private decimal Top { get; set; } = 1;

    private IReadOnlyList<decimal> Marks { get; set; } = [];

    private string BandPoints { get; set; } = "";

    protected override void OnParametersSet()
    {
        var most = Rows.SelectMany(row => row.Values).Concat(Band.Select(pair => pair?.High)).Max() ?? 0;
        var step = Step(most);
        Top = Math.Max(step, Math.Ceiling(most / step) * step);
        Marks = [.. Enumerable.Range(0, (int)(Top / step) + 1).Select(i => i * step)];
        var known = Band.Index().Where(pair => pair.Item is not null).ToList();
        BandPoints = known.Count < 2 ? "" : string.Join(' ', known.Select(pair => Point(pair.Index, pair.Item!.Value.High)).Concat(known.AsEnumerable().Reverse().Select(pair => Point(pair.Index, pair.Item!.Value.Low))));
    }

    // Three or four marks that a person would choose.
    private static decimal Step(decimal most)
    {
        if (most <= 0)
        {
            return 1;
        }

        var size = (decimal)Math.Pow(10, Math.Floor(Math.Log10((double)(most / 3))));
        return Nice.Select(nice => nice * size).First(step => most / step <= 4);
    }

    private IEnumerable<(string Left, string Top, string Colour)> Dots =>
        from row in Rows
        where row.Kind == "line"
        let last = row.Values.Index().LastOrDefault(value => value.Item is not null)
        where last.Item is not null
        select (X(last.Index), Y(last.Item!.Value), row.Colour);

    // Where values are missing the line ends, and begins again after them.
    private IEnumerable<string> Pieces(IReadOnlyList<decimal?> values)
    {
        var piece = new List<string>();
        for (var i = 0; i <= values.Count; i++)
        {
            if (i < values.Count && values[i] is { } value)
            {
                piece.Add(Point(i, value));
            }
            else if (piece.Count > 0)
            {
                yield return string.Join(' ', piece);
                piece = [];
            }
        }
    }

    private double BarWidth => 100.0 / Steps.Count * (1 - Gap) / Math.Max(1, Bars.Count);

    private double BarLeft(int step, int bar) => (100.0 / Steps.Count * (step + (Gap / 2))) + (bar * BarWidth);

    private string Point(int step, decimal value) => $"{X(step)},{Y(value)}";

    // Where half a label would stick out.
    private bool IsAtEdge(int step) => (step + 0.5) / Steps.Count < 0.06;

    private string X(int step) => Number(100.0 / Steps.Count * (step + 0.5));

    private string Y(decimal value) => Number(Height(value));

    private double Height(decimal value) => (double)(100 - (100 * value / Top));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string MarkText(decimal mark) => mark.ToString("#,0.##", CultureInfo.InvariantCulture);
}
