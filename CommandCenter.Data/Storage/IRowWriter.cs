using System.Data;
using System.Data.Common;

namespace CommandCenter.Data.Storage;

/// <summary>Appends rows to one table on one connection.</summary>
internal interface IRowWriter : IDisposable
{
    /// <param name="values">In the order of the table's columns; may be held back until <see cref="Flush"/>.</param>
    void Add(DbTransaction transaction, object?[] values);

    /// <summary>Writes what was held back, so that the table can be read in the same transaction.</summary>
    void Flush(DbTransaction transaction);

    /// <summary>Drops what was held back: its transaction is rolled back.</summary>
    void Forget();
}

/// <summary>A column that rows are written to.</summary>
/// <param name="Size">Longest text in characters; 0 for other types, -1 without limit.</param>
/// <param name="IsShape">Given as WKB, stored as the database keeps polygons (<see cref="Dialect.ShapeFromWkb"/>).</param>
public sealed record RowColumn(string Name, DbType Type, int Size = 0, bool IsShape = false);

/// <summary>A table rows are appended to, and the point column that SQL Server keeps beside lon and lat.</summary>
public sealed record RowTable(string Name, IReadOnlyList<RowColumn> Columns, string? PointColumn = null);
