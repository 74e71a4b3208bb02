using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace CommandCenter.Tests.Storage.Statements;

/// <summary>A string literal of the sources that looks like a statement. Its holes stand as <see cref="Hole"/>.</summary>
internal sealed partial record SqlInSources(string File, int Line, string Text)
{
    private const char Hole = '\u0001';

    private Regex? _pattern;

    /// <summary>All statements in CommandCenter.Data that SQL Server may be given.</summary>
    public static IReadOnlyList<SqlInSources> All([CallerFilePath] string here = "")
    {
        var data = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../CommandCenter.Data"));
        return
        [
            .. from file in Directory.EnumerateFiles(data, "*.cs", SearchOption.AllDirectories)
               let name = Path.GetFileName(file)
               where !file.Contains("/obj/", StringComparison.Ordinal) && !name.StartsWith("Sqlite", StringComparison.Ordinal)
               from literal in Literals(name, System.IO.File.ReadAllText(file))
               where Statement().IsMatch(literal.Text) && !OnlySqlite().IsMatch(literal.Text)
               select literal,
        ];
    }

    /// <summary>Whether a statement that was run came from this literal.</summary>
    public bool IsIn(string statement) => (_pattern ??= Pattern()).IsMatch(statement);

    // Without backtracking: a statement of many holes would take any time to be found different.
    private Regex Pattern()
    {
        var pattern = new StringBuilder();
        foreach (var word in Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            // Dapper writes a list parameter out as (@ids1,@ids2 …).
            var escaped = Regex.Escape(word).Replace(Hole.ToString(), "(.|\n)*?", StringComparison.Ordinal);
            pattern.Append(pattern.Length == 0 ? "" : @"\s*").Append(word[0] == '@' ? $@"({escaped}|\({escaped}[^)]*\))" : escaped);
        }

        return new Regex(pattern.ToString(), RegexOptions.NonBacktracking, TimeSpan.FromSeconds(30));
    }

    /// <summary>The string literals of a C# source, plain, verbatim, raw and interpolated.</summary>
    internal static IEnumerable<SqlInSources> Literals(string file, string source)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var rest = source.AsSpan(i);
            if (rest.StartsWith("//"))
            {
                i = source.IndexOf('\n', i) is var end and >= 0 ? end : source.Length;
            }
            else if (rest.StartsWith("/*"))
            {
                i = source.IndexOf("*/", i, StringComparison.Ordinal) + 1;
            }
            else if (source[i] == '\'')
            {
                i = source.IndexOf('\'', i + (source[i + 1] == '\\' ? 3 : 2));
            }
            else if (Opening().Match(source, i) is { Success: true } opening)
            {
                var (text, end) = Read(source, opening);
                yield return new SqlInSources(file, source.AsSpan(0, i).Count('\n') + 1, text);
                i = end - 1;
            }
        }
    }

    private static (string Text, int End) Read(string source, Match opening)
    {
        var quotes = opening.Groups["quotes"].Value;
        var isRaw = quotes.Length >= 3;
        var isVerbatim = opening.Value.Contains('@', StringComparison.Ordinal);
        var dollars = opening.Value.Count(c => c == '$');
        var closing = isRaw ? quotes : "\"";
        var text = new StringBuilder();
        for (var i = opening.Index + opening.Length; ; i++)
        {
            if (dollars > 0 && source.AsSpan(i).StartsWith(new string('{', dollars)))
            {
                if (!isRaw && source[i + 1] == '{')
                {
                    text.Append('{');
                    i++;
                    continue;
                }

                i = EndOfHole(source, i + dollars, dollars) - 1;
                text.Append(Hole);
            }
            else if (!isRaw && !isVerbatim && source[i] == '\\')
            {
                text.Append(source[++i]);
            }
            else if (isVerbatim && source.AsSpan(i).StartsWith("\"\""))
            {
                text.Append('"');
                i++;
            }
            else if (source.AsSpan(i).StartsWith(closing))
            {
                return (text.ToString(), i + closing.Length);
            }
            else
            {
                text.Append(source[i]);
            }
        }
    }

    private static int EndOfHole(string source, int i, int dollars)
    {
        for (var depth = 0; ; i++)
        {
            if (Opening().Match(source, i) is { Success: true } nested)
            {
                i = Read(source, nested).End - 1;
            }
            else if (source[i] == '{')
            {
                depth++;
            }
            else if (source[i] == '}' && depth-- == 0)
            {
                return i + dollars;
            }
        }
    }

    [GeneratedRegex(@"\G(\$|@)*(?<quotes>""(""""+)?)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\A\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|IF|CREATE|ALTER|DROP|EXEC|WITH|DECLARE|TRUNCATE)\s+\S", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"sqlite_master|\bSTRICT\b|\barea_box\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex OnlySqlite();
}
