using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace CommandCenter.Web.Hosting;

/// <summary>Options that can say what is wrong with them.</summary>
public interface ICheckedOptions
{
    /// <summary>One sentence a problem, each naming its key and what would be right.</summary>
    IEnumerable<string> Problems();
}

/// <summary>
/// Reads the sections of the configuration strictly and gathers everything that is wrong, so that an operator is told all of
/// it at once instead of one thing a start.
/// </summary>
public sealed class ConfigurationCheck(IConfiguration configuration)
{
    private readonly List<string> _problems = [];
    private readonly List<string> _sections = ["ConnectionStrings"];

    /// <summary>Everything wrong so far, misspelt sections included.</summary>
    public IReadOnlyList<string> Problems => [.. _problems, .. MisspeltSections()];

    /// <summary>Every setting of a section that was read, as it is set.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
        from setting in configuration.AsEnumerable()
        where setting.Value is not null && _sections.Append("Urls").Contains(setting.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase)
        orderby setting.Key
        select KeyValuePair.Create(setting.Key, setting.Value!);

    public void Add(string problem) => _problems.Add(problem);

    /// <summary>Reads a section into options of simple properties; unknown keys and unreadable values are problems.</summary>
    public T Read<T>(string section)
        where T : class, new()
    {
        _sections.Add(section);
        var options = new T();
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToList();
        foreach (var entry in configuration.GetSection(section).GetChildren())
        {
            var property = properties.FirstOrDefault(p => p.Name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                _problems.Add($"{entry.Path} is not a setting; {section} has {string.Join(", ", properties.Select(p => p.Name).Order(StringComparer.Ordinal))}.");
            }
            else if (entry.Value is not { } value || !TrySet(options, property, value))
            {
                _problems.Add($"{entry.Path} is '{entry.Value}'; it must be {Expected(property.PropertyType)}.");
            }
        }

        if (options is ICheckedOptions own)
        {
            _problems.AddRange(own.Problems());
        }

        return options;
    }

    private static bool TrySet(object options, PropertyInfo property, string value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        try
        {
            property.SetValue(options, type.IsEnum && !Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase)
                ? throw new FormatException()
                : TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, value));
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Expected(Type property)
    {
        var type = Nullable.GetUnderlyingType(property) ?? property;
        return type switch
        {
            { IsEnum: true } => string.Join(" or ", Enum.GetNames(type)),
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) || type == typeof(decimal) => "a number",
            _ when type == typeof(TimeSpan) => "a time span such as 00:00:30",
            _ => "a text",
        };
    }

    // Environment variables and hosts bring all kinds of top-level keys; only one that nearly is one of ours is a mistake for sure.
    private IEnumerable<string> MisspeltSections() =>
        from entry in configuration.GetChildren()
        where !_sections.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)
        let meant = _sections.FirstOrDefault(section => IsSlip(section, entry.Key))
        where meant is not null
        select $"{entry.Key} is not a section; {meant} was probably meant.";

    /// <summary>Whether two words differ by one letter missing, added, changed, or by two neighbours swapped.</summary>
    internal static bool IsSlip(string right, string written)
    {
        if (right.Length < 4 || Math.Abs(right.Length - written.Length) > 1)
        {
            return false;
        }

        (right, written) = (right.ToUpperInvariant(), written.ToUpperInvariant());
        var start = right.AsSpan().CommonPrefixLength(written);
        var (a, b) = (right[start..], written[start..]);
        return a.Length == b.Length
            ? a.Length > 0 && (a[1..] == b[1..] || (a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]))
            : a.Length > b.Length ? a[1..] == b : b[1..] == a;
    }
}

public static class CheckedOptions
{
    /// <summary>Reads a section strictly and registers the options; what is wrong with them stops the start.</summary>
    public static T AddValidatedOptions<T>(this WebApplicationBuilder builder, string section)
        where T : class, new()
    {
        var options = builder.ConfigurationCheck().Read<T>(section);
        builder.Services.AddSingleton(options);
        return options;
    }

    /// <summary>The one check of this start.</summary>
    public static ConfigurationCheck ConfigurationCheck(this WebApplicationBuilder builder)
    {
        var existing = builder.Services.FirstOrDefault(service => service.ServiceType == typeof(ConfigurationCheck));
        if (existing?.ImplementationInstance is ConfigurationCheck check)
        {
            return check;
        }

        check = new ConfigurationCheck(builder.Configuration);
        builder.Services.AddSingleton(check);
        return check;
    }
}
