using System.Globalization;

namespace CommandCenter.Data.Walls;

/// <summary>A scene that a wall shows.</summary>
/// <param name="Name">Of <see cref="WallScenes.All"/>.</param>
/// <param name="Seconds">How long before the next one.</param>
public sealed record WallScene(string Name, int Seconds);

/// <summary>What walls can show, one scene after another.</summary>
public static class WallScenes
{
    public const string Overview = "overview";
    public const string Police = "police";
    public const string Disputes = "disputes";

    /// <summary>How short and how long a scene may stay, seconds.</summary>
    public const int Shortest = 5, Longest = 3600;

    public static IReadOnlyList<string> All { get; } = [Overview, Police, Disputes];

    /// <summary>Where nothing else was said.</summary>
    public static IReadOnlyList<WallScene> Default { get; } = [.. All.Select(name => new WallScene(name, Usual(name)))];

    /// <summary>How long a scene stays where nothing else was said: what happens now is worth more time than what was counted.</summary>
    public static int Usual(string name) => name == Overview ? 60 : 30;

    /// <summary>Reads <c>overview:60,police,disputes:20</c>. What is not known is left out; where nothing remains, the overview stands.</summary>
    /// <param name="text">Null: all of them.</param>
    public static IReadOnlyList<WallScene> Read(string? text)
    {
        if (text is null)
        {
            return Default;
        }

        var scenes = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One).OfType<WallScene>().DistinctBy(scene => scene.Name).ToList();
        return scenes.Count > 0 ? scenes : [new WallScene(Overview, Usual(Overview))];
    }

    /// <summary>As it is stored and as screens are told.</summary>
    public static string Text(IEnumerable<WallScene> scenes) =>
        string.Join(',', scenes.Select(scene => string.Create(CultureInfo.InvariantCulture, $"{scene.Name}:{scene.Seconds}")));

    private static WallScene? One(string text)
    {
        var parts = text.Split(':');
        var name = parts[0];
        return !All.Contains(name) ? null
            : parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? new WallScene(name, Math.Clamp(seconds, Shortest, Longest))
            : new WallScene(name, Usual(name));
    }
}
