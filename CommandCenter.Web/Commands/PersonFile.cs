using System.Text.Json;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Commands;

/// <summary>
/// Reads from a file whom a verb is about: <c>{"name": …, "phone": …, "idNumber": …}</c>. Not from the command line, which others
/// on the machine can read and shells keep.
/// </summary>
internal static class PersonFile
{
    private const int MostBytes = 16 * 1024;
    private const int MostCharacters = 100;

    /// <exception cref="VerbRefusedException">It is no such file.</exception>
    public static PersonFilter Read(string file, VerbRun run)
    {
        if (new FileInfo(file) is not { Exists: true, Length: <= MostBytes })
        {
            throw Bad();
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var fields = json.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetString(), StringComparer.Ordinal);
            var known = fields.Keys.All(name => name is "name" or "phone" or "idNumber")
                && fields.Values.All(value => value is { Length: > 0 and <= MostCharacters } && !string.IsNullOrWhiteSpace(value));
            return known && fields.Count > 0
                ? new PersonFilter(fields.GetValueOrDefault("name"), fields.GetValueOrDefault("phone"), fields.GetValueOrDefault("idNumber"))
                : throw Bad();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Bad();
        }

        VerbRefusedException Bad() => new(VerbText.Get("privacy.BadPerson", file));
    }
}
