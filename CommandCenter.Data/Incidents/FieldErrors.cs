using System.Globalization;

namespace CommandCenter.Data.Incidents;

/// <summary>What is wrong with a report, field by field, in the language of the current culture.</summary>
public sealed class FieldErrors
{
    // A report is not repaired from a longer list than this, and a body of invented fields must not make an answer many times its size.
    private const int MostFields = 50;

    private readonly Dictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    public bool Any => _messages.Count > 0;

    /// <param name="field">Path of the field as sent (<c>reporter.phone</c>); empty for the whole report.</param>
    /// <param name="message">Key of a text in IncidentMessages.resx.</param>
    public void Add(string field, string message, params object[] arguments) =>
        AddText(field, string.Format(CultureInfo.CurrentCulture, IncidentMessages.Get(message), arguments));

    /// <summary>As <see cref="Add"/>, with a text of another domain's.</summary>
    /// <param name="text">In the language of the current culture.</param>
    public void AddText(string field, string text)
    {
        if (!_messages.TryGetValue(field, out var messages))
        {
            if (_messages.Count == MostFields)
            {
                return;
            }

            _messages.Add(field, messages = []);
        }

        if (messages.Count == MostFields)
        {
            return;
        }

        messages.Add(text);
    }

    public IDictionary<string, string[]> ToDictionary() =>
        _messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
