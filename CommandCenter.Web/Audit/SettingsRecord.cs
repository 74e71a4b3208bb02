using System.Security.Cryptography;
using System.Text;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Audit;

/// <summary>
/// Puts on record that this node started, and which of its settings differ from those of its last start. Values stay out of it:
/// each setting is kept as four digits of its checksum, enough to tell that it changed and too few to find a password by.
/// </summary>
internal sealed class SettingsRecord(AuditLog log, AuditQueries queries, EventLog events, Store store, ConfigurationCheck configuration, NodeIdentity node)
{
    // What the column takes, less the version. Beyond, changes of the last settings in the alphabet go unnoticed.
    private const int Longest = 1_900;

    /// <returns>False while the store is not in use yet: it is tried again.</returns>
    public async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        // A database without a single event can still become the target of a copy. Looked at without the write lock.
        if (await events.HeadAsync(cancellationToken) == 0)
        {
            return false;
        }

        var settings = configuration.Settings.ToDictionary(s => s.Key, s => Checksum(s.Key, s.Value), StringComparer.OrdinalIgnoreCase);
        var said = string.Join(' ', settings.Select(s => $"{s.Key}={s.Value}"));
        var before = await queries.LastAsync(AuditActions.Started, node.Name, cancellationToken);
        var changed = before is null ? [] : Changed(before.Detail ?? "", settings);
        return await store.WriteAsync(
            session =>
            {
                if (changed.Count > 0)
                {
                    log.Append(session, Entry(AuditActions.ConfigurationChanged, string.Join(", ", changed)));
                }

                log.Append(session, Entry(AuditActions.Started, $"{ProgramVersion.Current} {(said.Length <= Longest ? said : said[..said.LastIndexOf(' ', Longest)])}"));
                return true;
            },
            cancellationToken);
    }

    private AuditEntry Entry(string action, string detail) => new(AuditLog.Program, action, node.Name, AuditResult.Done, Address: null, detail);

    /// <summary>Names of the settings that differ, were added or left out.</summary>
    internal static List<string> Changed(string before, IReadOnlyDictionary<string, string> now)
    {
        var known = before.Split(' ').Select(word => word.Split('=')).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return
        [
            .. now.Keys.Union(known.Keys, StringComparer.OrdinalIgnoreCase)
                .Where(key => now.GetValueOrDefault(key) != known.GetValueOrDefault(key))
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static string Checksum(string key, string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}={value}")))[..4];
}
