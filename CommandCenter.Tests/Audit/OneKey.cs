using System.Security.Cryptography;
using System.Text;
using CommandCenter.Data.Audit;

namespace CommandCenter.Tests.Audit;

/// <summary>Keys made of their names; the first is the one in use.</summary>
internal sealed class OneKey(params string[] ids) : IAuditKey
{
    public string? Current => ids[0];

    public byte[]? Find(string id) => ids.Contains(id, StringComparer.Ordinal) ? SHA256.HashData(Encoding.UTF8.GetBytes(id)) : null;
}
