using System.Globalization;
using System.Reflection;
using System.Resources;
using CommandCenter.Data.Audit;
using CommandCenter.Web.Audit;

namespace CommandCenter.Tests.Audit;

/// <summary>Whoever reads the record reads words, not codes, and chooses among what there can be.</summary>
public sealed class ActionTextTests
{
    private const string Prefix = "Action_";

    private static readonly ResourceManager Texts = new("CommandCenter.Web.Audit.AuditText", typeof(AuditText).Assembly);

    // Every code stands in a class that is named …Actions.
    private static IReadOnlyList<string> Codes { get; } =
    [
        .. new[] { typeof(AuditActions).Assembly, typeof(AuditText).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Actions", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Theory]
    [InlineData("")]
    [InlineData("en")]
    public void Every_action_has_a_text_and_every_text_an_action(string culture)
    {
        var texts = Texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
        var named = texts.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).Select(key => key[Prefix.Length..]).ToList();

        Codes.Count.ShouldBeGreaterThan(25);
        Codes.ShouldBeUnique();
        Codes.Except(named, StringComparer.Ordinal).ShouldBeEmpty("codes that the page would show as they are");
        named.Except(Codes, StringComparer.Ordinal).ShouldBeEmpty("choices of what nothing writes");
        named.Select(code => texts[Prefix + code]).ShouldBeUnique();
        texts.Values.ShouldAllBe(text => text.Trim().Length > 0);
    }

    [Fact]
    public void One_word_is_used_for_taking_a_right_back() =>
        typeof(AuditText).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".resources", StringComparison.Ordinal) && !name.Contains(".en.", StringComparison.Ordinal))
            .SelectMany(name => new ResourceManager(name[..^".resources".Length], typeof(AuditText).Assembly)
                .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>())
            .Where(text => text.Value is string value && value.Contains("吊销", StringComparison.Ordinal))
            .Select(text => $"{text.Key}: {text.Value}")
            .ShouldBeEmpty("撤销 is the word");
}
