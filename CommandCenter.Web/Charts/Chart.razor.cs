using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Charts;

/// <summary>A small chart over labelled steps. The one component that knows ApexCharts.</summary>
public sealed partial class Chart
{
    // The value goes into an attribute, which Blazor encodes; escaping Chinese once more would only make it long.
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the chart shows, for those who cannot see it.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>One text per step, in order.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Steps { get; set; } = [];

    [Parameter, EditorRequired] public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    private string Json => JsonSerializer.Serialize(new { Steps, Series }, Web);
}

/// <summary>A row of values, one per step.</summary>
/// <param name="Kind"><c>bar</c> or <c>line</c>.</param>
/// <param name="Colour">The name of a token: <c>accent</c>, <c>good</c> …</param>
public sealed record ChartSeries(string Name, string Kind, string Colour, IReadOnlyList<int> Values);
