using CommandCenter.Data.Incidents;
using Dapper;

namespace CommandCenter.Data.Privacy;

/// <summary>A person as conditions on a table that holds their hashes.</summary>
internal static class PersonSql
{
    /// <summary>Adds what keeps a query to rows of that person.</summary>
    /// <param name="prefix">Of the columns: empty, or an alias and a dot.</param>
    public static void Add(PersonFilter person, HashKey key, PersonColumns columns, string prefix, List<string> conditions, DynamicParameters arguments)
    {
        WhereHash(columns.NameHash, "personName", person.Name, PersonHash.Name(key, person.Name));
        WhereHash(columns.PhoneHash, "personPhone", person.Phone, PersonHash.Phone(key, person.Phone));
        WhereHash(columns.IdHash, "personId", person.IdNumber, PersonHash.IdNumber(key, person.IdNumber));

        // A text of which nothing is left to hash finds nobody.
        void WhereHash(string column, string name, string? text, byte[]? value)
        {
            if (text is not null)
            {
                conditions.Add($"{prefix}{column} = @{name}");
                arguments.Add(name, value ?? []);
            }
        }
    }
}
