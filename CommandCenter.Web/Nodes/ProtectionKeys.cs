using System.Xml.Linq;
using CommandCenter.Data.Nodes;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CommandCenter.Web.Nodes;

/// <summary>Keeps the keys of cookies and forms in the database, so that every node reads what another protected.</summary>
/// <remarks>The framework asks seldom (at start, once a day, for an unknown key) and synchronously; nothing of ours runs under a synchronization context.</remarks>
internal sealed class ProtectionKeys(ProtectionKeyStore keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. keys.ListAsync(CancellationToken.None).GetAwaiter().GetResult().Select(element => XElement.Parse(element))];

    public void StoreElement(XElement element, string friendlyName) =>
        keys.AddAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting), CancellationToken.None).GetAwaiter().GetResult();
}
